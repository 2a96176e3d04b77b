import { type SyntheticEvent, useState } from "react";

import { useSetPreferences } from "@/data/queries";
import { useTranslation } from "@/i18n";
import type { ProductsView } from "@/ipc/bindings/ProductsView";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { NamedList } from "@/ui/NamedList";
import { FilterPopover } from "@/ui/Popover";

import { type Filter, isFiltered, ofView, toView } from "../filter";

interface Props {
  view: ProductsView;
  filter: Filter;
  onChange: (filter: Filter) => void;
}

/** Filters, order and columns kept under a name. */
export function SavedViews({ view, filter, onChange }: Props) {
  const { t } = useTranslation();
  const { mutate: prefer } = useSetPreferences();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const now = JSON.stringify(toView(filter));
  const current = view.saved.find(({ query, changed_days }) => JSON.stringify(toView(ofView({ query, changed_days }))) === now);

  const keep = (event: SyntheticEvent) => {
    event.preventDefault();
    const called = name.trim();
    if (called === "") return;
    const others = view.saved.filter((one) => one.name !== called);
    prefer({ products: { ...view, saved: [...others, { name: called, ...toView(filter), columns: view.columns }] } });
    setName("");
    setOpen(false);
  };
  return (
    <FilterPopover open={open} onOpenChange={setOpen} on={current !== undefined} title={t("products.views.label")} label={current?.name ?? t("products.views.label")} testId="views">
      <NamedList
        items={view.saved}
        testId="view"
        onTake={(one) => {
          prefer({ products: { ...view, columns: one.columns } });
          onChange(ofView(one));
          setOpen(false);
        }}
        forget={({ name: called }) => t("products.views.forget", { name: called })}
        onForget={({ name: gone }) => prefer({ products: { ...view, saved: view.saved.filter((one) => one.name !== gone) } })}
      />
      <form onSubmit={keep} className="p-3.5">
        <Field label={t("products.views.name")} hint={isFiltered(filter) ? undefined : t("products.views.note")} data-testid="view-name" value={name} maxLength={40} onChange={(event) => setName(event.target.value)} />
        <Button type="submit" size="sm" className="mt-2.5" data-testid="view-keep" disabled={name.trim() === ""}>
          {t("products.views.keep")}
        </Button>
      </form>
    </FilterPopover>
  );
}
