import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTranslation } from "@/i18n";

/** A scope in words: `Mes produits`, `« bocal verre »`, the category's own name, or what the owner calls a search. */
export function useScopeName(): (scope: string) => string {
  const { t } = useTranslation();
  const backend = useBackend();
  // Only what is known already: a name is not worth a call to the supplier.
  const categories = useQuery({ queryKey: keys.categories, queryFn: () => backend.categories(), enabled: false }).data;
  const saved = useQuery({ queryKey: keys.savedSearches, queryFn: () => backend.savedSearches() }).data;
  return useCallback(
    (scope: string) => {
      const named = saved?.find((one) => one.scope === scope);
      if (named) return named.name;
      if (scope.startsWith("search?")) {
        const words = new URLSearchParams(scope.slice("search?".length)).get("words");
        return words === null ? t("scope.filtered") : t("scope.filtered_words", { words });
      }
      const [kind, rest] = [scope.split(":")[0], scope.slice(scope.indexOf(":") + 1)];
      if (kind === "search") return t("scope.search_named", { words: rest });
      if (kind === "category") return categories?.find((category) => category.id === rest)?.path.split(" / ").at(-1) ?? t("scope.category");
      if (kind === "product") return t("scope.products", { count: rest.split(",").length });
      if (kind === "all") return t("scope.all");
      if (kind === "imported") return t("scope.imported");
      return t("scope.my_products");
    },
    [t, categories, saved],
  );
}
