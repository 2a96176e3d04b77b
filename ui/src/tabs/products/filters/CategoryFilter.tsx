import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useMemo, useState } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTranslation } from "@/i18n";
import { toErrorView } from "@/ipc/error";
import { Button } from "@/ui/Button";
import { ErrorNote, Loading } from "@/ui/Feedback";
import { FilterPopover } from "@/ui/Popover";
import { type Option, SearchList } from "@/ui/SearchList";

import { branches, leaf } from "../categories";

/** No path is empty, so this one can stand for all of them. */
const ALL = "";

interface Props {
  value: string | null;
  /** The path chosen, and the category's id where the path is a whole one. */
  onChange: (path: string | null, id: string | null) => void;
  /** Whole paths only: the suppliers know no others. */
  leaves?: boolean;
}

export function CategoryFilter({ value, onChange, leaves = false }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const [open, setOpen] = useState(false);
  // Asked of CJ only once somebody wants to choose.
  const categories = useQuery({ queryKey: keys.categories, queryFn: () => backend.categories(), enabled: open, staleTime: Infinity });
  const options = useMemo<Option[]>(() => {
    const tick = <Check aria-hidden className="size-3.5 text-accent-text" />;
    const all: Option = { id: ALL, text: t("products.category.all"), words: t("products.category.all"), end: value === null && tick };
    const each = (leaves ? (categories.data ?? []).map(({ path }) => path) : branches(categories.data ?? [])).map((path): Option => {
      const { name, above } = leaf(path);
      return {
        id: path,
        words: path,
        end: value === path && tick,
        text: (
          <>
            <span className="block">{name}</span>
            {above !== "" && <span className="block truncate text-sm text-muted">{above}</span>}
          </>
        ),
      };
    });
    return [all, ...each];
  }, [categories.data, leaves, value, t]);
  const choose = (path: string) => {
    onChange(path === ALL ? null : path, categories.data?.find((category) => category.path === path)?.id ?? null);
    setOpen(false);
  };
  return (
    <FilterPopover
      wide
      open={open}
      onOpenChange={setOpen}
      on={value !== null}
      title={t("products.category.search")}
      testId="filter-category"
      label={value === null ? t("products.category.label") : t("products.category.chosen", { name: leaf(value).name })}
    >
      {categories.data ? (
        <SearchList label={t("products.category.search")} hint={t("products.category.search")} none={t("products.category.none")} options={options} onChoose={choose} testId="category-search" />
      ) : categories.isError ? (
        <ErrorNote className="m-2" error={toErrorView(categories.error)} action={<Button size="sm" onClick={() => void categories.refetch()}>{t("common.retry")}</Button>} />
      ) : (
        <Loading rows={3} />
      )}
    </FilterPopover>
  );
}
