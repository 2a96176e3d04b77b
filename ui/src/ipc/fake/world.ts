/** What the fake remembers, and how it tells the window. */
import type { AccountStatus } from "../bindings/AccountStatus";
import type { AliexpressApp } from "../bindings/AliexpressApp";
import type { Attempt } from "../bindings/Attempt";
import type { Code } from "../bindings/Code";
import type { ErrorView } from "../bindings/ErrorView";
import type { Event as CoreEvent } from "../bindings/Event";
import type { IpcError } from "../bindings/IpcError";
import type { Preferences } from "../bindings/Preferences";
import type { SignIn } from "../bindings/SignIn";
import type { Supplier } from "../bindings/Supplier";
import type { SyncReceipt } from "../bindings/SyncReceipt";

export const SITUATIONS = [
  "connected", "empty", "practice", "loading", "error", "offline", "keychain", "quota", "stale", "syncing",
  "expiring", "reconnect", "suspended", "port_taken", "denied", "clock", "app_test", "partial", "several",
] as const;
export type Situation = (typeof SITUATIONS)[number];

export interface FakeOptions {
  situation: Situation;
  preferences: Partial<Preferences>;
  /** Products in the catalogue at the start. */
  products: number;
  /** 1 is a believable speed, 0 answers at once. */
  pace: number;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const at = (offset: number) => new Date(Date.now() + offset).toISOString();

const PRODUCTS_VIEW: Preferences["products"] = { layout: "table", columns: ["price", "stock", "variants", "status"], saved: [] };

export interface World {
  options: FakeOptions;
  listeners: Set<(event: CoreEvent) => void>;
  signInListeners: Set<(signIn: SignIn) => void>;
  tell: (event: CoreEvent) => void;
  tellSignIn: (signIn: SignIn) => void;
  wait: (ms: number) => Promise<void>;
  practice: boolean;
  connected: { cj: boolean; aliexpress: boolean };
  cj: AccountStatus;
  aliexpress: AccountStatus;
  /** Accounts beyond the first of each supplier. */
  others: AccountStatus[];
  app: AliexpressApp | null;
  attempt: Attempt | null;
  products: number;
  imported: string[];
  receipts: SyncReceipt[];
  sync: SyncReceipt | null;
  preferences: Preferences;
}

export const BLANK: Omit<AccountStatus, "supplier" | "account" | "name"> = {
  state: "not_connected",
  access_expires_at: null,
  refresh_expires_at: null,
  renews_at: null,
  last_success_at: null,
  last_error: null,
  qps: null,
  points: null,
  kept: true,
  app_status: null,
};

export const cjConnected = (): AccountStatus => ({
  ...BLANK,
  supplier: "cj",
  account: "cj",
  name: "Blue Fox Store",
  state: "connected",
  access_expires_at: at(12.4 * DAY),
  refresh_expires_at: at(171 * DAY),
  renews_at: at(9 * DAY),
  last_success_at: at(-12 * MINUTE),
  qps: 1,
  points: { used: 11_600, remaining: 38_400, total: 50_000 },
});

export const aliexpressConnected = (): AccountStatus => ({
  ...BLANK,
  supplier: "aliexpress",
  account: "aliexpress",
  name: "boutique.kin@exemple.cd",
  state: "connected",
  access_expires_at: at(20 * DAY),
  refresh_expires_at: at(54.3 * DAY),
  renews_at: at(17 * DAY),
  last_success_at: at(-3 * HOUR),
  app_status: "online",
});

export const receipt = (run: number, ago: number, change: Partial<SyncReceipt> = {}): SyncReceipt => ({
  run,
  supplier: "cj",
  account: "cj",
  scope: "my-products",
  details: false,
  state: "done",
  started_at: at(-ago),
  finished_at: at(-ago + 2 * MINUTE),
  calls: 36,
  points: 0,
  rows: 1284,
  changed: 27,
  failed: 0,
  repeats: [],
  retry_of: null,
  done: 36,
  total: 36,
  continues_at: null,
  error: null,
  ...change,
});

/** The account meant: the first of its supplier, or one of the others. */
export function accountOf(world: World, supplier: Supplier, account?: string): AccountStatus {
  return world.others.find((one) => one.supplier === supplier && one.account === account) ?? world[supplier];
}

/** Every account, as the desktop lists them: oldest first. */
export const accountsOf = (world: World): AccountStatus[] => [world.aliexpress, world.cj, ...world.others];

export function errorView(code: Code, change: Partial<ErrorView> = {}): ErrorView {
  return { code, message: `fake: ${code}`, retry_at: null, supplier: null, ...change };
}

/** Rejects as the desktop does; the sentences come from the window's own words. */
// eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what Tauri rejects with is a plain value
export const refuse = (view: ErrorView): Promise<never> => Promise.reject({ code: view.code, message: view.message, hint: "", error: view } satisfies IpcError);

export function makeWorld(given: Partial<FakeOptions>): World {
  const options: FakeOptions = { situation: "connected", preferences: {}, products: 12_480, pace: 1, ...given };
  const { situation } = options;
  const bare = situation === "empty" || situation === "practice";
  const listeners = new Set<(event: CoreEvent) => void>();
  const signInListeners = new Set<(signIn: SignIn) => void>();
  const world: World = {
    options,
    listeners,
    signInListeners,
    tellSignIn: (signIn) => signInListeners.forEach((listener) => listener(signIn)),
    tell: (event) => listeners.forEach((listener) => listener(event)),
    wait: (ms) => new Promise((done) => setTimeout(done, ms * options.pace)),
    practice: situation === "practice",
    connected: { cj: !bare, aliexpress: !bare },
    cj: bare ? { ...BLANK, supplier: "cj", account: "cj", name: "CJ" } : cjConnected(),
    aliexpress: bare ? { ...BLANK, supplier: "aliexpress", account: "aliexpress", name: "AliExpress" } : aliexpressConnected(),
    others: [],
    app: bare
      ? null
      : { account: "aliexpress", app_key: "500000", callback_url: "http://127.0.0.1:8765/aliexpress/callback", door: "loopback", secret_stored: true, checked_at: at(-2 * DAY) },
    attempt: null,
    products: bare ? 0 : options.products,
    // Three of the made-up products of AliExpress were imported before.
    imported: bare ? [] : ["1005004043440003", "1005004043440008", "1005004043440013"],
    receipts: bare
      ? []
      : [
          receipt(12, 12 * MINUTE),
          receipt(11, 7 * HOUR, { scope: "search:bocal verre", details: true, calls: 1024, points: 10_240, rows: 512, failed: 2, changed: 9 }),
          receipt(10, 26 * HOUR, { changed: 3 }),
        ],
    sync: null,
    preferences: { language: null, theme: "system", zoom: 100, tab: "overview", notifications: true, keep_running: false, ship_to: "FR", currency: "EUR", products: PRODUCTS_VIEW, ...options.preferences },
  };
  arrange(world);
  return world;
}

/** The consent is over: what AliExpress says to a renewal after its time. */
function lapsed(account: AccountStatus): void {
  Object.assign(account, {
    state: "reconnect_needed",
    access_expires_at: at(-2 * DAY),
    refresh_expires_at: at(-DAY),
    renews_at: null,
    last_success_at: at(-1.2 * DAY),
    last_error: errorView("reconnect_needed", { supplier: { code: "IllegalRefreshToken", message: "The specified refresh token is invalid or expired", request_id: "2101d05f17302838" } }),
  });
}

/** What each situation changes at the start. */
function arrange(world: World): void {
  const { situation } = world.options;
  if (situation === "offline") {
    world.cj.last_error = errorView("network", { message: "error sending request: dns error" });
    world.aliexpress.last_error = errorView("network", { message: "error sending request: dns error" });
  } else if (situation === "keychain") {
    world.cj.kept = false;
    world.aliexpress = { ...BLANK, supplier: "aliexpress", account: "aliexpress", name: "AliExpress", state: "keychain_unavailable" };
  } else if (situation === "quota") {
    world.cj.points = { used: 50_000, remaining: 0, total: 50_000 };
    world.sync = receipt(13, 40 * MINUTE, {
      state: "paused", details: true, done: 512, total: 1284, calls: 512, points: 50_000, finished_at: null,
      continues_at: at(9 * HOUR), error: errorView("quota_spent", { retry_at: at(9 * HOUR), supplier: { code: "1600201", message: "points exhausted", request_id: "8f2c-11" } }),
    });
  } else if (situation === "stale") {
    lapsed(world.aliexpress);
    world.receipts = [receipt(12, 4 * DAY)];
  } else if (situation === "reconnect" || situation === "port_taken" || situation === "denied") {
    lapsed(world.aliexpress);
  } else if (situation === "expiring") {
    Object.assign(world.aliexpress, { state: "connected_expiring", access_expires_at: at(2.2 * DAY), refresh_expires_at: at(3.4 * DAY), renews_at: at(1.5 * DAY) });
  } else if (situation === "clock") {
    world.aliexpress.last_error = errorView("clock_skew", { clock_ahead_s: -11_100, supplier: { code: "IllegalTimestamp", message: "The specified timestamp is invalid", request_id: "2101d05f17302841" } });
  } else if (situation === "app_test") {
    Object.assign(world.aliexpress, { state: "connected_expiring", app_status: "test", access_expires_at: at(0.9 * DAY), refresh_expires_at: at(1.9 * DAY), renews_at: at(0.8 * DAY) });
  } else if (situation === "suspended") {
    world.cj.state = "suspended";
    world.cj.last_error = errorView("suspended", { supplier: { code: "1600014", message: "API access suspended", request_id: "8f2c-40" } });
  } else if (situation === "several") {
    world.others = [
      { ...aliexpressConnected(), account: "aliexpress-2", name: "lumiere.bxl@exemple.be", last_success_at: at(-HOUR) },
      { ...cjConnected(), account: "cj-2", name: "Atelier Lumière", points: { used: 49_100, remaining: 900, total: 50_000 }, last_success_at: at(-2 * HOUR) },
      { ...cjConnected(), account: "cj-3", name: "CJ 7654321", state: "reconnect_needed", renews_at: null, points: null, last_error: errorView("wrong_key", { supplier: { code: "1600101", message: "Invalid API key or access token", request_id: "8f2c-77" } }) },
    ];
  } else if (situation === "partial") {
    world.cj.last_error = errorView("supplier_down", { message: "HTTP 503", supplier: { code: "503", message: "Service Unavailable", request_id: "8f2c-52" } });
    world.receipts = [receipt(13, 40 * MINUTE, { scope: "search:bocal verre", details: true, calls: 512, points: 5120, rows: 512, failed: 37, changed: 9 }), ...world.receipts];
  } else if (situation === "syncing") {
    world.sync = receipt(13, 9 * MINUTE, { state: "running", details: true, done: 512, total: 1284, calls: 512, points: 5120, finished_at: null });
  }
}
