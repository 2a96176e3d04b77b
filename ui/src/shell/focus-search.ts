import type { Tab } from "@/data/navigation";

/** Marks the field Ctrl/Cmd+F goes to. */
export const SEARCH_FIELD = "data-search-field";

const field = () => document.querySelector<HTMLInputElement>(`[${SEARCH_FIELD}]`);

/** Puts the cursor into the search of the open tab, or opens the products for it. */
export function focusSearch(go: (tab: Tab) => void): void {
  const here = field();
  if (here) {
    here.focus();
    here.select();
    return;
  }
  go("products");
  requestAnimationFrame(() => field()?.focus());
}
