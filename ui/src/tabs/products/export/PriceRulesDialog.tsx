import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTranslation } from "@/i18n";
import type { ExportSelection } from "@/ipc/bindings/ExportSelection";
import type { PriceRules } from "@/ipc/bindings/PriceRules";
import type { ProductQuery } from "@/ipc/bindings/ProductQuery";
import { toErrorView } from "@/ipc/error";
import { useDebounced } from "@/lib/use-debounced";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { ErrorNote, Loading } from "@/ui/Feedback";

import { PriceRulesForm } from "./PriceRulesForm";
import { type RulesForm, toForm, toRules } from "./rules-form";
import { TriedPrices } from "./TriedPrices";

interface Props {
  /** The products the rules are tried on; of a choice, the catalogue's first ones stand in. */
  selection: ExportSelection;
  onClose: () => void;
}

export function PriceRulesDialog({ selection, onClose }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const rules = useQuery({ queryKey: keys.priceRules, queryFn: () => backend.priceRules() });
  return rules.data ? (
    <Editor kept={rules.data} selection={selection} onClose={onClose} />
  ) : (
    <Dialog open wide onClose={onClose} title={t("pricing.title")} testId="price-rules">
      {rules.isError ? <ErrorNote error={toErrorView(rules.error)} action={<Button size="sm" onClick={() => void rules.refetch()}>{t("common.retry")}</Button>} /> : <Loading rows={4} />}
    </Dialog>
  );
}

function Editor({ kept, selection, onClose }: Props & { kept: PriceRules }) {
  const { t, language } = useTranslation();
  const backend = useBackend();
  const client = useQueryClient();
  const comma = language === "fr";
  const [form, setForm] = useState<RulesForm>(() => toForm(kept, comma));
  const rules = toRules(form);
  const query: ProductQuery = selection.kind === "query" ? selection.query : { sort: "relevance" };
  const asked = useDebounced(rules === null ? null : JSON.stringify(rules), 200);
  const preview = useQuery({
    queryKey: keys.pricePreview(asked ?? "", query),
    queryFn: () => backend.pricePreview(JSON.parse(asked ?? "") as PriceRules, query),
    enabled: asked !== null,
    placeholderData: (before) => before,
  });
  const save = useMutation({
    mutationFn: (next: PriceRules | null) => backend.setPriceRules(next),
    onSuccess: (saved) => {
      client.setQueryData(keys.priceRules, saved);
      void client.invalidateQueries({ queryKey: keys.export });
    },
  });
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      testId="price-rules"
      title={t("pricing.title")}
      note={t("pricing.note")}
      footer={
        <>
          <Button className="mr-auto" look="quiet" disabled={save.isPending} onClick={() => save.mutate(null, { onSuccess: (usual) => setForm(toForm(usual, comma)) })}>
            {t("pricing.reset")}
          </Button>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button look="primary" data-testid="price-rules-save" busy={save.isPending} disabled={rules === null} onClick={() => rules && save.mutate(rules, { onSuccess: onClose })}>
            {t("pricing.save")}
          </Button>
        </>
      }
    >
      <PriceRulesForm form={form} onChange={setForm} />
      <p role="status" className="mt-2 min-h-4.5 text-sm text-warn">{rules === null && t("pricing.unfinished")}</p>
      {save.isError && <ErrorNote className="mt-2" error={toErrorView(save.error)} />}
      <h3 className="mt-2 mb-1.5 text-sm font-medium text-muted">{t("pricing.tried")}</h3>
      {preview.isError ? <ErrorNote error={toErrorView(preview.error)} /> : preview.data ? <TriedPrices preview={preview.data} /> : <Loading rows={3} />}
    </Dialog>
  );
}
