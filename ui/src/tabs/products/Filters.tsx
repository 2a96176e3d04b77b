import { Search, X } from "lucide-react";
import { useTranslation } from "react-i18next";

import { SUPPLIER_SHORT, SUPPLIERS } from "@/data/accounts";
import type { Sort } from "@/ipc/bindings/Sort";
import { SEARCH_FIELD } from "@/shell/focus-search";
import { IconButton } from "@/ui/Button";
import { Chip } from "@/ui/Chip";
import { Select } from "@/ui/Select";

import { CategoryFilter } from "./CategoryFilter";
import type { Filter } from "./filter";
import { PriceFilter } from "./PriceFilter";

const SORTS: readonly Sort[] = ["relevance", "newest", "price_up", "price_down"];

export function Filters({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const { t } = useTranslation();
  return (
    <div role="search" className="flex flex-wrap items-center gap-2">
      <div className="flex min-w-52 flex-1 items-center gap-2 rounded-md border border-control bg-surface pl-2.75 focus-within:border-accent focus-within:ring-3 focus-within:ring-accent-soft">
        <Search aria-hidden className="size-3.5 shrink-0 text-muted" />
        <input
          type="text"
          role="searchbox"
          {...{ [SEARCH_FIELD]: "" }}
          data-testid="products-search"
          aria-label={t("products.search")}
          placeholder={t("products.search_hint")}
          spellCheck={false}
          value={filter.words}
          onChange={(event) => onChange({ ...filter, words: event.target.value })}
          onKeyDown={(event) => event.key === "Escape" && onChange({ ...filter, words: "" })}
          className="h-8 min-w-0 flex-1 bg-transparent outline-none"
        />
        {filter.words !== "" && (
          <IconButton label={t("products.search_clear")} onClick={() => onChange({ ...filter, words: "" })}>
            <X aria-hidden />
          </IconButton>
        )}
      </div>
      <div className="flex flex-wrap gap-2 max-[1180px]:order-last max-[1180px]:w-full">
        {SUPPLIERS.map((supplier) => (
          <Chip key={supplier} on={filter.supplier === supplier} onToggle={() => onChange({ ...filter, supplier: filter.supplier === supplier ? null : supplier })}>
            {SUPPLIER_SHORT[supplier]}
          </Chip>
        ))}
        <Chip on={filter.stocked} onToggle={() => onChange({ ...filter, stocked: !filter.stocked })}>
          {t("products.in_stock")}
        </Chip>
        <Chip on={filter.delisted} onToggle={() => onChange({ ...filter, delisted: !filter.delisted })}>
          {t("products.delisted_only")}
        </Chip>
        <Chip on={filter.soldOut} onToggle={() => onChange({ ...filter, soldOut: !filter.soldOut })}>
          {t("products.sold_out_only")}
        </Chip>
        <CategoryFilter value={filter.category} onChange={(category) => onChange({ ...filter, category })} />
        <PriceFilter value={filter.price} onChange={(price) => onChange({ ...filter, price })} />
      </div>
      <Select
        quiet
        className="w-44"
        label={t("products.sort")}
        value={filter.sort}
        choices={SORTS.map((value) => ({ value, text: t(`products.sorts.${value}`) }))}
        onChange={(sort) => onChange({ ...filter, sort })}
      />
    </div>
  );
}
