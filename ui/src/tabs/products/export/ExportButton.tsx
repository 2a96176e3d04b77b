import { FileDown } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import type { ExportSelection } from "@/ipc/bindings/ExportSelection";
import { Button } from "@/ui/Button";

const ExportDialog = lazy(() => import("./ExportDialog").then((module) => ({ default: module.ExportDialog })));

/** Opens the export of a selection: everything, what a filter finds, or products that were chosen. */
export function ExportButton({ selection, disabled = false }: { selection: ExportSelection; disabled?: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<FileDown aria-hidden />} disabled={disabled} data-testid="export-open" onClick={() => setOpen(true)}>
        {t("export.open")}
      </Button>
      {open && (
        <Suspense>
          <ExportDialog selection={selection} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
