import { Plus, X } from "lucide-react";

import { useTranslation } from "@/i18n";
import { Button, IconButton } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { Select } from "@/ui/Select";

import { ROUNDINGS, type RangeForm, type RateForm, type RulesForm, withoutRange, withRange } from "./rules-form";

interface Props {
  form: RulesForm;
  onChange: (form: RulesForm) => void;
}

export function PriceRulesForm({ form, onChange }: Props) {
  const { t } = useTranslation();
  const currency = form.currency.trim().toUpperCase();
  const inCurrency = (label: string) => (currency === "" ? label : `${label} (${currency})`);
  return (
    <div className="space-y-3.5">
      <Ranges form={form} onChange={onChange} />
      <div className="grid grid-cols-4 gap-3">
        <Select label={t("pricing.rounding")} value={form.rounding} testId="rule-rounding" choices={ROUNDINGS.map((value) => ({ value, text: t(`pricing.roundings.${value}`) }))} onChange={(rounding) => onChange({ ...form, rounding })} />
        <Field label={inCurrency(t("pricing.freight"))} inputMode="decimal" placeholder="0" data-testid="rule-freight" value={form.freight} onChange={(event) => onChange({ ...form, freight: event.target.value })} />
        <Field label={inCurrency(t("pricing.least_profit"))} inputMode="decimal" placeholder="0" data-testid="rule-profit" value={form.leastProfit} onChange={(event) => onChange({ ...form, leastProfit: event.target.value })} />
        <Field label={t("pricing.compare_at")} inputMode="decimal" placeholder={t("pricing.none")} data-testid="rule-compare" value={form.compareAt} onChange={(event) => onChange({ ...form, compareAt: event.target.value })} />
      </div>
      <p className="text-sm text-muted">{t("pricing.floor_note")}</p>
      <Rates form={form} onChange={onChange} />
    </div>
  );
}

function Ranges({ form, onChange }: Props) {
  const { t } = useTranslation();
  const put = (at: number, change: Partial<RangeForm>) =>
    onChange({ ...form, ranges: form.ranges.map((range, index) => (index === at ? { ...range, ...change } : range)) });
  const only = form.ranges.length === 1;
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-muted">{t("pricing.ranges")}</legend>
      <div className="space-y-1.5">
        {form.ranges.map((range, at) => {
          const last = at === form.ranges.length - 1;
          const number = at + 1;
          return (
            <div key={at} className="flex items-center gap-2">
              <span className="w-24 shrink-0 text-sm">{only ? t("pricing.every_cost") : last ? t("pricing.rest") : t("pricing.up_to")}</span>
              <Small label={t("pricing.up_to_field", { number })} hidden={last} value={range.upTo} onChange={(upTo) => put(at, { upTo })} />
              <span aria-hidden>×</span>
              <Small label={t("pricing.multiplier_field", { number })} testId={`rule-multiplier-${at}`} value={range.multiplier} onChange={(multiplier) => put(at, { multiplier })} />
              <span aria-hidden>+</span>
              <Small label={t("pricing.add_field", { number })} testId={`rule-add-${at}`} placeholder="0" value={range.add} onChange={(add) => put(at, { add })} />
              {!last && (
                <IconButton label={t("pricing.remove_range", { number })} onClick={() => onChange(withoutRange(form, at))}>
                  <X aria-hidden />
                </IconButton>
              )}
            </div>
          );
        })}
      </div>
      <Button size="sm" look="quiet" className="mt-1 -ml-2.5" icon={<Plus aria-hidden />} data-testid="rule-range-add" onClick={() => onChange(withRange(form))}>
        {t("pricing.add_range")}
      </Button>
    </fieldset>
  );
}

function Rates({ form, onChange }: Props) {
  const { t } = useTranslation();
  const put = (at: number, change: Partial<RateForm>) =>
    onChange({ ...form, rates: form.rates.map((rate, index) => (index === at ? { ...rate, ...change } : rate)) });
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-muted">{t("pricing.currency")}</legend>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <Small label={t("pricing.shop_currency")} testId="rule-currency" value={form.currency} onChange={(currency) => onChange({ ...form, currency: currency.toUpperCase() })} />
        {form.rates.map((rate, at) => (
          <span key={at} className="flex items-center gap-1.5">
            1
            <Small label={t("pricing.rate_of", { number: at + 1 })} testId={`rule-rate-currency-${at}`} placeholder="USD" value={rate.currency} onChange={(currency) => put(at, { currency: currency.toUpperCase() })} />
            =
            <Small label={t("pricing.rate", { number: at + 1 })} testId={`rule-rate-${at}`} value={rate.rate} onChange={(value) => put(at, { rate: value })} />
            {form.currency}
            <IconButton label={t("pricing.remove_rate", { number: at + 1 })} onClick={() => onChange({ ...form, rates: form.rates.filter((_, index) => index !== at) })}>
              <X aria-hidden />
            </IconButton>
          </span>
        ))}
        <Button size="sm" look="quiet" icon={<Plus aria-hidden />} data-testid="rule-rate-add" onClick={() => onChange({ ...form, rates: [...form.rates, { currency: "", rate: "" }] })}>
          {t("pricing.add_rate")}
        </Button>
      </div>
    </fieldset>
  );
}

interface SmallProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hidden?: boolean;
  placeholder?: string;
  testId?: string;
}

/** A figure in a row, whose label is read aloud; the words beside it say the same to the eye. */
function Small({ label, value, onChange, hidden = false, placeholder, testId }: SmallProps) {
  if (hidden) return <span className="w-20" />;
  return (
    <input
      type="text"
      aria-label={label}
      inputMode="decimal"
      spellCheck={false}
      autoComplete="off"
      data-testid={testId}
      placeholder={placeholder}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="h-8 w-20 rounded-md border border-control bg-sunken px-2.5 outline-none focus:border-accent focus:ring-3 focus:ring-accent-soft"
    />
  );
}
