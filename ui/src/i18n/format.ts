/** Numbers, money, dates and durations in the owner's language, all by Intl. */
import { useTranslation } from "./index";

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000], ["month", 2_592_000], ["week", 604_800], ["day", 86_400], ["hour", 3_600], ["minute", 60],
];

/** Intl takes decimal strings without loss, which its types only half admit. */
const decimal = (text: string) => text as unknown as number;

export function makeFormat(language: string) {
  const number = new Intl.NumberFormat(language);
  const percent = new Intl.NumberFormat(language, { style: "percent" });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: "long" });
  const day = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });
  const dayYear = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", year: "numeric" });
  const time = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
  const dayTime = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
  const countries = new Intl.DisplayNames(language, { type: "region" });
  const lists = new Intl.ListFormat(language, { type: "conjunction" });
  const currencies = new Map<string, Intl.NumberFormat>();

  const currencyFormat = (currency: string) => {
    let format = currencies.get(currency);
    if (!format) {
      format = new Intl.NumberFormat(language, { style: "currency", currency, minimumFractionDigits: 2 });
      currencies.set(currency, format);
    }
    return format;
  };
  const money = (amount: string | null, currency: string | null) => {
    if (amount === null) return null;
    try {
      return currency ? currencyFormat(currency).format(decimal(amount)) : number.format(decimal(amount));
    } catch {
      // A currency Intl does not know is still shown, as the supplier wrote it.
      return `${number.format(decimal(amount))} ${currency ?? ""}`.trim();
    }
  };
  const range = (min: string, max: string, currency: string | null) => {
    try {
      return (currency ? currencyFormat(currency) : number).formatRange(decimal(min), decimal(max));
    } catch {
      return `${money(min, currency) ?? ""} – ${money(max, currency) ?? ""}`;
    }
  };
  const when = (iso: string, now = Date.now()) => {
    const seconds = (new Date(iso).getTime() - now) / 1000;
    for (const [index, [unit, size]] of UNITS.entries()) {
      // Sixty minutes are an hour, also where they were fifty-nine and a half.
      const below = UNITS[index + 1]?.[1] ?? 1;
      if (Math.round(Math.abs(seconds) / below) * below >= size) return relative.format(Math.round(seconds / size), unit);
    }
    return relative.format(Math.round(seconds) || -1, "second");
  };
  return {
    number: (value: number) => number.format(value),
    /** `125 %`, of hundredths. */
    percent: (hundredths: number) => percent.format(hundredths / 100),
    money,
    /** `2,10 – 4,85 $US`, or one price when both are the same. */
    priceRange(min: string | null, max: string | null, currency: string | null) {
      if (min !== null && max !== null && Number(min) !== Number(max)) {
        return range(min, max, currency);
      }
      return money(min ?? max, currency);
    },
    /** `12 déc.`, with the year once it is another one. */
    date(iso: string, now = new Date()) {
      const at = new Date(iso);
      return (at.getFullYear() === now.getFullYear() ? day : dayYear).format(at);
    },
    list: (parts: readonly string[]) => lists.format(parts),
    time: (iso: string) => time.format(new Date(iso)),
    dateTime: (iso: string) => dayTime.format(new Date(iso)),
    /** `dans 3 jours`, `il y a 12 minutes`. */
    when,
    /** Of what has happened, whatever a clock that is a minute exact says: `il y a 12 minutes`. */
    ago: (iso: string, now = Date.now()) => when(iso, Math.max(now, new Date(iso).getTime())),
    country(code: string) {
      try {
        return countries.of(code) ?? code;
      } catch {
        return code;
      }
    },
  };
}

export type Format = ReturnType<typeof makeFormat>;

/** One a language: Intl takes its time to set these up, and nearly every component asks. */
const formats = new Map<string, Format>();

export function useFormat(): Format {
  const { language } = useTranslation();
  const format = formats.get(language) ?? makeFormat(language);
  formats.set(language, format);
  return format;
}
