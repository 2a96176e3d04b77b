import { useMutation } from "@tanstack/react-query";
import { Truck } from "lucide-react";
import { type SubmitEvent, useState } from "react";

import { useBackend } from "@/data/backend";
import { usePreference } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { toErrorView } from "@/ipc/error";
import type { FreightQuote } from "@/ipc/bindings/FreightQuote";
import type { FreightQuotes } from "@/ipc/bindings/FreightQuotes";
import type { ProductDetail } from "@/ipc/bindings/ProductDetail";
import { COUNTRIES } from "@/shell/places";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { ErrorNote } from "@/ui/Feedback";
import { Field } from "@/ui/Field";
import { Select } from "@/ui/Select";

/** What it costs to send the product somewhere; asked for on demand, because it costs the owner points or time. */
export function Freight({ product }: { product: ProductDetail }) {
  const { t, language } = useTranslation();
  const backend = useBackend();
  const format = useFormat();
  const preferred = usePreference((preferences) => preferences.ship_to) ?? "FR";
  const [chosen, setChosen] = useState<string | null>(null);
  const [variant, setVariant] = useState<string | null>(null);
  const [quantity, setQuantity] = useState("1");
  const country = chosen ?? preferred;
  const countries = [...new Set([preferred, ...COUNTRIES])].sort((one, two) => format.country(one).localeCompare(format.country(two), language));
  const pieces = Number(quantity);
  const valid = Number.isInteger(pieces) && pieces >= 1 && pieces <= 10_000;
  const ask = useMutation({ mutationFn: () => backend.freightQuotes(product.supplier, product.product_id, variant, country, pieces) });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (valid && !ask.isPending) ask.mutate();
  };
  return (
    <section aria-label={t("freight.title")} data-testid="freight">
      <h3 className="mb-1.5">{t("freight.title")}</h3>
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
        <Select className="min-w-32 flex-1" label={t("freight.country")} testId="freight-country" value={country} choices={countries.map((value) => ({ value, text: format.country(value) }))} onChange={setChosen} />
        {product.items.length > 1 && (
          <Select
            className="min-w-32 flex-1"
            label={t("freight.variant")}
            value={variant ?? ""}
            choices={[
              { value: "", text: t("freight.any_variant") },
              ...product.items.map((item) => ({ value: item.variant_id, text: item.title || item.sku || item.variant_id })),
            ]}
            onChange={(value) => setVariant(value || null)}
          />
        )}
        <Field className="w-18" label={t("freight.quantity")} inputMode="numeric" aria-invalid={!valid} value={quantity} onChange={(event) => setQuantity(event.target.value)} />
        <Button type="submit" icon={<Truck aria-hidden />} data-testid="freight-ask" disabled={!valid} busy={ask.isPending}>
          {t("freight.ask")}
        </Button>
      </form>
      {product.supplier === "cj" && <p className="mt-1 text-sm text-muted">{t("freight.points")}</p>}
      {ask.isError && <ErrorNote className="mt-3" error={toErrorView(ask.error)} />}
      {ask.data && <Quotes answer={ask.data} />}
    </section>
  );
}

function Quotes({ answer }: { answer: FreightQuotes }) {
  const { t } = useTranslation();
  const format = useFormat();
  const country = format.country(answer.ship_to);
  if (answer.quotes.length === 0) return <p role="status" className="mt-2.5 text-muted">{t("freight.none", { country })}</p>;
  return (
    <div aria-live="polite" className="mt-2.5">
      <p className="text-sm text-muted">{t("freight.for", { country, quantity: format.number(answer.quantity) })}</p>
      <ul>
        {answer.quotes.map((quote, index) => (
          <li key={`${quote.service}${index}`} data-testid="freight-quote" className="flex items-baseline gap-3 border-t border-line-soft py-1.5 first:border-t-0">
            <span className="min-w-0 flex-1">
              {quote.service}
              <Details quote={quote} />
            </span>
            <span className="font-medium whitespace-nowrap">
              {quote.price === null ? t("freight.unknown") : Number(quote.price) === 0 ? <Badge tone="good">{t("freight.free")}</Badge> : format.money(quote.price, quote.currency)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Details({ quote }: { quote: FreightQuote }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { days_min: least, days_max: most, tracked, ship_from: from } = quote;
  const last = most ?? least;
  const days = last === null ? null : t("freight.days", { count: last, days: least !== null && least !== last ? `${format.number(least)}–${format.number(last)}` : format.number(last) });
  const facts = [days, tracked === null ? null : t(tracked ? "freight.tracked" : "freight.untracked"), from === null ? null : t("freight.from", { country: format.country(from) })];
  return <span className="block text-sm text-muted">{facts.filter(Boolean).join(" · ")}</span>;
}
