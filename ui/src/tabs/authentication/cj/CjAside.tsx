import { Fragment } from "react";

import { useTranslation } from "@/i18n";
import { Card } from "@/ui/Card";
import { CopyButton } from "@/ui/Copy";

/** The rows of the table, as many as the words have. */
const ROWS = [0, 1, 2, 3] as const;

/** Beside the CJ guide: which credential is which, and what to write to CJ when there is none. */
export function CjAside() {
  const { t } = useTranslation();
  const message = t("core:guide.cj.support_message");
  return (
    <>
      <Card aria-label={t("cj.difference")} className="px-4.5 py-3.5">
        <h2 className="mb-1">{t("cj.difference")}</h2>
        <table className="w-full text-sm">
          <thead className="sr-only">
            <tr>
              <th scope="col">{t("cj.table.name")}</th>
              <th scope="col">{t("cj.table.looks")}</th>
            </tr>
          </thead>
          <tbody>
            {ROWS.map((row) => (
              <Fragment key={row}>
                <tr className="border-t border-line-soft first:border-t-0">
                  <th scope="row" className="pt-2 pr-3 text-left font-medium whitespace-nowrap">
                    {t(`core:guide.cj.rows.${row}.name`)}
                  </th>
                  <td className="pt-2 text-right font-mono text-xs">{t(`core:guide.cj.rows.${row}.looks`)}</td>
                </tr>
                <tr>
                  <td colSpan={2} className="pb-2 text-muted">
                    {t(`core:guide.cj.rows.${row}.use`)}
                  </td>
                </tr>
              </Fragment>
            ))}
          </tbody>
        </table>
      </Card>
      <Card aria-label={t("cj.no_key")} className="px-4.5 py-3.5">
        <h2>{t("cj.no_key")}</h2>
        <p className="mt-0.5 text-muted">{t("cj.no_key_note")}</p>
        <details className="mt-2 text-sm">
          <summary className="w-fit rounded-sm text-accent-text">{t("cj.read_message")}</summary>
          <p className="mt-2 rounded-sm bg-sunken p-2.5 whitespace-pre-wrap select-text">{message}</p>
        </details>
        <div className="mt-3 flex flex-wrap gap-2">
          <CopyButton text={message} label={t("cj.copy_message")} />
          <CopyButton text={t("core:guide.cj.support_address")} label={t("cj.copy_address")} look="quiet" />
        </div>
      </Card>
    </>
  );
}
