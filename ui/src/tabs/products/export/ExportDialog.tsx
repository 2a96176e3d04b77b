import { useQuery } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { ExportFormat } from "@/ipc/bindings/ExportFormat";
import type { ExportRequest } from "@/ipc/bindings/ExportRequest";
import type { ExportSelection } from "@/ipc/bindings/ExportSelection";
import { toErrorView } from "@/ipc/error";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { ErrorNote, Loading } from "@/ui/Feedback";
import { Checkbox } from "@/ui/Field";

import { ExportNotes } from "./ExportNotes";
import { ExportOutcome } from "./ExportOutcome";
import { FirstRows } from "./FirstRows";
import { PriceRulesDialog } from "./PriceRulesDialog";
import { useExport } from "./use-export";

const FORMATS: readonly ExportFormat[] = ["shopify", "woocommerce", "generic"];

interface Props {
  selection: ExportSelection;
  onClose: () => void;
}

export function ExportDialog({ selection, onClose }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const format = useFormat();
  const { running, ended, start, stop, dismiss } = useExport();
  const [kind, setKind] = useState<ExportFormat>("shopify");
  const [prices, setPrices] = useState(true);
  const [ruling, setRuling] = useState(false);
  const request: ExportRequest = { format: kind, selection, prices };
  const busy = running !== null;
  const showing = busy || ended !== null;
  const preview = useQuery({
    queryKey: keys.exportPreview(request),
    queryFn: () => backend.exportPreview(request),
    placeholderData: (before) => before,
    enabled: !showing,
  });
  const products = preview.data?.products;
  const close = () => {
    if (!busy) dismiss();
    onClose();
  };
  return (
    <Dialog
      open
      wide
      onClose={close}
      testId="export-dialog"
      title={t("export.title")}
      note={products === undefined ? undefined : t(`export.selection.${selection.kind}`, { count: products, amount: format.number(products) })}
      footer={
        showing ? (
          <>
            {busy && <p className="mr-auto text-sm text-muted">{t("export.goes_on")}</p>}
            {busy ? (
              <Button data-testid="export-stop" onClick={stop}>{t("export.stop")}</Button>
            ) : (
              <Button data-testid="export-again" onClick={dismiss}>{t("export.again")}</Button>
            )}
            <Button look={busy ? "secondary" : "primary"} onClick={close}>{t("common.close")}</Button>
          </>
        ) : (
          <>
            <p className="mr-auto text-sm text-muted">{t("export.where")}</p>
            <Button onClick={close}>{t("common.cancel")}</Button>
            <Button look="primary" data-testid="export-start" disabled={products === 0} onClick={() => start(request)}>
              {t("export.start")}
            </Button>
          </>
        )
      }
    >
      {showing ? (
        <ExportOutcome running={running} ended={ended} />
      ) : (
        <>
          <fieldset>
            <legend className="mb-1 text-sm font-medium text-muted">{t("export.for")}</legend>
            <div className="grid grid-cols-3 gap-2">
              {FORMATS.map((option) => (
                <label
                  key={option}
                  className="rounded-md border border-control px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
                >
                  <input type="radio" name="export-format" value={option} checked={kind === option} data-testid={`export-${option}`} onChange={() => setKind(option)} className="sr-only" />
                  <span className="block font-medium">{t(`export.formats.${option}.name`)}</span>
                  <span className="block text-sm text-muted">{t(`export.formats.${option}.note`)}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <div className="mt-3.5 flex items-start justify-between gap-4">
            <Checkbox label={t("export.prices")} hint={prices ? t("export.prices_on") : t("export.prices_off")} data-testid="export-prices" checked={prices} onChange={(event) => setPrices(event.target.checked)} />
            <Button size="sm" look="quiet" icon={<SlidersHorizontal aria-hidden />} data-testid="price-rules-open" onClick={() => setRuling(true)}>
              {t("pricing.open")}
            </Button>
          </div>
          <h3 className="mt-4 mb-1.5 text-sm font-medium text-muted">{t("export.first_rows")}</h3>
          {preview.isError ? (
            <ErrorNote error={toErrorView(preview.error)} action={<Button size="sm" onClick={() => void preview.refetch()}>{t("common.retry")}</Button>} />
          ) : preview.data ? (
            <FirstRows preview={preview.data} />
          ) : (
            <Loading rows={3} />
          )}
          {preview.data && <ExportNotes notes={preview.data.notes} preview />}
        </>
      )}
      {ruling && <PriceRulesDialog selection={selection} onClose={() => setRuling(false)} />}
    </Dialog>
  );
}
