/**
 * What the window may ask of the desktop, one method a command. The rest of the UI is written against this interface;
 * `tauri.ts` and `fake.ts` are its two implementations.
 */
import type { About } from "./bindings/About";
import type { AccountStatus } from "./bindings/AccountStatus";
import type { Alert } from "./bindings/Alert";
import type { AlertRule } from "./bindings/AlertRule";
import type { AliexpressApp } from "./bindings/AliexpressApp";
import type { AliexpressConnection } from "./bindings/AliexpressConnection";
import type { Attempt } from "./bindings/Attempt";
import type { BridgeKind } from "./bindings/BridgeKind";
import type { Category } from "./bindings/Category";
import type { ChangeRow } from "./bindings/ChangeRow";
import type { CjConnection } from "./bindings/CjConnection";
import type { Count } from "./bindings/Count";
import type { Day } from "./bindings/Day";
import type { Deployed } from "./bindings/Deployed";
import type { EdgeFunction } from "./bindings/EdgeFunction";
import type { Event as CoreEvent } from "./bindings/Event";
import type { FreightQuotes } from "./bindings/FreightQuotes";
import type { ExportPreview } from "./bindings/ExportPreview";
import type { ExportReceipt } from "./bindings/ExportReceipt";
import type { ExportRequest } from "./bindings/ExportRequest";
import type { ExportSelection } from "./bindings/ExportSelection";
import type { ImportResult } from "./bindings/ImportResult";
import type { Lead } from "./bindings/Lead";
import type { NamedOrder } from "./bindings/NamedOrder";
import type { NewAlertRule } from "./bindings/NewAlertRule";
import type { OrderAdded } from "./bindings/OrderAdded";
import type { Invoked } from "./bindings/Invoked";
import type { OrderDetail } from "./bindings/OrderDetail";
import type { OrderEvent } from "./bindings/OrderEvent";
import type { OrderQuery } from "./bindings/OrderQuery";
import type { OrderRow } from "./order-row";
import type { Page } from "./bindings/Page";
import type { Places } from "./bindings/Places";
import type { PostgresCheck } from "./bindings/PostgresCheck";
import type { PracticeCredentials } from "./bindings/PracticeCredentials";
import type { Preferences } from "./bindings/Preferences";
import type { PricePreview } from "./bindings/PricePreview";
import type { PriceRules } from "./bindings/PriceRules";
import type { ProductDetail } from "./bindings/ProductDetail";
import type { ProductQuery } from "./bindings/ProductQuery";
import type { ProductRow } from "./bindings/ProductRow";
import type { Published } from "./bindings/Published";
import type { Recognised } from "./bindings/Recognised";
import type { SavedSearch } from "./bindings/SavedSearch";
import type { Search } from "./bindings/Search";
import type { Schedule } from "./bindings/Schedule";
import type { ScheduleState } from "./bindings/ScheduleState";
import type { SignIn } from "./bindings/SignIn";
import type { SecretsPreview } from "./bindings/SecretsPreview";
import type { SecretsSent } from "./bindings/SecretsSent";
import type { ShopTargets } from "./bindings/ShopTargets";
import type { Status } from "./bindings/Status";
import type { SupabaseCheck } from "./bindings/SupabaseCheck";
import type { Supplier } from "./bindings/Supplier";
import type { SupplierHit } from "./bindings/SupplierHit";
import type { SyncFailure } from "./bindings/SyncFailure";
import type { SyncPlan } from "./bindings/SyncPlan";
import type { SyncReceipt } from "./bindings/SyncReceipt";

/** Every method rejects with an `IpcError`; the UI branches on its `code` only. */
export interface Backend {
  /** Hands every event of the core to `handler`; the returned function ends it. */
  listen(handler: (event: CoreEvent) => void): Promise<() => void>;
  /** Hands on where the embedded sign-in window is; the returned function ends it. */
  listenSignIn(handler: (signIn: SignIn) => void): Promise<() => void>;
  /** Hands on what a notification of the system was about that the owner clicked; the returned function ends it. */
  listenLead(handler: (lead: Lead) => void): Promise<() => void>;

  // overview
  status(): Promise<Status>;
  recentChanges(after?: string, limit?: number): Promise<Page<ChangeRow>>;
  syncReceipts(limit?: number): Promise<SyncReceipt[]>;
  /** A line for each of the last days, oldest first; 30 unless told. */
  overviewCharts(days?: number): Promise<Day[]>;

  // authentication
  cjRecognise(pasted: string, clientId?: string): Promise<Recognised>;
  cjConnect(pasted: string, clientId?: string, account?: string): Promise<CjConnection>;
  cjTest(account?: string): Promise<CjConnection>;
  aliexpressTest(account?: string): Promise<AliexpressConnection>;
  refreshAccount(supplier: Supplier, account: string): Promise<AccountStatus>;
  /** An empty name gives the account its own back. */
  renameAccount(supplier: Supplier, account: string, name: string): Promise<AccountStatus>;
  disconnect(supplier: Supplier, account: string): Promise<AccountStatus>;
  /** Of the account named, or of the usual one: the connected, or else the first. */
  aliexpressApp(account?: string): Promise<AliexpressApp | null>;
  /** `appSecret` null keeps the stored one; `account` null is another one beside those there are. */
  aliexpressConfigure(appKey: string, appSecret: string | null, callbackUrl: string, account?: string | null): Promise<AliexpressApp>;
  aliexpressSuggestedCallback(): Promise<string>;
  /** `listen` false opens no port: the owner pastes the address instead. Null or absent listens where the door is a loopback one. */
  aliexpressBegin(openBrowser: boolean, listen?: boolean | null, account?: string): Promise<Attempt>;
  aliexpressPending(): Promise<Attempt | null>;
  /** Opens the embedded sign-in window for the attempt that waits, or for a new one. */
  aliexpressSignIn(account?: string): Promise<Attempt>;
  /** What was told last about an authorization since the start: a link that started the application is taken before we listen. */
  authorizationTold(): Promise<CoreEvent | null>;
  aliexpressFinish(redirect: string): Promise<AccountStatus>;
  aliexpressCancel(): Promise<void>;
  /** What forwards the answer from an https callback address, as text to copy. */
  aliexpressBridge(kind: BridgeKind): Promise<string>;
  /** Saves the bridge page among the downloads; the path it has there. */
  saveBridgePage(): Promise<string>;
  practiceCredentials(): Promise<PracticeCredentials | null>;

  // products
  productsPage(query: ProductQuery): Promise<Page<ProductRow>>;
  productsCount(query: ProductQuery): Promise<Count>;
  /** Puts a query in order; `productsAt` has the rows of that order by position. */
  productsPlaces(query: ProductQuery): Promise<Places>;
  productsAt(query: ProductQuery, stamp: number, from: number, limit: number): Promise<ProductRow[]>;
  productShow(supplier: Supplier, productId: string): Promise<ProductDetail>;
  productRefresh(supplier: Supplier, productId: string): Promise<ProductDetail>;
  categories(): Promise<Category[]>;
  /** `olderThanH` 0 asks for fresh details too; null or absent leaves the age to what a product is worth. */
  syncPlan(scope: string, details: boolean, olderThanH?: number | null, account?: string): Promise<SyncPlan>;
  syncStart(scope: string, details: boolean, olderThanH?: number | null, account?: string): Promise<SyncReceipt>;
  syncStop(): Promise<void>;
  syncResume(): Promise<SyncReceipt | null>;
  syncCurrent(): Promise<SyncReceipt | null>;
  syncFailures(run: number): Promise<SyncFailure[]>;
  /** The given products that failed in a run; none for all that are left. */
  syncRetry(run: number, products: string[]): Promise<SyncReceipt>;
  /** Searches of CJ's catalogue that the owner named. Their `scope` is one of a sync. */
  savedSearches(): Promise<SavedSearch[]>;
  /** What was called so before is replaced. */
  savedSearchKeep(name: string, search: Search): Promise<SavedSearch>;
  savedSearchRemove(id: number): Promise<void>;
  aliexpressSearch(words: string, shipTo: string, page: number, account?: string): Promise<SupplierHit[]>;
  productsImport(items: string[], shipTo?: string, account?: string): Promise<ImportResult[]>;
  /** What sending it costs, cheapest first; without a variant one that is in stock. */
  freightQuotes(supplier: Supplier, productId: string, variant: string | null, shipTo: string, quantity: number): Promise<FreightQuotes>;

  // products → export
  exportPreview(request: ExportRequest): Promise<ExportPreview>;
  /** Answers once the file is there; progress comes as events. */
  exportStart(request: ExportRequest): Promise<ExportReceipt>;
  exportStop(): Promise<void>;
  /** Shows a file that was exported here in its folder. */
  exportReveal(file: string): Promise<void>;
  priceRules(): Promise<PriceRules>;
  /** Null goes back to the usual rules. */
  setPriceRules(rules: PriceRules | null): Promise<PriceRules>;
  pricePreview(rules: PriceRules, query: ProductQuery): Promise<PricePreview>;

  // orders
  ordersPage(query: OrderQuery): Promise<Page<OrderRow>>;
  ordersRefresh(): Promise<number>;
  /** The AliExpress order numbers in a pasted text or CSV. */
  ordersRecognise(text: string): Promise<NamedOrder[]>;
  ordersAdd(items: string[], account?: string): Promise<OrderAdded[]>;
  orderShow(supplier: Supplier, orderId: string): Promise<OrderDetail>;
  orderTrack(supplier: Supplier, orderId: string): Promise<OrderEvent[]>;

  // watching
  alerts(after?: string, limit?: number): Promise<Page<Alert>>;
  /** Marks this alert and all older ones as looked at; how many were new. */
  alertsSeen(through: number): Promise<number>;
  alertRules(): Promise<AlertRule[]>;
  alertRuleAdd(rule: NewAlertRule): Promise<AlertRule>;
  alertRuleRemove(id: number): Promise<void>;
  schedule(): Promise<ScheduleState>;
  setSchedule(schedule: Schedule): Promise<ScheduleState>;
  // shop
  shopTargets(): Promise<ShopTargets>;
  /** Null tests the remembered database. */
  postgresConnect(connection: string | null): Promise<PostgresCheck>;
  postgresForget(): Promise<void>;
  /** `full` compares every product again instead of what changed only. */
  postgresPublish(full: boolean, selection: ExportSelection): Promise<Published>;
  /** Ends the publish at work; what the shop has by then stays there. */
  postgresPublishStop(): Promise<void>;
  /** Nulls test the remembered project. */
  supabaseConnect(project: string | null, token: string | null): Promise<SupabaseCheck>;
  supabaseForget(): Promise<void>;
  supabaseSecrets(): Promise<SecretsPreview>;
  supabaseSend(names: string[]): Promise<SecretsSent>;
  supabaseDeploy(function_: EdgeFunction): Promise<Deployed>;
  supabaseInvoke(function_: EdgeFunction): Promise<Invoked>;

  // settings
  preferences(): Promise<Preferences>;
  setPreferences(preferences: Preferences): Promise<void>;
  about(): Promise<About>;
  /** Shows the folder of the data in the system's file manager. */
  openDataFolder(): Promise<void>;
  /** A report for whoever helps, without keys, names or addresses. */
  diagnostics(): Promise<string>;
  openLink(url: string): Promise<void>;
  startPractice(): Promise<void>;
  leavePractice(): Promise<void>;
}
