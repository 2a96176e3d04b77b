import { FileDown } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import type { ExportSelection } from "@/ipc/bindings/ExportSelection";
import type { Selection } from "@/tabs/products/list/selection";
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

/** The same for what is ticked in the list. */
export function ExportChosen({ chosen }: { chosen: Selection }) {
  const selection: ExportSelection = chosen.kind === "query" ? { kind: "query", query: chosen.query } : { kind: "products", products: [...chosen.products.values()] };
  return <ExportButton selection={selection} size="sm" testId="selection-export" />;
}
