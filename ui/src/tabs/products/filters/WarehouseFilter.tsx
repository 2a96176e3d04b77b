import { Check } from "lucide-react";
import { useMemo, useState } from "react";

import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { FilterPopover } from "@/ui/Popover";
import { type Option, SearchList } from "@/ui/SearchList";

/** Countries the suppliers of dropshippers keep stock in. CJ names its own in the details of each product. */
const COUNTRIES = ["CN", "US", "DE", "GB", "FR", "ES", "IT", "PL", "CZ", "BE", "NL", "CA", "AU", "NZ", "JP", "KR", "TH", "ID", "MY", "PH", "VN", "SG", "IN", "AE", "SA", "TR", "ZA", "MX", "BR", "CL", "UA", "RU"];
const ANY = "";

export function WarehouseFilter({ value, onChange }: { value: string | null; onChange: (country: string | null) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const options = useMemo<Option[]>(() => {
    const tick = <Check aria-hidden className="size-3.5 text-accent-text" />;
    const any: Option = { id: ANY, text: t("products.warehouse.any"), words: t("products.warehouse.any"), end: value === null && tick };
    const each = COUNTRIES.map((code): Option => ({ id: code, text: format.country(code), words: `${format.country(code)} ${code}`, end: value === code && tick }));
    return [any, ...each];
  }, [t, format, value]);
  const choose = (code: string) => {
    onChange(code === ANY ? null : code);
    setOpen(false);
  };
  return (
    <FilterPopover
      open={open}
      onOpenChange={setOpen}
      on={value !== null}
      title={t("products.warehouse.search")}
      testId="filter-warehouse"
      label={value === null ? t("products.warehouse.label") : t("products.warehouse.chosen", { country: format.country(value) })}
    >
      <SearchList label={t("products.warehouse.search")} hint={t("products.warehouse.search")} none={t("products.warehouse.none")} options={options} onChoose={choose} testId="warehouse-search" />
    </FilterPopover>
  );
}
