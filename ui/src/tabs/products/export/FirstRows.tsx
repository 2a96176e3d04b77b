
import { useTranslation } from "@/i18n";
import type { ExportPreview } from "@/ipc/bindings/ExportPreview";

/** The beginning of the file as it will be, without the columns that stay empty in it. */
export function FirstRows({ preview }: { preview: ExportPreview }) {
  const { t } = useTranslation();
  const { columns, rows } = preview;
  if (rows.length === 0) return <p className="rounded-md bg-sunken px-3.5 py-6 text-center text-muted">{t("export.nothing")}</p>;
  const filled = columns.map((name, at) => ({ name, at })).filter(({ at }) => rows.some((row) => row[at] !== ""));
  return (
    <div role="region" aria-label={t("export.first_rows")} tabIndex={0} className="max-h-52 overflow-auto rounded-md border border-line" data-testid="export-rows">
      <table className="text-sm">
        <thead>
          <tr>
            {filled.map(({ name }) => (
              <th key={name} scope="col" className="sticky top-0 bg-sunken px-2.5 py-1 text-left font-medium whitespace-nowrap text-muted">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            <tr key={line} className="border-t border-line-soft">
              {filled.map(({ name, at }) => (
                <td key={name} title={row[at]} className="max-w-56 truncate px-2.5 py-1 whitespace-nowrap">
                  {row[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
