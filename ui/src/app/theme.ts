import type { Preferences } from "@/ipc/bindings/Preferences";

/** Puts the theme on the document; after the system when asked to. Returns how to stop following. */
export function applyTheme(theme: Preferences["theme"]): () => void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    document.documentElement.dataset.theme = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
  };
  apply();
  if (theme !== "system") return () => undefined;
  dark.addEventListener("change", apply);
  return () => dark.removeEventListener("change", apply);
}
