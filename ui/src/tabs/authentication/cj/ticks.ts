/** The live ticks of a connection test, from the steps that have come so far; pure. */
import type { Step } from "@/ipc/bindings/Step";
import type { TickState } from "@/ui/Stepper";

export const STEP_NAMES = ["reach", "exchange_api_key", "exchange_oauth2", "who", "limits"] as const;
export type StepName = (typeof STEP_NAMES)[number];

export interface LiveTick {
  step: StepName;
  state: TickState;
  detail: string;
}

const isStepName = (name: string): name is StepName => (STEP_NAMES as readonly string[]).includes(name);

export function ticks(steps: readonly Step[], pending: boolean): LiveTick[] {
  const came = steps.flatMap(({ step, ok, detail }): LiveTick[] => (isStepName(step) ? [{ step, state: ok ? "done" : "failed", detail }] : []));
  const has = (name: StepName) => came.some(({ step }) => step === name);
  const exchanged = came.some(({ step, state }) => step.startsWith("exchange") && state === "done");
  const failedWay = came.find(({ step, state }) => step.startsWith("exchange") && state === "failed")?.step;
  const ahead: StepName[] = [];
  if (!has("reach") && came.length === 0) ahead.push("reach");
  if (!exchanged) {
    // CJ is asked the documented way first, then the other one: after a refusal the second one is still open while we wait.
    if (failedWay === undefined) ahead.push("exchange_api_key");
    else if (pending) ahead.push(failedWay === "exchange_api_key" ? "exchange_oauth2" : "exchange_api_key");
  }
  for (const name of ["who", "limits"] as const) if (!has(name)) ahead.push(name);
  const waiting = ahead.filter((name) => !has(name)).map((step, index): LiveTick => ({ step, state: pending && index === 0 ? "now" : "waiting", detail: "" }));
  return [...came, ...waiting];
}
