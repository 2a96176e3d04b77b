import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { type SubmitEvent, useState } from "react";

import { SUPPLIER_SHORT } from "@/data/accounts";
import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { toErrorView } from "@/ipc/error";
import type { AlertKind } from "@/ipc/bindings/AlertKind";
import type { AlertRule } from "@/ipc/bindings/AlertRule";
import { typedPrice } from "@/lib/price-text";
import { Button, IconButton } from "@/ui/Button";
import { ErrorNote, Skeleton } from "@/ui/Feedback";
import { Field } from "@/ui/Field";
import { Select } from "@/ui/Select";

import { Section } from "./Section";

const KINDS: readonly AlertKind[] = ["price_up", "price_down", "stock_below", "back_in_stock", "delisted"];
const WITH_THRESHOLD: readonly AlertKind[] = ["price_up", "price_down", "stock_below"];

/** What the owner wants to be told of. */
export function AlertRules() {
  const { t } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const rules = useQuery({ queryKey: keys.alertRules, queryFn: () => backend.alertRules() });
  const again = () => void client.invalidateQueries({ queryKey: keys.alertRules });
  const remove = useMutation({ mutationFn: (id: number) => backend.alertRuleRemove(id), onSettled: again });
  return (
    <Section title={t("alerts.rules")} note={t("alerts.rules_note")}>
      {rules.isError ? (
        <ErrorNote error={toErrorView(rules.error)} />
      ) : rules.data === undefined ? (
        <Skeleton className="h-24" />
      ) : rules.data.length === 0 ? (
        <p className="text-muted">{t("alerts.no_rules")}</p>
      ) : (
        <ul className="rounded-md border" data-testid="alert-rules">
          {rules.data.map((rule) => (
            <Rule key={rule.id} rule={rule} onRemove={() => remove.mutate(rule.id)} />
          ))}
        </ul>
      )}
      {remove.isError && <ErrorNote className="mt-2" error={toErrorView(remove.error)} />}
      <NewRule onAdded={again} />
    </Section>
  );
}

function Rule({ rule, onRemove }: { rule: AlertRule; onRemove: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const threshold = rule.threshold === null ? "" : format.number(Number(rule.threshold));
  const about = rule.title ?? (rule.supplier === null ? t("alerts.all_products") : SUPPLIER_SHORT[rule.supplier]);
  const text = t(`alerts.rule.${rule.what}`, { threshold });
  return (
    <li className="flex items-center gap-3 border-t border-line-soft py-1 pr-1.5 pl-3 first:border-t-0">
      <span className="min-w-0 flex-1">
        {text} <span className="text-sm text-muted">· {about}</span>
      </span>
      <IconButton label={t("alerts.remove", { rule: text })} onClick={onRemove}>
        <X aria-hidden />
      </IconButton>
    </li>
  );
}

function NewRule({ onAdded }: { onAdded: () => void }) {
  const { t } = useTranslation();
  const backend = useBackend();
  const [what, setWhat] = useState<AlertKind>("price_up");
  const [text, setText] = useState("10");
  const needs = WITH_THRESHOLD.includes(what);
  const threshold = typedPrice(text);
  const add = useMutation({
    mutationFn: () => backend.alertRuleAdd(needs && threshold !== null ? { what, threshold } : { what }),
    onSuccess: onAdded,
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!needs || threshold !== null) add.mutate();
  };
  return (
    <form onSubmit={submit} className="mt-3 flex flex-wrap items-end gap-3">
      <Select
        className="min-w-48 flex-1"
        label={t("alerts.tell_me")}
        testId="alert-kind"
        value={what}
        choices={KINDS.map((value) => ({ value, text: t(`alerts.kind.${value}`) }))}
        onChange={setWhat}
      />
      {needs && (
        <Field
          className="w-28"
          label={t(what === "stock_below" ? "alerts.pieces" : "alerts.percent")}
          inputMode="decimal"
          data-testid="alert-threshold"
          value={text}
          aria-invalid={threshold === null}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <Button type="submit" icon={<Plus aria-hidden />} busy={add.isPending} disabled={needs && threshold === null} data-testid="alert-rule-add">
        {t("alerts.add")}
      </Button>
      {add.isError && <ErrorNote className="w-full" error={toErrorView(add.error)} />}
    </form>
  );
}
