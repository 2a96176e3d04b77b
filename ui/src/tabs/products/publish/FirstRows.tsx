import { useTranslation } from "react-i18next";

import type { ExportPreview } from "@/ipc/bindings/ExportPreview";

/** Of the catalogue's columns, those by which an owner knows the rows. */
const SHOWN = ["title", "product_id", "sku", "cost", "cost_currency", "stock"];
const MOST = 4;

/** The first rows that go, at what the supplier asks. */
export function FirstRows({ preview }: { preview: ExportPreview }) {
  const { t } = useTranslation();
  const columns = SHOWN.map((name) => ({ name, at: preview.columns.indexOf(name) })).filter(({ at }) => at >= 0);
  if (preview.rows.length === 0) return null;
  return (
    <table className="my-4 w-full table-fixed text-left text-sm">
      <caption className="mb-1 text-left text-muted">{t("publish.first_rows")}</caption>
      <thead className="text-muted">
        <tr>
          {columns.map(({ name }) => (
            <th key={name} scope="col" className="truncate py-1 pr-3 font-medium first:w-2/5">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {preview.rows.slice(0, MOST).map((row, line) => (
          <tr key={line} className="border-t border-line-soft">
            {columns.map(({ name, at }) => (
              <td key={name} title={row[at]} className="truncate py-1 pr-3">{row[at] === "" ? "–" : row[at]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
