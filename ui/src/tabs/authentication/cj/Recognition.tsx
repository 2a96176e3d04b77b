
import { useTranslation } from "@/i18n";
import type { Recognised } from "@/ipc/bindings/Recognised";
import { Badge } from "@/ui/Badge";

const MISSING = ["secret", "client_id", "end_of_key"] as const;

/** What was pasted, said back: its two halves, the secret one masked, and what each is for. */
export function Recognition({ recognised }: { recognised: Recognised }) {
  const { t } = useTranslation();
  if (recognised.kind === "incomplete") {
    const missing = MISSING.find((part) => part === recognised.missing) ?? "both";
    return (
      <p role="status" data-kind="incomplete" className="mt-2 text-sm text-warn">
        {t(`cj.missing.${missing}`)}
      </p>
    );
  }
  const halves = [
    { name: t("cj.client_id"), value: recognised.client_id, use: t("cj.client_id_use") },
    { name: t("cj.client_secret"), value: recognised.client_secret_masked, use: t("cj.client_secret_use") },
  ];
  return (
    <div role="status" data-kind={recognised.kind} className="mt-2 animate-rise rounded-md border border-line-soft bg-sunken px-3 py-2.5">
      <Badge tone="good" dot>
        {t(`cj.recognised.${recognised.kind}`)}
      </Badge>
      <dl className="mt-2 grid grid-cols-2 gap-3">
        {halves.map((half) => (
          <div key={half.name} className="min-w-0">
            <dt className="text-sm text-muted">{half.name}</dt>
            <dd className="font-mono text-sm wrap-anywhere">{half.value}</dd>
            <dd className="text-sm text-muted">{half.use}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-sm text-muted">{t(`cj.tried.${recognised.kind}`)}</p>
    </div>
  );
}
