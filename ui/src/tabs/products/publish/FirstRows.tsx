import { useTranslation } from "@/i18n";
import type { ExportPreview } from "@/ipc/bindings/ExportPreview";

const MOST = 4;

/** The first rows that go, at what the supplier asks. */
export function FirstRows({ preview }: { preview: ExportPreview }) {
  const { t } = useTranslation();
  if (preview.rows.length === 0) return null;
  const cell = (row: string[], name: string) => row[preview.columns.indexOf(name)] ?? "";
  const shown = (row: string[]) => [
    cell(row, "title"),
    cell(row, "sku") || cell(row, "product_id"),
    cell(row, "cost") && `${cell(row, "cost")} ${cell(row, "cost_currency")}`,
    cell(row, "stock"),
  ];
  return (
    <table className="mt-4 mb-2 w-full table-fixed text-left text-sm">
      <caption className="mb-1 text-left text-muted">{t("publish.first_rows")}</caption>
      <thead className="text-muted">
        <tr>
          <th scope="col" className="w-1/2 py-1 pr-3 font-medium">{t("products.columns.product")}</th>
          <th scope="col" className="py-1 pr-3 font-medium">{t("products.columns.sku")}</th>
          <th scope="col" className="py-1 pr-3 font-medium">{t("products.columns.price")}</th>
          <th scope="col" className="w-16 py-1 font-medium">{t("products.columns.stock")}</th>
        </tr>
      </thead>
      <tbody>
        {preview.rows.slice(0, MOST).map((row, line) => (
          <tr key={line} className="border-t border-line-soft">
            {shown(row).map((text, at) => (
              <td key={at} title={text} className="truncate py-1 pr-3">{text === "" ? "–" : text}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
