import { useMutation, useQuery } from "@tanstack/react-query";
import { DatabaseZap } from "lucide-react";
import { useState } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useLive } from "@/data/live-context";
import { useNavigation } from "@/data/navigation";
import { useStatus } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { toErrorView } from "@/ipc/error";
import type { Published } from "@/ipc/bindings/Published";
import { Button } from "@/ui/Button";
import { Facts } from "@/ui/Card";
import { Dialog } from "@/ui/Dialog";
import { Empty, ErrorNote, Loading, Progress } from "@/ui/Feedback";
import { Checkbox } from "@/ui/Field";

import { FirstRows } from "./FirstRows";

/** Sends the catalogue into the shop's database: what, where, how far, and what became different there. */
export function PublishDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const format = useFormat();
  const { go } = useNavigation();
  const products = useStatus().data?.catalog.products ?? 0;
  const targets = useQuery({ queryKey: keys.shop, queryFn: () => backend.shopTargets() });
  const [full, setFull] = useState(false);
  const live = useLive((state) => state.publishing);
  const publish = useMutation({ mutationFn: () => backend.postgresPublish(full) });
  const where = targets.data?.postgres ?? null;
  const toShop = () => {
    onClose();
    go("authentication", { shop: true });
  };

  return (
    <Dialog
      open
      onClose={onClose}
      wide
      testId="publish-dialog"
      title={t("publish.title")}
      note={t("publish.note")}
      footer={
        publish.isSuccess ? (
          <Button look="primary" onClick={onClose}>{t("common.close")}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t(publish.isPending ? "common.close" : "common.cancel")}</Button>
            <Button look="primary" icon={<DatabaseZap aria-hidden />} data-testid="publish-start" busy={publish.isPending} disabled={where === null || products === 0} onClick={() => publish.mutate()}>
              {t("publish.start")}
            </Button>
          </>
        )
      }
    >
      {targets.isError && <ErrorNote error={toErrorView(targets.error)} />}
      {targets.isPending && <Loading rows={2} />}
      {targets.data && where === null && (
        <Empty icon={<DatabaseZap />} title={t("publish.no_shop")} action={<Button look="primary" data-testid="publish-connect" onClick={toShop}>{t("publish.connect")}</Button>}>
          {t("publish.no_shop_note")}
        </Empty>
      )}
      {where !== null && (
        <>
          <Facts
            rows={[
              [t("publish.where"), <span key="w" className="font-mono text-sm">{where}</span>],
              [t("publish.what"), t("publish.amount", { count: products, amount: format.number(products) })],
            ]}
          />
          {!publish.isSuccess && !publish.isPending && (
            <>
              <FirstRows />
              <Checkbox label={t("publish.full")} hint={t("publish.full_note")} checked={full} onChange={(event) => setFull(event.target.checked)} />
            </>
          )}
          {publish.isPending && (
            <div role="status" className="mt-4">
              <Progress label={t("publish.title")} value={live && live.total > 0 ? live.done / live.total : null} />
              <p className="mt-1.5 text-sm text-muted">{live ? t("publish.progress", { done: format.number(live.done), total: format.number(live.total) }) : t("publish.connecting")}</p>
              <p className="mt-0.5 text-sm text-muted">{t("publish.may_close")}</p>
            </div>
          )}
          {publish.isError && <ErrorNote className="mt-3" error={toErrorView(publish.error)} />}
          {publish.data && <Done published={publish.data} />}
        </>
      )}
    </Dialog>
  );
}

function Done({ published }: { published: Published }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div role="status" data-testid="publish-done" className="mt-4">
      <p className="font-semibold text-good">{t(published.products === 0 ? "publish.nothing_new" : "publish.done")}</p>
      <p className="mt-0.5 text-muted">
        {t("publish.result", {
          products: format.number(published.products),
          changed: format.number(published.products_changed),
          variants: format.number(published.variants_changed),
        })}
      </p>
      {!published.encrypted && <p className="mt-0.5 text-sm text-muted">{t("publish.plain")}</p>}
    </div>
  );
}
