import type { Backend } from "../backend";
import type { Alert } from "../bindings/Alert";
import type { AlertRule } from "../bindings/AlertRule";
import type { ScheduleState } from "../bindings/ScheduleState";
import { recentChanges } from "./changes";
import { productAt } from "./products";
import { at, HOUR, type World } from "./world";

type Methods = Pick<
  Backend,
  "alerts" | "alertsSeen" | "alertRules" | "alertRuleAdd" | "alertRuleRemove" | "schedule" | "setSchedule"
>;

const KINDS = ["price_up", "stock_below", "price_down", "delisted"] as const;

export function watchingMethods(world: World): Methods {
  const rule = (id: number, what: AlertRule["what"], threshold: string | null): AlertRule => ({
    id,
    what,
    threshold,
    supplier: null,
    product_id: null,
    title: null,
  });
  let rules = [rule(1, "price_up", "5"), rule(2, "stock_below", "0"), rule(3, "delisted", null)];
  const empty = world.options.situation === "empty";
  let alerts: Alert[] = empty
    ? []
    : recentChanges()
        .slice(0, 4)
        .map((change, index) => ({ id: 4 - index, what: KINDS[index] ?? "delisted", change, seen: index > 1 }));
  let state: ScheduleState = {
    schedule: { at_start: false, every_hours: 24, scope: "my-products", details: false, orders: true },
    last_at: empty ? null : at(-3 * HOUR),
    next_at: empty ? null : at(21 * HOUR),
  };
  return {
    alerts: (_after, limit = 50) => Promise.resolve({ items: alerts.slice(0, limit), next: alerts.length > limit ? String(limit) : null }),
    alertsSeen(through) {
      const before = alerts.filter((alert) => !alert.seen).length;
      alerts = alerts.map((alert) => (alert.id <= through ? { ...alert, seen: true } : alert));
      return Promise.resolve(before - alerts.filter((alert) => !alert.seen).length);
    },
    alertRules: () => Promise.resolve([...rules]),
    alertRuleAdd(added) {
      const title = added.product_id ? productAt(2).title : null;
      const made = { ...rule(Math.max(0, ...rules.map(({ id }) => id)) + 1, added.what, added.threshold ?? null), ...{ supplier: added.supplier ?? null, product_id: added.product_id ?? null, title } };
      rules = [...rules, made];
      return Promise.resolve(made);
    },
    alertRuleRemove(id) {
      rules = rules.filter((kept) => kept.id !== id);
      return Promise.resolve();
    },
    schedule: () => Promise.resolve(state),
    setSchedule(schedule) {
      const hours = schedule.every_hours;
      state = { ...state, schedule, next_at: hours && state.last_at ? at(-3 * HOUR + hours * HOUR) : null };
      return Promise.resolve(state);
    },
  };
}
