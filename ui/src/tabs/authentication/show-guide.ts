/** Where a click on an account leads. */
export const GUIDE = "guide";

/** Marks what a reconnection is done with: the button that opens the consent page, the field for the key. */
export const LAST_STEP = "data-last-step";

/** The guide asks the desktop what is configured before it shows its steps: a few frames, never longer. */
const PATIENCE = 30;

/**
 * Brings the guide to the top: beneath two full cards its first field may be out of sight. To reconnect, everything but the last
 * step is done, so that step is shown and its button is one Enter away.
 */
export function showGuide(atLastStep = false): void {
  let frames = 0;
  const show = () => {
    const last = atLastStep ? document.querySelector<HTMLElement>(`[${LAST_STEP}]:enabled`) : null;
    if (last) {
      last.scrollIntoView({ block: "center" });
      last.focus({ preventScroll: true });
    } else if (atLastStep && frames < PATIENCE) {
      frames += 1;
      requestAnimationFrame(show);
    } else {
      document.getElementById(GUIDE)?.scrollIntoView({ block: "start" });
    }
  };
  requestAnimationFrame(show);
}
