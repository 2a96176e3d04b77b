import { useEffect } from "react";

import { type Tab, TABS } from "@/data/navigation";

import { focusSearch } from "./focus-search";
import { zoomKey, type ZoomStep } from "./zoom";

interface Actions {
  go: (tab: Tab) => void;
  openSettings: () => void;
  togglePalette: () => void;
  zoom: (step: ZoomStep) => void;
}

/** Ctrl/Cmd+1..4 open the tabs, +K the actions, +F the search field, +comma the settings, + - 0 the size. */
export function useShortcuts({ go, openSettings, togglePalette, zoom }: Actions): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const step = zoomKey(event);
      if (step !== null) {
        zoom(step);
        event.preventDefault();
        return;
      }
      if (event.shiftKey) return;
      // A digit by its key: French keyboards give "&" for the key that says 1.
      const digit = /^(?:Digit|Numpad)([1-4])$/.exec(event.code)?.[1];
      if (digit !== undefined) {
        const tab = TABS[Number(digit) - 1];
        if (tab) go(tab);
      } else if (event.key === ",") {
        openSettings();
      } else if (event.key.toLowerCase() === "k") {
        togglePalette();
      } else if (event.key.toLowerCase() === "f") {
        focusSearch(go);
      } else {
        return;
      }
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [go, openSettings, togglePalette, zoom]);
}
