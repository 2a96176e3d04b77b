/** Which of the core's words the window speaks; the others are the system's notifications and the pages the core serves itself. */
export const CORE_PARTS = ["errors", "clock", "app_status", "states", "order_states", "guide"] as const;
