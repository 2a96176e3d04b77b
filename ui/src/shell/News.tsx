
import { SUPPLIER_SHORT } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import type { News as Said } from "@/data/live";
import { useForget, useLive } from "@/data/live-context";
import { useNavigation } from "@/data/navigation";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { SyncReceipt } from "@/ipc/bindings/SyncReceipt";
import { Toast, type ToastProps } from "@/ui/Toast";

/** Work that ended while the owner was on another tab. Where its result is in sight already, nothing is said twice. */
export function News() {
  const { tab } = useNavigation();
  const news = useLive((live) => live.news);
  const forget = useForget();
  const words = useWords();
  const inSight = (one: Said) => (one.kind === "sync" && tab === "products") || (one.kind === "connected" && tab === "authentication");
  return news.flatMap((one) => {
    const said = inSight(one) ? null : words(one);
    return said ? [<Toast key={one.id} {...said} onClose={() => forget(one.id)} />] : [];
  });
}

type Words = Omit<ToastProps, "onClose">;

function useWords(): (news: Said) => Words | null {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const ofRun = useRunWords();
  const ofShop = useShopWords();
  return (news) => {
    switch (news.kind) {
      case "sync":
        return ofRun(news.receipt);
      case "export":
      case "publish":
        return ofShop(news);
      case "connected":
        return {
          tone: "good",
          title: t("toast.connected.title", { supplier: SUPPLIER_SHORT[news.supplier] }),
          action: { text: t("toast.connected.see"), run: () => go("authentication", { guide: news.supplier }) },
        };
      case "disconnected":
        return { tone: "info", title: t("toast.disconnected.title", { name: news.name }), note: t("toast.disconnected.note") };
      case "renamed":
        return { tone: "good", title: t("toast.renamed.title", { name: news.name }) };
    }
  };
}

function useRunWords(): (receipt: SyncReceipt) => Words | null {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const format = useFormat();
  return ({ state, supplier: whose, rows, changed, continues_at, error }) => {
    const supplier = SUPPLIER_SHORT[whose];
    const action = { text: t("toast.see"), run: () => go("products") };
    if (state === "running") return null;
    if (state === "done") {
      const changes = t("toast.done.changes", { count: changed, changes: format.number(changed) });
      return { tone: "good", title: t("toast.done.title", { supplier }), note: t("toast.done.note", { count: rows, products: format.number(rows), changes }), action };
    }
    if (state === "paused") {
      return { tone: "info", title: t("toast.paused.title", { supplier }), note: continues_at === null ? undefined : t("toast.paused.note", { time: format.time(continues_at) }), action };
    }
    // What the owner stopped is told where it was stopped; the reason of everything else is worth staying for.
    const why = error !== null && error.code !== "interrupted" ? `${t(`core:errors.${error.code}.what`)} ${t(`core:errors.${error.code}.next`)}` : undefined;
    return { tone: why === undefined ? "info" : "warn", title: t("toast.stopped.title", { supplier }), note: why, action };
  };
}

/** A file that is ready, a shop that is filled, or why neither is. */
function useShopWords(): (news: Extract<Said, { kind: "export" | "publish" }>) => Words | null {
  const { t } = useTranslation();
  const backend = useBackend();
  const format = useFormat();
  return (news) => {
    if (news.error) {
      // What the owner stopped is told where it was stopped.
      if (news.error.code === "stopped" || news.error.code === "interrupted") return null;
      const note = `${t(`core:errors.${news.error.code}.what`)} ${t(`core:errors.${news.error.code}.next`)}`;
      return { tone: "warn", title: t(news.kind === "export" ? "toast.exported.failed" : "toast.published.failed"), note };
    }
    if (news.kind === "publish") {
      if (!news.published) return null;
      const { products_changed, variants_changed } = news.published;
      return { tone: "good", title: t("toast.published.title"), note: t("toast.published.note", { changed: format.number(products_changed), variants: format.number(variants_changed) }) };
    }
    const first = news.receipt?.files[0];
    if (!news.receipt || first === undefined) return null;
    const { rows } = news.receipt;
    return {
      tone: "good",
      title: t("toast.exported.title"),
      note: t("toast.exported.note", { count: rows, rows: format.number(rows) }),
      action: { text: t("export.reveal"), run: () => void backend.exportReveal(first) },
    };
  };
}
