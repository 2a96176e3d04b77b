const mac = navigator.userAgent.includes("Mac");

/** A shortcut as this system writes it: `⌘K`, `Ctrl+K`. */
export const shortcut = (key: string): string => `${mac ? "⌘" : "Ctrl+"}${key}`;
