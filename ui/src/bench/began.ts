/** When the first script of the window ran, in the page's own milliseconds; imported before anything else. */
export const began = performance.now();
