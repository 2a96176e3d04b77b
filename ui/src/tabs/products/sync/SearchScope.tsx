import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "@/i18n";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { Field } from "@/ui/Field";

import { CategoryFilter } from "../filters/CategoryFilter";
import { PriceFilter } from "../filters/PriceFilter";
import { WarehouseFilter } from "../filters/WarehouseFilter";
import { SavedSearches } from "./SavedSearches";
import type { SearchForm } from "./scope";

/** What CJ's catalogue is searched for: words, the filters its search takes, and the searches kept under a name. */
export function SearchScope({ value, onChange }: { value: SearchForm; onChange: (search: SearchForm) => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const change = (part: Partial<SearchForm>) => onChange({ ...value, ...part });
  // A search names a category by its id; a person reads its path.
  const categories = useQuery({ queryKey: keys.categories, queryFn: () => backend.categories(), enabled: value.category !== null, staleTime: Infinity }).data;
  const path = value.category === null ? null : (categories?.find(({ id }) => id === value.category)?.path ?? value.category);
  return (
    <div className="min-w-0 basis-full">
      <Field className="max-w-dialog" label={t("sync.words")} data-testid="sync-words" value={value.words} placeholder={t("sync.words_hint")} onChange={(event) => change({ words: event.target.value })} />
      <div className="mt-2.5 flex flex-wrap gap-2">
        <CategoryFilter leaves value={path} onChange={(_, id) => change({ category: id })} />
        <PriceFilter value={{ min: value.price_min, max: value.price_max }} onChange={({ min, max }) => change({ price_min: min, price_max: max })} />
        <WarehouseFilter value={value.country} onChange={(country) => change({ country })} />
        <SavedSearches value={value} onTake={onChange} />
      </div>
    </div>
  );
}
