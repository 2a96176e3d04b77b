import { useEffect } from "react";

import { type Tab, TABS } from "@/data/navigation";

/** Marks the field Ctrl/Cmd+F goes to. */
export const SEARCH_FIELD = "data-search-field";

/** Ctrl/Cmd+1..4 open the tabs, Ctrl/Cmd+F goes to the search field, Ctrl/Cmd+comma opens the settings. */
export function useShortcuts(go: (tab: Tab) => void, openSettings: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      // A digit by its key: French keyboards give "&" for the key that says 1.
      const digit = /^(?:Digit|Numpad)([1-4])$/.exec(event.code)?.[1];
      if (digit !== undefined) {
        const tab = TABS[Number(digit) - 1];
        if (tab) go(tab);
      } else if (event.key === ",") {
        openSettings();
      } else if (event.key.toLowerCase() === "f") {
        const field = document.querySelector<HTMLInputElement>(`[${SEARCH_FIELD}]`);
        if (field) {
          field.focus();
          field.select();
        } else {
          go("products");
          requestAnimationFrame(() => document.querySelector<HTMLInputElement>(`[${SEARCH_FIELD}]`)?.focus());
        }
      } else {
        return;
      }
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [go, openSettings]);
}
