import { useMemo } from "react";

import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { ProductRow } from "@/ipc/bindings/ProductRow";

import { leaf } from "../categories";

/** The words of a row, made once a language and kept a row: a row that scrolls in is drawn in every frame, and Intl is slow. */
export interface Say {
  price: (row: ProductRow) => string;
  number: (value: number | null) => string;
  ago: (row: ProductRow) => string;
  category: (row: ProductRow) => string;
  delisted: string;
  soldOut: string;
  active: string;
  choose: (row: ProductRow) => string;
}

export function useSay(): Say {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const prices = new WeakMap<ProductRow, string>();
    return {
      price: (row) => {
        const known = prices.get(row);
        if (known !== undefined) return known;
        const text = format.priceRange(row.price_min, row.price_max, row.currency) ?? "–";
        prices.set(row, text);
        return text;
      },
      number: (value) => (value === null ? "–" : format.number(value)),
      ago: (row) => format.ago(row.seen_at),
      category: (row) => (row.category === null ? "–" : leaf(row.category).name),
      delisted: t("products.status.delisted"),
      soldOut: t("products.status.sold_out"),
      active: t("products.status.active"),
      choose: (row) => t("products.select.one", { title: row.title }),
    };
  }, [t, format]);
}
