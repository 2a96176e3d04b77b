/**
 * A believable desktop without a desktop: for the browser in development, for tests and for screenshots. Stateful, in memory,
 * never part of what owners run. `?state=` shows a situation; see `Situation`.
 */
import { cjMethods } from "./fake/cj";
import { aliexpressMethods } from "./fake/aliexpress";
import { accountMethods } from "./fake/accounts";
import { catalogMethods } from "./fake/catalog";
import { freightMethods } from "./fake/freight";
import { exportMethods } from "./fake/exports";
import { orderMethods } from "./fake/orders";
import { shopMethods } from "./fake/shop";
import { settingsMethods } from "./fake/settings";
import { searchMethods } from "./fake/searches";
import { syncMethods } from "./fake/sync";
import { watchingMethods } from "./fake/watching";
import { type FakeOptions, makeWorld, type Situation, SITUATIONS } from "./fake/world";
import { withSituation } from "./fake/situation";
import type { Backend } from "./backend";
import type { Preferences } from "./bindings/Preferences";

export type { FakeOptions } from "./fake/world";

export function createFake(options: Partial<FakeOptions> = {}): Backend {
  const world = makeWorld(options);
  const catalog = catalogMethods(world);
  const backend: Backend = {
    listen: (handler) => {
      world.listeners.add(handler);
      return Promise.resolve(() => void world.listeners.delete(handler));
    },
    listenSignIn: (handler) => {
      world.signInListeners.add(handler);
      return Promise.resolve(() => void world.signInListeners.delete(handler));
    },
    // No desktop, no notifications to click.
    listenLead: () => Promise.resolve(() => undefined),
    ...accountMethods(world),
    ...cjMethods(world),
    ...aliexpressMethods(world),
    ...catalog,
    ...exportMethods(world, catalog.productsPage, catalog.productsCount),
    ...syncMethods(world),
    ...searchMethods(world),
    ...freightMethods(world),
    ...orderMethods(world),
    ...shopMethods(world),
    ...settingsMethods(world),
    ...watchingMethods(world),
  };
  return withSituation(backend, world.options.situation);
}

function oneOf<T extends string>(value: string | null, allowed: readonly T[]): T | undefined {
  return allowed.find((one) => one === value);
}

/** Reads `?state=quota&lang=fr&theme=dark&tab=products`. */
export function optionsFromUrl(search: string): Partial<FakeOptions> {
  const query = new URLSearchParams(search);
  const preferences: Partial<Preferences> = {};
  const language = oneOf(query.get("lang"), ["fr", "en"] as const);
  if (language) preferences.language = language;
  const theme = oneOf(query.get("theme"), ["system", "light", "dark"] as const);
  if (theme) preferences.theme = theme;
  const tab = oneOf(query.get("tab"), ["overview", "authentication", "products", "orders"] as const);
  if (tab) preferences.tab = tab;
  const situation: Situation = oneOf(query.get("state"), SITUATIONS) ?? "connected";
  return { situation, preferences, pace: query.has("fast") ? 0.1 : 1 };
}
