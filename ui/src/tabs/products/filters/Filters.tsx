import { Search, X } from "lucide-react";
import { memo } from "react";

import { SUPPLIER_SHORT, SUPPLIERS } from "@/data/accounts";
import { useTranslation } from "@/i18n";
import type { ProductsView } from "@/ipc/bindings/ProductsView";
import type { Sort } from "@/ipc/bindings/Sort";
import { SEARCH_FIELD } from "@/shell/focus-search";
import { Button, IconButton } from "@/ui/Button";
import { Chip } from "@/ui/Chip";
import { Select } from "@/ui/Select";

import { AVAILABILITIES, type Filter, isFiltered, NO_FILTER, PERIODS } from "../filter";
import { CategoryFilter } from "./CategoryFilter";
import { ChoiceFilter } from "./ChoiceFilter";
import { PriceFilter } from "./PriceFilter";
import { SavedViews } from "./SavedViews";
import { ViewOptions } from "./ViewOptions";
import { WarehouseFilter } from "./WarehouseFilter";

const SORTS: readonly Sort[] = ["relevance", "newest", "price_up", "price_down", "title_up", "title_down", "stock_down", "stock_up"];

/** Not drawn again when only the products found are others. */
export const Filters = memo(function Filters({ filter, view, onChange }: { filter: Filter; view: ProductsView; onChange: (filter: Filter) => void }) {
  const { t } = useTranslation();
  return (
    <div role="search" className="flex flex-wrap items-center gap-2">
      <div className="flex min-w-40 flex-1 items-center gap-2 rounded-md border border-control bg-surface pl-2.75 focus-within:border-accent focus-within:ring-3 focus-within:ring-accent-soft">
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
      <div className="order-last flex w-full flex-wrap gap-1.5">
        {SUPPLIERS.map((supplier) => (
          <Chip key={supplier} on={filter.supplier === supplier} onToggle={() => onChange({ ...filter, supplier: filter.supplier === supplier ? null : supplier })}>
            {SUPPLIER_SHORT[supplier]}
          </Chip>
        ))}
        <ChoiceFilter
          label={t("products.stock.label")}
          testId="filter-stock"
          value={filter.availability}
          onChange={(availability) => onChange({ ...filter, availability })}
          options={[{ value: null, text: t("products.stock.any") }, ...AVAILABILITIES.map((value) => ({ value, text: t(`products.stock.${value}`) }))]}
        />
        <CategoryFilter value={filter.category} onChange={(category) => onChange({ ...filter, category })} />
        <PriceFilter value={filter.price} onChange={(price) => onChange({ ...filter, price })} />
        <ChoiceFilter
          label={t("products.changed.label")}
          testId="filter-changed"
          value={filter.changed}
          onChange={(changed) => onChange({ ...filter, changed })}
          options={[{ value: null, text: t("products.changed.any") }, ...PERIODS.map((value) => ({ value, text: t("products.changed.days", { count: value }) }))]}
        />
        <WarehouseFilter value={filter.warehouse} onChange={(warehouse) => onChange({ ...filter, warehouse })} />
        {isFiltered(filter) && (
          <Button size="sm" look="quiet" data-testid="filters-clear" onClick={() => onChange({ ...NO_FILTER, sort: filter.sort })}>
            {t("products.show_all")}
          </Button>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <SavedViews view={view} filter={filter} onChange={onChange} />
        <Select
          quiet
          className="w-40 min-[1000px]:w-44"
          label={t("products.sort")}
          value={filter.sort}
          choices={SORTS.map((value) => ({ value, text: t(`products.sorts.${value}`) }))}
          onChange={(sort) => onChange({ ...filter, sort })}
        />
        <ViewOptions view={view} />
      </div>
    </div>
  );
});
