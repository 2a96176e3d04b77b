import * as Dialog from "@radix-ui/react-dialog";
import { House, KeyRound, Languages, type LucideIcon, Moon, Package, Plug, ReceiptText, RefreshCw, Search, Settings, Sun } from "lucide-react";
import { useRef } from "react";

import { attentionOf, foremost, isConnected, SUPPLIER_SHORT, SUPPLIERS } from "@/data/accounts";
import { type Tab, TABS, useNavigation } from "@/data/navigation";
import { useCurrentSync, useSetPreferences, useStatus } from "@/data/queries";
import { useTranslation } from "@/i18n";
import { useMinutes } from "@/lib/use-now";
import { type Option, SearchList } from "@/ui/SearchList";

import { focusSearch } from "./focus-search";
import { shortcut } from "./shortcut";

const ICONS: Record<Tab, LucideIcon> = { overview: House, authentication: KeyRound, products: Package, orders: ReceiptText };

interface Action extends Omit<Option, "words"> {
  text: string;
  run: () => void;
  lang?: string;
}

/** Every action of the window by a few letters of its name. */
export function Palette({ onClose, onSettings }: { onClose: () => void; onSettings: () => void }) {
  const { t } = useTranslation();
  const actions = useActions(onSettings);
  const chosen = useRef<Action | null>(null);
  const choose = (id: string) => {
    chosen.current = actions.find((action) => action.id === id) ?? null;
    onClose();
  };
  // Only once the dialog is gone: it gives the focus back to where it was, which an action may want elsewhere.
  const act = (event: Event) => {
    if (!chosen.current) return;
    event.preventDefault();
    chosen.current.run();
  };
  const options = actions.map(({ text, lang, ...rest }): Option => ({ ...rest, words: text, text: <span lang={lang}>{text}</span> }));
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={act}
          data-testid="palette"
          className="fixed inset-x-4 top-[14vh] z-50 mx-auto flex max-h-[72vh] max-w-dialog animate-rise flex-col overflow-hidden rounded-lg border bg-surface shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">{t("palette.title")}</Dialog.Title>
          <SearchList label={t("palette.title")} hint={t("palette.hint")} none={t("palette.none")} options={options} onChoose={choose} testId="palette-search" />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const key = (name: string) => <kbd className="font-sans text-sm text-muted">{shortcut(name)}</kbd>;

function useActions(onSettings: () => void): Action[] {
  const { t, language } = useTranslation();
  const { go } = useNavigation();
  const { mutate: prefer } = useSetPreferences();
  const accounts = useStatus().data?.accounts ?? [];
  const running = useCurrentSync().data?.state === "running";
  const now = useMinutes();
  const dark = document.documentElement.dataset.theme === "dark";
  const theme = dark ? "light" : "dark";

  const tabs = TABS.map((tab, index): Action => {
    const Icon = ICONS[tab];
    return { id: `go-${tab}`, text: t("palette.go", { tab: t(`tabs.${tab}`) }), icon: <Icon aria-hidden />, end: key(String(index + 1)), run: () => go(tab) };
  });
  const connections = SUPPLIERS.flatMap((supplier): Action[] => {
    const account = foremost(accounts, supplier);
    const renew = account !== undefined && account.state !== "not_connected";
    const due = account ? attentionOf(account, now) : null;
    const name = { supplier: SUPPLIER_SHORT[supplier] };
    const text = due?.kind === "consent_ends" ? t("palette.renew", name) : renew ? t("palette.reconnect", name) : t("palette.connect", name);
    return [{ id: `connect-${supplier}`, text, icon: <Plug aria-hidden />, run: () => go("authentication", { guide: supplier, renew, account: account?.account }) }];
  });
  const some = accounts.some(isConnected);
  const work: (Action | false)[] = [
    some && !running && { id: "sync", text: t("palette.sync"), icon: <RefreshCw aria-hidden />, run: () => go("products", { sync: true }) },
    { id: "search", text: t("palette.search"), icon: <Search aria-hidden />, end: key("F"), run: () => focusSearch(go) },
    some && { id: "orders", text: t("palette.orders"), icon: <ReceiptText aria-hidden />, run: () => go("orders", { refresh: true }) },
  ];
  const other = language === "fr" ? "en" : "fr";
  return [
    ...tabs,
    ...work.filter((action) => action !== false),
    ...connections,
    { id: "language", text: t("palette.language"), lang: other, icon: <Languages aria-hidden />, run: () => prefer({ language: other }) },
    { id: "theme", text: t(`palette.theme.${theme}`), icon: dark ? <Sun aria-hidden /> : <Moon aria-hidden />, run: () => prefer({ theme }) },
    { id: "settings", text: t("palette.settings"), icon: <Settings aria-hidden />, end: key(","), run: onSettings },
  ];
}
