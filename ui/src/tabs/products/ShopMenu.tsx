import { ChevronDown, DatabaseZap, FileDown, Store } from "lucide-react";
import { Suspense, useState } from "react";

import { useTranslation } from "@/i18n";
import type { ExportSelection } from "@/ipc/bindings/ExportSelection";
import { later } from "@/lib/later";
import { Button } from "@/ui/Button";
import { Menu, MenuItem } from "@/ui/Menu";

const ExportDialog = later(() => import("./export/ExportDialog").then((module) => module.ExportDialog));
const PublishDialog = later(() => import("./publish/PublishDialog").then((module) => module.PublishDialog));

type Way = "export" | "publish" | null;

interface Props {
  selection: ExportSelection;
  disabled?: boolean;
  /** What it opens with. */
  first?: Way;
  size?: "md" | "sm";
  testId?: string;
}

/** The two ways from the catalogue to the owner's shop: files of what is shown or chosen, or straight into its database. */
export function ShopMenu({ selection, disabled = false, first = null, size = "md", testId = "shop-menu" }: Props) {
  const { t } = useTranslation();
  const [way, setWay] = useState(first);
  const close = () => setWay(null);
  return (
    <>
      <Menu
        trigger={
          <Button icon={<Store aria-hidden />} size={size} disabled={disabled} data-testid={testId}>
            {t("products.shop.menu")}
            <ChevronDown aria-hidden className="text-muted" />
          </Button>
        }
      >
        <MenuItem icon={<FileDown aria-hidden />} testId="export-open" onSelect={() => setWay("export")}>
          {t("products.shop.export")}
        </MenuItem>
        <MenuItem icon={<DatabaseZap aria-hidden />} testId="publish-open" onSelect={() => setWay("publish")}>
          {t("products.shop.publish")}
        </MenuItem>
      </Menu>
      <Suspense>
        {way === "export" && <ExportDialog selection={selection} onClose={close} />}
        {way === "publish" && <PublishDialog selection={selection} onClose={close} />}
      </Suspense>
    </>
  );
}
