import { FileDown } from "lucide-react";
import { lazy, Suspense, useState } from "react";

import { useTranslation } from "@/i18n";
import type { ExportSelection } from "@/ipc/bindings/ExportSelection";
import { Button } from "@/ui/Button";

const ExportDialog = lazy(() => import("./ExportDialog").then((module) => ({ default: module.ExportDialog })));

interface Props {
  selection: ExportSelection;
  disabled?: boolean;
  size?: "md" | "sm";
  testId?: string;
}

/** Opens the export of a selection: everything, what a filter finds, or products that were chosen. */
export function ExportButton({ selection, disabled = false, size = "md", testId = "export-open" }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<FileDown aria-hidden />} size={size} disabled={disabled} data-testid={testId} onClick={() => setOpen(true)}>
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
