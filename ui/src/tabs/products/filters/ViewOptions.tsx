import { LayoutGrid, Rows3 } from "lucide-react";
import { useState } from "react";

import { useSetPreferences } from "@/data/queries";
import { useTranslation } from "@/i18n";
import type { Layout } from "@/ipc/bindings/Layout";
import type { ProductsView } from "@/ipc/bindings/ProductsView";
import { cx } from "@/lib/cx";
import { Checkbox } from "@/ui/Field";
import { FilterPopover } from "@/ui/Popover";

import { COLUMNS, withColumn } from "../list/columns";

const LAYOUTS: readonly { layout: Layout; icon: React.JSX.Element }[] = [
  { layout: "table", icon: <Rows3 aria-hidden /> },
  { layout: "grid", icon: <LayoutGrid aria-hidden /> },
];

/** Rows or cards, and which columns; kept with the preferences. */
export function ViewOptions({ view }: { view: ProductsView }) {
  const { t } = useTranslation();
  const { mutate: prefer } = useSetPreferences();
  const [open, setOpen] = useState(false);
  return (
    <div className="flex items-center gap-2">
      {view.layout === "table" && (
        <FilterPopover open={open} onOpenChange={setOpen} on={false} title={t("products.view.columns")} label={t("products.view.columns")} testId="columns">
          <div className="space-y-2 p-3.5">
            {COLUMNS.map((column) => (
              <Checkbox
                key={column}
                label={t(`products.columns.${column}`)}
                data-testid={`column-${column}`}
                checked={view.columns.includes(column)}
                onChange={(event) => prefer({ products: { ...view, columns: withColumn(view.columns, column, event.target.checked) } })}
              />
            ))}
          </div>
        </FilterPopover>
      )}
      <div role="group" aria-label={t("products.view.layout")} className="flex rounded-md border border-control">
        {LAYOUTS.map(({ layout, icon }) => (
          <button
            key={layout}
            type="button"
            aria-label={t(`products.view.${layout}`)}
            title={t(`products.view.${layout}`)}
            aria-pressed={view.layout === layout}
            data-testid={`layout-${layout}`}
            onClick={() => prefer({ products: { ...view, layout } })}
            className={cx("grid size-7.5 place-items-center first:rounded-l-md last:rounded-r-md [&>svg]:size-3.5", view.layout === layout ? "bg-accent-soft text-accent-text" : "text-muted hover:bg-hover")}
          >
            {icon}
          </button>
        ))}
      </div>
    </div>
  );
}
