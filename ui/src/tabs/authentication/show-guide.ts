import { leadTo } from "@/lib/into-view";

/** Where a click on an account leads. */
export const GUIDE = "guide";

/** Marks what a reconnection is done with: the button that opens the consent page, the field for the key. */
export const LAST_STEP = "data-last-step";

const guide = () => document.getElementById(GUIDE);

/**
 * Brings the guide to the top: beneath two full cards its first field may be out of sight. To reconnect, everything but the last
 * step is done, so that step is shown and its button is one Enter away, once the guide has asked the desktop what is configured.
 */
export function showGuide(atLastStep = false): void {
  if (atLastStep) leadTo(() => document.querySelector(`[${LAST_STEP}]:enabled`), { button: true, otherwise: guide });
  else leadTo(guide);
}
