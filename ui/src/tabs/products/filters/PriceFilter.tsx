import { useState } from "react";

import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { typedPrice } from "@/lib/price-text";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { FilterPopover } from "@/ui/Popover";

import type { PriceRange } from "../filter";

/** A lowest and a highest price; applied as typed, once it is a price. */
export function PriceFilter({ value, onChange }: { value: PriceRange; onChange: (range: PriceRange) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { min, max } = value;
  const say = (price: string) => format.money(price, null) ?? price;
  const label =
    min !== null && max !== null
      ? t("products.price.between", { min: say(min), max: say(max) })
      : min !== null
        ? t("products.price.above", { min: say(min) })
        : max !== null
          ? t("products.price.below", { max: say(max) })
          : t("products.price.label");
  return (
    <FilterPopover open={open} onOpenChange={setOpen} on={min !== null || max !== null} title={t("products.price.label")} label={label} testId="filter-price">
      <Range value={value} onChange={onChange} onDone={() => setOpen(false)} />
    </FilterPopover>
  );
}

function Range({ value, onChange, onDone }: { value: PriceRange; onChange: (range: PriceRange) => void; onDone: () => void }) {
  const { t, language } = useTranslation();
  const shown = (price: string | null) => (language === "fr" ? price?.replace(".", ",") : price) ?? "";
  const [from, setFrom] = useState(() => shown(value.min));
  const [to, setTo] = useState(() => shown(value.max));
  const wrong = [from, to].some((text) => text.trim() !== "" && typedPrice(text) === null);
  const low = typedPrice(from);
  const high = typedPrice(to);
  const crossed = low !== null && high !== null && Number(low) > Number(high);
  const apply = (nextFrom: string, nextTo: string) => {
    const [min, max] = [typedPrice(nextFrom), typedPrice(nextTo)];
    const unread = (nextFrom.trim() !== "" && min === null) || (nextTo.trim() !== "" && max === null);
    if (!unread && !(min !== null && max !== null && Number(min) > Number(max))) onChange({ min, max });
  };
  const clear = () => {
    setFrom("");
    setTo("");
    onChange({ min: null, max: null });
  };
  return (
    <form
      className="p-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong && !crossed) onDone();
      }}
    >
      <div className="grid grid-cols-2 gap-3">
        <Field label={t("products.price.from")} inputMode="decimal" data-testid="price-min" value={from} aria-invalid={wrong || crossed}
          onChange={(event) => { setFrom(event.target.value); apply(event.target.value, to); }} />
        <Field label={t("products.price.to")} inputMode="decimal" data-testid="price-max" value={to} aria-invalid={wrong || crossed}
          onChange={(event) => { setTo(event.target.value); apply(from, event.target.value); }} />
      </div>
      <div className="mt-2.5 flex items-center justify-between gap-3">
        <p role="status" className={`text-sm ${wrong || crossed ? "text-warn" : "text-muted"}`}>
          {wrong ? t("products.price.wrong") : crossed ? t("products.price.crossed") : t("products.price.note")}
        </p>
        <Button size="sm" look="quiet" disabled={from === "" && to === ""} onClick={clear}>
          {t("common.clear")}
        </Button>
      </div>
      <button type="submit" hidden />
    </form>
  );
}
