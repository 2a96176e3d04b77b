/** Turns whatever a promise was rejected with into the one error shape the UI shows. */
import type { ErrorView } from "./bindings/ErrorView";
import type { IpcError } from "./bindings/IpcError";

function isIpcError(value: unknown): value is IpcError {
  return typeof value === "object" && value !== null && "code" in value && "error" in value;
}

export function toErrorView(value: unknown): ErrorView {
  if (isIpcError(value)) return value.error;
  const message = value instanceof Error ? value.message : typeof value === "string" ? value : JSON.stringify(value);
  return { code: "unexpected", message, retry_at: null, supplier: null };
}
