const mac = navigator.userAgent.includes("Mac");

/** The key that is held. */
export const MODIFIER = mac ? "⌘" : "Ctrl";

/** A shortcut as this system writes it: `⌘K`, `Ctrl+K`. */
export const shortcut = (key: string): string => `${mac ? "⌘" : "Ctrl+"}${key}`;
