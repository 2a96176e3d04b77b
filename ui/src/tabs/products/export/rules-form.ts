/** Price rules as they are typed: every figure a text, with a comma or a point, until it is one; pure. */
import type { PriceRules } from "@/ipc/bindings/PriceRules";
import type { Rounding } from "@/ipc/bindings/Rounding";
import { typedPrice } from "@/lib/price-text";

export interface RangeForm {
  upTo: string;
  multiplier: string;
  add: string;
}

export interface RateForm {
  currency: string;
  rate: string;
}

export interface RulesForm {
  currency: string;
  rates: RateForm[];
  ranges: RangeForm[];
  rounding: Rounding;
  freight: string;
  leastProfit: string;
  compareAt: string;
}

export const ROUNDINGS: readonly Rounding[] = ["point99", "point95", "whole", "none"];

export function toForm(rules: PriceRules, comma: boolean): RulesForm {
  const shown = (text: string | null) => (comma ? (text ?? "").replace(".", ",") : (text ?? ""));
  const unlessZero = (text: string) => (Number(text) === 0 ? "" : shown(text));
  return {
    currency: rules.currency,
    rates: rules.rates.map(({ currency, rate }) => ({ currency, rate: shown(rate) })),
    ranges: rules.ranges.map(({ up_to, multiplier, add }) => ({ upTo: shown(up_to), multiplier: shown(multiplier), add: unlessZero(add) })),
    rounding: rules.rounding,
    freight: unlessZero(rules.freight),
    leastProfit: unlessZero(rules.least_profit),
    compareAt: shown(rules.compare_at),
  };
}

/** A rate can be long: 1 USD is 0.000038 BTC. */
const typedRate = (text: string) => {
  const tidy = text.trim().replace(",", ".");
  return /^\d{1,9}(\.\d{1,12})?$/.test(tidy) && Number(tidy) > 0 ? tidy : null;
};
const orZero = (text: string) => (text.trim() === "" ? "0" : typedPrice(text));
const isCurrency = (text: string) => /^[a-z]{3}$/i.test(text.trim());

/** The rules, or null while something typed is no figure yet. Rows left empty do not count. */
export function toRules(form: RulesForm): PriceRules | null {
  const freight = orZero(form.freight);
  const least = orZero(form.leastProfit);
  const compareAt = form.compareAt.trim() === "" ? null : typedPrice(form.compareAt);
  if (!isCurrency(form.currency) || freight === null || least === null) return null;
  if (form.compareAt.trim() !== "" && (compareAt === null || Number(compareAt) <= 1)) return null;
  const rates: PriceRules["rates"] = [];
  for (const { currency, rate } of form.rates) {
    if (currency.trim() === "" && rate.trim() === "") continue;
    const figure = typedRate(rate);
    if (!isCurrency(currency) || figure === null) return null;
    rates.push({ currency: currency.trim().toUpperCase(), rate: figure });
  }
  const ranges: PriceRules["ranges"] = [];
  let before = 0;
  for (const [index, range] of form.ranges.entries()) {
    const last = index === form.ranges.length - 1;
    const upTo = last ? null : typedPrice(range.upTo);
    const multiplier = typedPrice(range.multiplier);
    const add = orZero(range.add);
    if (multiplier === null || Number(multiplier) <= 0 || Number(multiplier) > 1000 || add === null) return null;
    if (!last && (upTo === null || Number(upTo) <= before)) return null;
    before = Number(upTo);
    ranges.push({ up_to: upTo, multiplier, add });
  }
  return {
    currency: form.currency.trim().toUpperCase(),
    rates,
    ranges,
    rounding: form.rounding,
    freight,
    least_profit: least,
    compare_at: compareAt,
  };
}

/** Another range before the last one, which takes the rest. */
export function withRange(form: RulesForm): RulesForm {
  const last = form.ranges[form.ranges.length - 1] ?? { upTo: "", multiplier: "2", add: "" };
  return { ...form, ranges: [...form.ranges.slice(0, -1), { ...last, upTo: "" }, { ...last, upTo: "" }] };
}

export function withoutRange(form: RulesForm, at: number): RulesForm {
  return { ...form, ranges: form.ranges.filter((_, index) => index !== at) };
}
