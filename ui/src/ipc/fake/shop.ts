import type { Backend } from "../backend";
import type { EdgeFunction } from "../bindings/EdgeFunction";
import type { SupabaseCheck } from "../bindings/SupabaseCheck";
import type { SupabaseProject } from "../bindings/SupabaseProject";
import { errorView, refuse, type World } from "./world";

type Methods = Pick<
  Backend,
  | "shopTargets" | "postgresConnect" | "postgresForget" | "postgresPublish" | "postgresPublishStop" | "supabaseConnect" | "supabaseForget"
  | "supabaseSecrets" | "supabaseSend" | "supabaseDeploy" | "supabaseInvoke"
>;

const PROJECT: SupabaseProject = { reference: "abcdefghijklmnopqrst", name: "Boutique Kin", region: "eu-west-3" };
const ADDRESS = "smartlinks_publisher@db.exemple.cd:5432/boutique";

/** The shop's database and project; a string with `wrong` in it is refused, as is a token without `sbp_`. */
export function shopMethods(world: World): Methods {
  let postgres: string | null = world.options.situation === "connected" || world.options.situation === "error" ? ADDRESS : null;
  let supabase: SupabaseProject | null = postgres === null ? null : PROJECT;
  let published = false;
  let stops = 0;
  const secrets = new Set<string>();
  const functions = new Map<EdgeFunction, number>();
  const check = (kept: boolean | null) => ({ target: postgres ?? ADDRESS, encrypted: true, server: "PostgreSQL 17.2", schema: published ? 1 : null, may_publish: true, kept });
  const checked = (project: SupabaseProject, kept: boolean | null): SupabaseCheck => ({
    project,
    status: "ACTIVE_HEALTHY",
    secrets: [...secrets],
    functions: [...functions].map(([slug, version]) => ({ slug, status: "ACTIVE", version })),
    kept,
  });
  return {
    shopTargets: () =>
      Promise.resolve({ postgres, encrypted: postgres !== null, supabase, role_script: "-- Run once as the owner\nCREATE ROLE smartlinks_publisher LOGIN;", security_example: "ALTER TABLE smartlinks.products ENABLE ROW LEVEL SECURITY;" }),
    async postgresConnect(connection) {
      await world.wait(700);
      if (connection === null) return postgres === null ? refuse(errorView("shop_not_connected")) : check(null);
      if (!connection.startsWith("postgres")) return refuse(errorView("bad_input", { message: "connection string: it starts with postgresql:// or names host=…" }));
      if (connection.includes("wrong")) return refuse(errorView("shop_login", { supplier: { code: "28P01", message: "password authentication failed for user \"smartlinks_publisher\"", request_id: null } }));
      postgres = ADDRESS;
      return check(true);
    },
    postgresForget() {
      postgres = null;
      return Promise.resolve();
    },
    async postgresPublish(full, selection) {
      if (postgres === null) return refuse(errorView("shop_not_connected"));
      const some = selection.kind === "products" ? selection.products.length : Math.ceil(world.products / 4);
      const total = selection.kind !== "all" ? some : full || !published ? world.products : 0;
      const before = stops;
      for (let done = 0; done < total; done += 4000) {
        if (stops > before) {
          const error = errorView("interrupted");
          world.tell({ event: "publish_ended", published: null, error });
          return refuse(error);
        }
        world.tell({ event: "publishing", target: postgres, done, total });
        await world.wait(400);
      }
      const changed = published ? 0 : total;
      published ||= selection.kind === "all";
      const account = { account: "cj:CJ1234567", incremental: !full, products: total, products_changed: changed, variants_changed: changed * 3 };
      const receipt = { target: postgres, encrypted: true, accounts: [account], products: total, products_changed: changed, variants_changed: changed * 3 };
      world.tell({ event: "publish_ended", published: receipt, error: null });
      return receipt;
    },
    postgresPublishStop() {
      stops += 1;
      return Promise.resolve();
    },
    async supabaseConnect(project, token) {
      await world.wait(700);
      if (project === null || token === null) return supabase === null ? refuse(errorView("shop_not_connected")) : checked(supabase, null);
      if (!token.startsWith("sbp_")) return refuse(errorView("shop_token", { supplier: { code: "401", message: "Unauthorized", request_id: null } }));
      supabase = PROJECT;
      return checked(PROJECT, true);
    },
    supabaseForget() {
      supabase = null;
      return Promise.resolve();
    },
    supabaseSecrets() {
      const cj = ["CJ_CLIENT_ID", "CJ_CLIENT_SECRET"].map((name) => ({ name, supplier: "cj" as const, account: world.cj.name, replaces: secrets.has(name) }));
      const ali = ["ALIEXPRESS_APP_KEY", "ALIEXPRESS_APP_SECRET"].map((name) => ({ name, supplier: "aliexpress" as const, account: world.aliexpress.name, replaces: secrets.has(name) }));
      return Promise.resolve({ project: supabase ?? PROJECT, items: [...(world.connected.cj ? cj : []), ...(world.connected.aliexpress ? ali : [])] });
    },
    async supabaseSend(names) {
      await world.wait(500);
      names.forEach((name) => secrets.add(name));
      return { project: supabase ?? PROJECT, sent: names };
    },
    async supabaseDeploy(name) {
      for (const line of [`Using project ${PROJECT.reference}`, `Bundling Function: ${name}`, `Deployed Functions on project ${PROJECT.reference}: ${name}`]) {
        world.tell({ event: "deploying", function: name, line });
        await world.wait(300);
      }
      functions.set(name, (functions.get(name) ?? 0) + 1);
      return { function: name, ran: true, commands: [] };
    },
    async supabaseInvoke(name) {
      await world.wait(600);
      if (!functions.has(name)) return refuse(errorView("not_found", { message: `Supabase: ${name} is not deployed` }));
      return { function: name, status: 200, body: "{\"products\":120,\"changed\":7}" };
    },
  };
}
