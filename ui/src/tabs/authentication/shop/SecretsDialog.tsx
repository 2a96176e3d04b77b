import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { SUPPLIER_NAMES } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Empty, ErrorNote, Loading } from "@/ui/Feedback";
import { KeyRound } from "lucide-react";

/** Names each secret and where it goes before anything is sent; values are never shown. */
export function SecretsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const [left, setLeft] = useState<string[]>([]);
  // Asked anew each time: what the project holds may have changed.
  const preview = useQuery({ queryKey: ["shop", "secrets"], queryFn: () => backend.supabaseSecrets(), staleTime: 0, gcTime: 0 });
  const send = useMutation({ mutationFn: (names: string[]) => backend.supabaseSend(names) });
  const items = preview.data?.items ?? [];
  const chosen = items.map((item) => item.name).filter((name) => !left.includes(name));
  const toggle = (name: string) => setLeft((before) => (before.includes(name) ? before.filter((other) => other !== name) : [...before, name]));
  const failed = preview.error ?? send.error;

  return (
    <Dialog
      open
      onClose={onClose}
      wide
      testId="secrets-dialog"
      title={t("shop.secrets.title")}
      note={preview.data ? t("shop.secrets.note", { project: preview.data.project.name, reference: preview.data.project.reference }) : undefined}
      footer={
        send.isSuccess ? (
          <Button look="primary" onClick={onClose}>{t("common.close")}</Button>
        ) : (
          <>
            <Button onClick={onClose}>{t("common.cancel")}</Button>
            <Button look="primary" data-testid="secrets-send" busy={send.isPending} disabled={chosen.length === 0} onClick={() => send.mutate(chosen)}>
              {t("shop.secrets.send", { count: chosen.length })}
            </Button>
          </>
        )
      }
    >
      {failed && <ErrorNote className="mb-3" error={toErrorView(failed)} />}
      {send.data ? (
        <p role="status" data-testid="secrets-sent" className="text-good">{t("shop.secrets.sent", { names: send.data.sent.join(", ") })}</p>
      ) : preview.isPending ? (
        <Loading rows={2} />
      ) : items.length === 0 && !failed ? (
        <Empty icon={<KeyRound />} title={t("shop.secrets.none")}>{t("shop.secrets.none_note")}</Empty>
      ) : (
        <ul>
          {items.map((item) => (
            <li key={item.name} className="flex items-center gap-3 border-t border-line-soft py-2 first:border-t-0">
              <input type="checkbox" id={`secret-${item.name}`} className="size-3.5 shrink-0 accent-accent" checked={!left.includes(item.name)} onChange={() => toggle(item.name)} />
              <label htmlFor={`secret-${item.name}`} className="min-w-0 flex-1">
                <span className="block font-mono text-sm">{item.name}</span>
                <span className="block text-sm text-muted">{t("shop.secrets.from", { supplier: SUPPLIER_NAMES[item.supplier], account: item.account })}</span>
              </label>
              <Badge tone={item.replaces ? "warn" : "neutral"}>{t(item.replaces ? "shop.secrets.replaces" : "shop.secrets.new")}</Badge>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
