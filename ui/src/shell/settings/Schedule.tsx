import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { toErrorView } from "@/ipc/error";
import type { Schedule as Choice } from "@/ipc/bindings/Schedule";
import type { ScheduleState } from "@/ipc/bindings/ScheduleState";
import { useMinutes } from "@/lib/use-now";
import { useScopeName } from "@/tabs/shared/use-scope-name";
import { ErrorNote, Skeleton } from "@/ui/Feedback";
import { Checkbox } from "@/ui/Field";
import { Select } from "@/ui/Select";

import { Section } from "./Section";

const HOURS = [6, 12, 24, 168];

/** When syncs start by themselves, and when the next one does. */
export function Schedule() {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const state = useQuery({ queryKey: keys.schedule, queryFn: () => backend.schedule() });
  const choose = useMutation({
    mutationFn: (schedule: Choice) => backend.setSchedule(schedule),
    onSuccess: (next) => client.setQueryData(keys.schedule, next),
  });
  return (
    <Section title={t("schedule.title")} note={t("schedule.note")}>
      {state.isError ? (
        <ErrorNote error={toErrorView(state.error)} />
      ) : state.data === undefined ? (
        <Skeleton className="h-24" />
      ) : (
        <Form state={state.data} choose={choose.mutate} />
      )}
      {choose.isError && <ErrorNote className="mt-2" error={toErrorView(choose.error)} />}
    </Section>
  );
}

function Form({ state, choose }: { state: ScheduleState; choose: (schedule: Choice) => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const scopeName = useScopeName();
  const { schedule } = state;
  const change = (part: Partial<Choice>) => choose({ ...schedule, ...part });
  const hours = [...new Set([...HOURS, ...(schedule.every_hours === null ? [] : [schedule.every_hours])])].sort((a, b) => a - b);
  const saved = useQuery({ queryKey: keys.savedSearches, queryFn: () => backend.savedSearches() }).data ?? [];
  const scopes = [...new Set(["my-products", "all", ...saved.map(({ scope }) => scope), schedule.scope])];
  return (
    <>
      <div className="grid grid-cols-2 gap-4">
        <Select
          label={t("schedule.often")}
          testId="schedule-often"
          value={String(schedule.every_hours ?? "")}
          choices={[
            { value: "", text: t("schedule.never") },
            ...hours.map((count) => ({ value: String(count), text: count === 24 ? t("schedule.daily") : count === 168 ? t("schedule.weekly") : t("schedule.every", { count }) })),
          ]}
          onChange={(value) => change({ every_hours: value === "" ? null : Number(value) })}
        />
        <Select
          label={t("schedule.scope")}
          testId="schedule-scope"
          value={schedule.scope}
          choices={scopes.map((value) => ({ value, text: scopeName(value) }))}
          onChange={(scope) => change({ scope })}
        />
      </div>
      <div className="mt-3 grid gap-2">
        <Checkbox label={t("schedule.at_start")} checked={schedule.at_start} onChange={(event) => change({ at_start: event.target.checked })} />
        <Checkbox label={t("sync.details")} hint={t("sync.details_note")} checked={schedule.details} onChange={(event) => change({ details: event.target.checked })} />
        <Checkbox label={t("schedule.orders")} checked={schedule.orders} onChange={(event) => change({ orders: event.target.checked })} />
      </div>
      <Next state={state} />
    </>
  );
}

function Next({ state }: { state: ScheduleState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinutes();
  if (state.last_at === null) return <p className="mt-3 text-sm text-muted">{t("schedule.first")}</p>;
  const last = t("schedule.last", { when: format.ago(state.last_at, now) });
  const next = state.next_at === null ? null : t("schedule.next", { when: format.dateTime(state.next_at) });
  return <p className="mt-3 text-sm text-muted" data-testid="schedule-next">{next === null ? last : `${last} · ${next}`}</p>;
}
