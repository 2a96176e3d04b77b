/** How large everything in the window is, in percent: what the settings offer, and where the keys lead. */
export const ZOOMS: readonly number[] = [80, 90, 100, 110, 125, 150, 175, 200];

export type ZoomStep = "larger" | "smaller" | "as_drawn";

export function zoomed(zoom: number, step: ZoomStep): number {
  if (step === "as_drawn") return 100;
  const next = step === "larger" ? ZOOMS.find((one) => one > zoom) : ZOOMS.findLast((one) => one < zoom);
  return next ?? zoom;
}

/** The step a key pressed with Ctrl or Cmd asks for: browsers have these. `=` is the key of `+` without the shift. */
export function zoomKey({ key, code, shiftKey }: Pick<KeyboardEvent, "key" | "code" | "shiftKey">): ZoomStep | null {
  if (key === "+" || key === "=") return "larger";
  if (shiftKey) return null;
  if (key === "-") return "smaller";
  // By its key: French keyboards give "à" for the one that says 0.
  return code === "Digit0" || code === "Numpad0" ? "as_drawn" : null;
}
