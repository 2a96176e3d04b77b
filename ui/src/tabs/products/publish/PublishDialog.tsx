import { useQuery } from "@tanstack/react-query";
import { DatabaseZap } from "lucide-react";
import { useState } from "react";

import { useBackend } from "@/data/backend";
import { keys } from "@/data/keys";
import { useTargets } from "@/data/queries";
import { useNavigation } from "@/data/navigation";
import { useStatus } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import { toErrorView } from "@/ipc/error";
import type { ExportRequest } from "@/ipc/bindings/ExportRequest";
import type { ExportSelection } from "@/ipc/bindings/ExportSelection";
import type { Published } from "@/ipc/bindings/Published";
import { Button } from "@/ui/Button";
import { Facts } from "@/ui/Card";
import { Dialog } from "@/ui/Dialog";
import { Empty, ErrorNote, Loading, Progress } from "@/ui/Feedback";
import { Checkbox } from "@/ui/Field";

import { FirstRows } from "./FirstRows";
import { usePublish } from "./use-publish";

interface Props {
  selection: ExportSelection;
  onClose: () => void;
}

const EVERYTHING: ExportSelection = { kind: "all" };

/** The same products as rows, to be looked at. */
const asRows = (selection: ExportSelection): ExportRequest => ({ format: "generic", selection, prices: false });

/** Sends the catalogue, or what was chosen of it, into the shop's database: what, where, how far, and what became different there. */
export function PublishDialog({ selection, onClose }: Props) {
  const { t } = useTranslation();
  const backend = useBackend();
  const format = useFormat();
  const { go } = useNavigation();
  const targets = useTargets();
  const [what, setWhat] = useState(selection);
  const [full, setFull] = useState(false);
  const { running, ended, start, dismiss, stop } = usePublish();
  const where = targets.data?.postgres ?? null;
  const preview = useQuery({ queryKey: keys.exportPreview(asRows(what)), queryFn: () => backend.exportPreview(asRows(what)), placeholderData: (before) => before, enabled: where !== null });
  const products = useStatus().data?.catalog.products ?? 0;
  const all = what.kind === "all";
  const done = ended?.published ?? null;
  const close = () => {
    if (running === null) dismiss();
    onClose();
  };
  const toShop = () => {
    onClose();
    go("authentication", { shop: true });
  };

  return (
    <Dialog
      open
      onClose={close}
      wide
      testId="publish-dialog"
      title={t("publish.title")}
      note={t(all ? "publish.note" : "publish.note_some")}
      footer={
        done ? (
          <>
            <Button data-testid="publish-again" onClick={dismiss}>{t("publish.again")}</Button>
            <Button look="primary" onClick={close}>{t("common.close")}</Button>
          </>
        ) : (
          <>
            {running && (
              <>
                <p className="mr-auto text-sm text-muted">{t("publish.may_close")}</p>
                <Button data-testid="publish-stop" onClick={stop}>{t("publish.stop")}</Button>
              </>
            )}
            <Button onClick={close}>{t(running ? "common.close" : "common.cancel")}</Button>
            <Button
              look="primary"
              icon={<DatabaseZap aria-hidden />}
              data-testid="publish-start"
              busy={running !== null}
              disabled={where === null || preview.data?.products === 0}
              onClick={() => start(all && full, what)}
            >
              {t("publish.start")}
            </Button>
          </>
        )
      }
    >
      {targets.isError && <ErrorNote error={toErrorView(targets.error)} />}
      {targets.isPending && <Loading rows={2} />}
      {targets.data && where === null && (
        <Empty icon={<DatabaseZap />} title={t("publish.no_shop")} action={<Button look="primary" data-testid="publish-connect" onClick={toShop}>{t("publish.connect")}</Button>}>
          {t("publish.no_shop_note")}
        </Empty>
      )}
      {where !== null && (
        <>
          <Facts rows={[[t("publish.where"), <span key="w" className="font-mono text-sm wrap-anywhere">{where}</span>]]} />
          {running && (
            <div role="status" className="mt-4">
              <Progress label={t("publish.title")} value={running.total ? running.done / running.total : null} />
              <p className="mt-1.5 text-sm text-muted">
                {running.total === null ? t("publish.connecting") : t("publish.progress", { done: format.number(running.done), total: format.number(running.total) })}
              </p>
            </div>
          )}
          {!running && !done && (
            <>
              <What offered={selection} chosen={what} found={preview.data?.products} everything={products} onChoose={setWhat} />
              {preview.isError && <ErrorNote className="mt-3" error={toErrorView(preview.error)} />}
              {preview.data ? <FirstRows preview={preview.data} /> : preview.isPending && <Loading rows={3} />}
              {all && <Checkbox label={t("publish.full")} hint={t("publish.full_note")} checked={full} onChange={(event) => setFull(event.target.checked)} />}
            </>
          )}
          {ended?.error?.code === "interrupted" ? (
            <div role="status" data-testid="publish-stopped" className="mt-4">
              <p className="font-semibold">{t("publish.stopped")}</p>
              <p className="mt-0.5 text-muted">{t("publish.stopped_note")}</p>
            </div>
          ) : (
            ended?.error && <ErrorNote className="mt-3" error={ended.error} />
          )}
          {done && <Done published={done} />}
        </>
      )}
    </Dialog>
  );
}

interface WhatProps {
  offered: ExportSelection;
  chosen: ExportSelection;
  /** How many products `chosen` has, once counted. */
  found: number | undefined;
  everything: number;
  onChoose: (what: ExportSelection) => void;
}

/** What goes: what was chosen or is shown, or everything; without a choice, what everything means. */
function What({ offered, chosen, found, everything, onChoose }: WhatProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const all = t("export.selection.all", { count: everything, amount: format.number(everything) });
  if (offered.kind === "all") return <p className="mt-2">{all}</p>;
  const some = found === undefined || chosen.kind === "all" ? t(`publish.some.${offered.kind}`) : t(`export.selection.${offered.kind}`, { count: found, amount: format.number(found) });
  const options = [
    { what: offered, label: some, hint: t("publish.some_note") },
    { what: EVERYTHING, label: all, hint: t("publish.note") },
  ];
  return (
    <fieldset className="mt-3">
      <legend className="mb-1 text-sm font-medium text-muted">{t("publish.what")}</legend>
      <div className="grid grid-cols-2 gap-2">
        {options.map(({ what, label, hint }) => (
          <label key={what.kind} className="rounded-md border border-control px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
            <input type="radio" name="publish-what" value={what.kind} checked={chosen.kind === what.kind} data-testid={`publish-${what.kind}`} onChange={() => onChoose(what)} className="sr-only" />
            <span className="block font-medium">{label}</span>
            <span className="block text-sm text-muted">{hint}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Done({ published }: { published: Published }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div role="status" data-testid="publish-done" className="mt-4">
      <p className="font-semibold text-good">{t(published.products === 0 ? "publish.nothing_new" : "publish.done")}</p>
      <p className="mt-0.5 text-muted">
        {t("publish.result", {
          products: format.number(published.products),
          changed: format.number(published.products_changed),
          variants: format.number(published.variants_changed),
        })}
      </p>
      {!published.encrypted && <p className="mt-0.5 text-sm text-muted">{t("publish.plain")}</p>}
    </div>
  );
}
