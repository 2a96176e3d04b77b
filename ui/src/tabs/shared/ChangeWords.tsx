import type { ReactNode } from "react";

import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { ChangeRow } from "@/ipc/bindings/ChangeRow";
import { cx } from "@/lib/cx";
import { readPrice } from "@/lib/price-text";
import { Badge } from "@/ui/Badge";

/** A change as a shop owner reads it: dearer is bad, cheaper is good, out of stock is a warning. */
export function ChangeWords({ change, icons }: { change: ChangeRow; icons?: { up: ReactNode; down: ReactNode } }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { old, what } = change;
  const after = change.new;
  if (what === "price") {
    const [before, now] = [readPrice(old), readPrice(after)];
    const say = (price: typeof now) => format.priceRange(price?.low ?? null, price?.high ?? null, change.currency) ?? "–";
    // Where variants differ, the lowest price says which way it went, and else the highest.
    const step = Number(now?.low) - Number(before?.low) || Number(now?.high) - Number(before?.high);
    const up = step > 0;
    return (
      <span className={cx("flex shrink-0 items-center gap-1.5 font-medium [&>svg]:size-3", up ? "text-bad" : "text-good")}>
        <span className="sr-only">{up ? t("changes.dearer") : t("changes.cheaper")}</span>
        {before !== null && `${say(before)} → `}
        {say(now)}
        {up ? icons?.up : icons?.down}
      </span>
    );
  }
  if (what === "stock") {
    const left = Number(after ?? 0);
    if (left === 0) return <Badge tone="warn">{t("changes.sold_out")}</Badge>;
    if (Number(old ?? 0) === 0) return <Badge tone="good">{t("changes.back")}</Badge>;
    return (
      <span className="shrink-0 text-muted">
        {t("changes.stock", { old: old === null ? "?" : format.number(Number(old)), count: left, left: format.number(left) })}
      </span>
    );
  }
  return after === "active" ? <Badge tone="good">{t("changes.listed")}</Badge> : <Badge tone="bad">{t("changes.delisted")}</Badge>;
}
