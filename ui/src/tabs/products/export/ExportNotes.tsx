import { Info } from "lucide-react";

import { useTranslation } from "@/i18n";
import { useFormat } from "@/i18n/format";
import type { ExportNote } from "@/ipc/bindings/ExportNote";

/** What was done to products on their way into the file, and what was left out. */
export function ExportNotes({ notes, preview = false }: { notes: ExportNote[]; preview?: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (notes.length === 0) return null;
  return (
    <div className="mt-3 rounded-md bg-info-soft px-3.5 py-2.5 text-sm" data-testid="export-notes">
      {preview && <p className="mb-1 text-muted">{t("export.notes_preview")}</p>}
      <ul className="space-y-1">
        {notes.map(({ note, count }) => (
          <li key={note} className="flex gap-2">
            <Info aria-hidden className="mt-0.5 size-3.5 shrink-0 text-info" />
            {t(`export.notes.${note}`, { count, amount: format.number(count) })}
          </li>
        ))}
      </ul>
    </div>
  );
}
