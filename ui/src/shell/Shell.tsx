import * as Tabs from "@radix-ui/react-tabs";
import { useQueryClient } from "@tanstack/react-query";
import { memo, Suspense, useCallback, useContext, useEffect, useMemo, useState } from "react";

import { applyTheme } from "@/app/theme";
import { keys } from "@/data/keys";
import { LiveContext, useArrival } from "@/data/live-context";
import { type Navigation, NavigationContext, type Tab, TABS, type Wish } from "@/data/navigation";
import { usePrefer, usePreference } from "@/data/queries";
import { chooseLanguage, setLanguage } from "@/i18n";
import { useTranslation } from "@/i18n";
import type { Preferences } from "@/ipc/bindings/Preferences";
import { later } from "@/lib/later";
import { OverviewTab } from "@/tabs/overview/OverviewTab";
import { ProductsTab } from "@/tabs/products/ProductsTab";
import { Toasts } from "@/ui/Toast";

import { Banners } from "./Banners";
import { News } from "./News";
import { Rail } from "./Rail";
import { useAhead } from "./use-ahead";
import { useLeads } from "./use-leads";
import { useShortcuts } from "./use-shortcuts";
import { zoomed, type ZoomStep } from "./zoom";

// Not what a window opens with, or rarely: kept out of what the first paint waits for.
const AuthenticationTab = later(() => import("@/tabs/authentication/AuthenticationTab").then((module) => module.AuthenticationTab));
const OrdersTab = later(() => import("@/tabs/orders/OrdersTab").then((module) => module.OrdersTab));
const Palette = later(() => import("./Palette").then((module) => module.Palette));
const Settings = later(() => import("./Settings").then((module) => module.Settings));

/** Not drawn again when only the shell around them is. */
const VIEWS: Record<Tab, React.ComponentType> = {
  overview: memo(OverviewTab),
  authentication: memo(AuthenticationTab),
  products: memo(ProductsTab),
  orders: memo(OrdersTab),
};

const AHEAD = [AuthenticationTab, OrdersTab, Palette, Settings];

/** Products and orders fill the window and scroll inside; the others scroll as a page. */
const FILLS: readonly Tab[] = ["products", "orders"];

export function Shell() {
  const { t } = useTranslation();
  // Not all preferences: the tab is one of them, and the tab that was just opened would be drawn twice.
  const theme = usePreference((preferences) => preferences.theme);
  const language = usePreference((preferences) => preferences.language);
  const client = useQueryClient();
  const prefer = usePrefer();
  const [tab, setTab] = useState<Tab>(() => client.getQueryData<Preferences>(keys.preferences)?.tab ?? "overview");
  const [wish, setWish] = useState<Wish>({});
  // Counts the openings, so that a tab asked to show something else starts afresh.
  const [visit, setVisit] = useState(0);
  const [settings, setSettings] = useState(false);
  const [palette, setPalette] = useState(false);

  const go = useCallback(
    (next: Tab, what: Wish = {}) => {
      setTab(next);
      setWish(what);
      setVisit((count) => count + 1);
      prefer({ tab: next });
    },
    [prefer],
  );
  const navigation = useMemo<Navigation>(() => ({ tab, wish, go }), [tab, wish, go]);
  const openSettings = useCallback(() => setSettings(true), []);
  const togglePalette = useCallback(() => setPalette((open) => !open), []);

  const zoom = useCallback(
    (step: ZoomStep) => prefer({ zoom: zoomed(client.getQueryData<Preferences>(keys.preferences)?.zoom ?? 100, step) }),
    [prefer, client],
  );

  const live = useContext(LiveContext);
  useEffect(
    () =>
      live.subscribe(() => {
        if (!live.read().arrived) return;
        live.set({ arrived: false });
        go("authentication", { guide: "aliexpress", arrived: true, account: live.read().authorization?.account ?? undefined });
      }),
    [live, go],
  );
  // The answer to an authorization may come while the owner is elsewhere in the window: it is shown where it is awaited.
  useArrival(
    useCallback(
      (account: string | null) => {
        if (tab !== "authentication") go("authentication", { guide: "aliexpress", arrived: true, account: account ?? undefined });
      },
      [tab, go],
    ),
  );

  useLeads(
    useCallback(
      (...where: Parameters<Navigation["go"]>) => {
        // Nothing may lie over what the owner came for.
        setSettings(false);
        setPalette(false);
        go(...where);
      },
      [go],
    ),
  );
  useAhead(AHEAD);
  useShortcuts({ go, openSettings, togglePalette, zoom });
  useEffect(() => applyTheme(theme ?? "system"), [theme]);
  useEffect(() => void setLanguage(chooseLanguage(language ?? null)), [language]);

  return (
    <NavigationContext value={navigation}>
      <Toasts>
        <News />
      </Toasts>
      <Tabs.Root
        orientation="vertical"
        activationMode="automatic"
        value={tab}
        onValueChange={(value) => go(value as Tab)}
        className="grid h-full grid-cols-[var(--container-rail)_minmax(0,1fr)]"
      >
        <Rail onSettings={openSettings} onPalette={togglePalette} />
        <div className="flex h-full min-h-0 flex-col">
          <Banners />
          {/*
           * Each tab is laid out by itself: a letter typed in it does not have the whole window laid out and painted anew. Put
           * where it is by its edges and not by `height: 100%`, which WebKit takes for nothing when it begins within.
           */}
          <div className="relative min-h-0 flex-1">
            <main className="absolute inset-0 contain-strict" aria-label={t(`tabs.${tab}`)}>
              {TABS.map((name) => {
                const View = VIEWS[name];
                return (
                  // Mounted by hand: Radix would first show the empty panel, and ask what animates it, before it draws what is in it.
                  <Tabs.Content
                    // Anew at each visit, so that it begins at its top.
                    key={name === tab ? `${name} ${visit}` : name}
                    value={name}
                    forceMount
                    hidden={name !== tab}
                    tabIndex={-1}
                    className={`absolute inset-0 outline-none contain-strict ${FILLS.includes(name) ? "overflow-hidden" : "overflow-y-auto"}`}
                  >
                    {name === tab && (
                      <Suspense>
                        <View />
                      </Suspense>
                    )}
                  </Tabs.Content>
                );
              })}
            </main>
          </div>
        </div>
      </Tabs.Root>
      {palette && (
        <Suspense>
          <Palette onClose={() => setPalette(false)} onSettings={openSettings} />
        </Suspense>
      )}
      {settings && (
        <Suspense>
          <Settings onClose={() => setSettings(false)} />
        </Suspense>
      )}
    </NavigationContext>
  );
}
