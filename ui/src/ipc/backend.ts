/**
 * What the window may ask of the desktop, one method a command. The rest of the UI is written against this interface;
 * `tauri.ts` and `fake.ts` are its two implementations.
 */
import type { About } from "./bindings/About";
import type { AccountStatus } from "./bindings/AccountStatus";
import type { AliexpressApp } from "./bindings/AliexpressApp";
import type { Attempt } from "./bindings/Attempt";
import type { BridgeKind } from "./bindings/BridgeKind";
import type { Category } from "./bindings/Category";
import type { ChangeRow } from "./bindings/ChangeRow";
import type { CjConnection } from "./bindings/CjConnection";
import type { Count } from "./bindings/Count";
import type { Deployed } from "./bindings/Deployed";
import type { EdgeFunction } from "./bindings/EdgeFunction";
import type { Event as CoreEvent } from "./bindings/Event";
import type { ImportResult } from "./bindings/ImportResult";
import type { Invoked } from "./bindings/Invoked";
import type { OrderDetail } from "./bindings/OrderDetail";
import type { OrderEvent } from "./bindings/OrderEvent";
import type { OrderQuery } from "./bindings/OrderQuery";
import type { OrderRow } from "./order-row";
import type { Page } from "./bindings/Page";
import type { PostgresCheck } from "./bindings/PostgresCheck";
import type { PracticeCredentials } from "./bindings/PracticeCredentials";
import type { Preferences } from "./bindings/Preferences";
import type { ProductDetail } from "./bindings/ProductDetail";
import type { ProductQuery } from "./bindings/ProductQuery";
import type { ProductRow } from "./bindings/ProductRow";
import type { Published } from "./bindings/Published";
import type { Recognised } from "./bindings/Recognised";
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

  // overview
  status(): Promise<Status>;
  recentChanges(after?: string, limit?: number): Promise<Page<ChangeRow>>;
  syncReceipts(limit?: number): Promise<SyncReceipt[]>;

  // authentication
  cjRecognise(pasted: string, clientId?: string): Promise<Recognised>;
  cjConnect(pasted: string, clientId?: string, account?: string): Promise<CjConnection>;
  cjTest(account?: string): Promise<CjConnection>;
  refreshAccount(supplier: Supplier, account: string): Promise<AccountStatus>;
  disconnect(supplier: Supplier, account: string): Promise<AccountStatus>;
  aliexpressApp(): Promise<AliexpressApp | null>;
  /** `appSecret` null keeps the stored one. */
  aliexpressConfigure(appKey: string, appSecret: string | null, callbackUrl: string): Promise<AliexpressApp>;
  aliexpressSuggestedCallback(): Promise<string>;
  /** `listen` false opens no port: the owner pastes the address instead. Null or absent listens where the door is a loopback one. */
  aliexpressBegin(openBrowser: boolean, listen?: boolean | null): Promise<Attempt>;
  aliexpressPending(): Promise<Attempt | null>;
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
  productShow(supplier: Supplier, productId: string): Promise<ProductDetail>;
  productRefresh(supplier: Supplier, productId: string): Promise<ProductDetail>;
  categories(): Promise<Category[]>;
  syncPlan(scope: string, details: boolean): Promise<SyncPlan>;
  syncStart(scope: string, details: boolean): Promise<SyncReceipt>;
  syncStop(): Promise<void>;
  syncResume(): Promise<SyncReceipt | null>;
  syncCurrent(): Promise<SyncReceipt | null>;
  syncFailures(run: number): Promise<SyncFailure[]>;
  aliexpressSearch(words: string, shipTo: string, page: number): Promise<SupplierHit[]>;
  productsImport(items: string[], shipTo?: string): Promise<ImportResult[]>;

  // orders
  ordersPage(query: OrderQuery): Promise<Page<OrderRow>>;
  ordersRefresh(): Promise<number>;
  orderShow(supplier: Supplier, orderId: string): Promise<OrderDetail>;
  orderTrack(supplier: Supplier, orderId: string): Promise<OrderEvent[]>;

  // shop
  shopTargets(): Promise<ShopTargets>;
  /** Null tests the remembered database. */
  postgresConnect(connection: string | null): Promise<PostgresCheck>;
  postgresForget(): Promise<void>;
  /** `full` compares every product again instead of what changed only. */
  postgresPublish(full: boolean): Promise<Published>;
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
  openLink(url: string): Promise<void>;
  startPractice(): Promise<void>;
  leavePractice(): Promise<void>;
}
