/** Where a click on an account leads. */
export const GUIDE = "guide";

/** Brings the guide to the top: beneath two full cards its first field may be out of sight. */
export function showGuide(): void {
  requestAnimationFrame(() => document.getElementById(GUIDE)?.scrollIntoView({ block: "start" }));
}
