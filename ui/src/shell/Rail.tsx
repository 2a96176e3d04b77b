import * as Tabs from "@radix-ui/react-tabs";
import { Command, House, KeyRound, type LucideIcon, Package, ReceiptText, Settings as Gear } from "lucide-react";
import { memo } from "react";

import { type Tab, TABS } from "@/data/navigation";
import { useTranslation } from "@/i18n";
import { IconButton } from "@/ui/Button";
import { Logo } from "@/ui/Logo";

import { shortcut } from "./shortcut";
import { StatusStrip } from "./StatusStrip";

const ICONS: Record<Tab, LucideIcon> = { overview: House, authentication: KeyRound, products: Package, orders: ReceiptText };

export const Rail = memo(function Rail({ onSettings, onPalette }: { onSettings: () => void; onPalette: () => void }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t("shell.navigation")} className="flex h-full min-h-0 flex-col border-r bg-rail px-2.5 py-3.5 max-small:overflow-y-auto max-small:py-2.5">
      <div className="flex items-center gap-1.5 px-2 pb-4 max-small:flex-col max-small:px-0 max-small:pb-2.5 min-[1000px]:gap-2.25">
        <Logo className="size-5.5 shrink-0" />
        <span className="flex-1 font-semibold tracking-tight max-small:sr-only">SmartLinks</span>
        <IconButton label={t("palette.title")} keys={shortcut("K")} data-testid="palette-open" className="-mr-2 max-small:mr-0" onClick={onPalette}>
          <Command aria-hidden />
        </IconButton>
        <IconButton label={t("shell.settings")} keys={shortcut(",")} data-testid="settings-open" onClick={onSettings}>
          <Gear aria-hidden />
        </IconButton>
      </div>
      <Tabs.List aria-label={t("shell.tabs")} className="flex flex-col gap-0.5">
        {TABS.map((tab, index) => {
          const Icon = ICONS[tab];
          return (
            <Tabs.Trigger
              key={tab}
              value={tab}
              data-testid={`tab-${tab}`}
              title={`${t(`tabs.${tab}`)} · ${shortcut(String(index + 1))}`}
              className="flex h-8.5 shrink-0 items-center gap-2.5 rounded-md px-2.25 font-medium text-muted transition-colors duration-100 hover:text-text data-[state=active]:bg-surface data-[state=active]:text-text data-[state=active]:ring-1 data-[state=active]:ring-line"
            >
              <Icon aria-hidden className="size-4" strokeWidth={1.8} />
              <span className="max-small:sr-only">{t(`tabs.${tab}`)}</span>
            </Tabs.Trigger>
          );
        })}
      </Tabs.List>
      <StatusStrip />
    </nav>
  );
});
