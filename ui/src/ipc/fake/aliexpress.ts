import type { Backend } from "../backend";
import type { AuthorizationPhase } from "../bindings/AuthorizationPhase";
import type { ErrorView } from "../bindings/ErrorView";
import type { Step } from "../bindings/Step";
import { accountOf, aliexpressConnected, at, BLANK, errorView, MINUTE, refuse, type World } from "./world";

type Methods = Pick<Backend, "aliexpressTest" | "aliexpressApp" | "aliexpressConfigure" | "aliexpressSuggestedCallback" | "aliexpressBegin" | "aliexpressPending" | "aliexpressSignIn" | "authorizationTold" | "aliexpressFinish" | "aliexpressCancel" | "aliexpressBridge" | "saveBridgePage" | "practiceCredentials">;

const CALLBACK = "http://127.0.0.1:8765/aliexpress/callback";

export function aliexpressMethods(world: World): Methods {
  let code: string | null = null;
  // The account the last attempt was for.
  let whose = "aliexpress";
  const tell = (phase: AuthorizationPhase, error: ErrorView | null = null) =>
    world.tell({ event: "authorization", account: whose, phase, code_masked: code, error });
  const finish = async () => {
    code = "3_500000_Ma…de42";
    tell("received");
    await world.wait(500);
    tell("verified");
    await world.wait(500);
    tell("exchanging");
    await world.wait(900);
    const connected = { ...aliexpressConnected(), account: whose };
    if (whose === "aliexpress") world.aliexpress = connected;
    else Object.assign(accountOf(world, "aliexpress", whose), { ...connected, name: "lumiere.bxl@exemple.be" });
    world.connected.aliexpress = true;
    world.attempt = null;
    tell("connected");
    world.tell({ event: "account_changed", supplier: "aliexpress", account: whose });
    return structuredClone(connected);
  };
  const deny = () => {
    world.attempt = null;
    const denied = errorView("consent_denied", { supplier: { code: "access_denied", message: "the user denied the request", request_id: null } });
    tell("failed", denied);
    return denied;
  };
  const begin = async (listen: boolean | null | undefined, account = "aliexpress") => {
    await world.wait(200);
    whose = account;
    const door = world.app?.door ?? "loopback";
    if (world.options.situation === "port_taken" && door === "loopback" && listen !== false) return refuse(errorView("port_taken", { message: "127.0.0.1:8765: address in use" }));
    code = null;
    world.attempt = {
      account,
      authorize_url: `https://api-sg.aliexpress.com/oauth/authorize?response_type=code&client_id=500000&redirect_uri=${encodeURIComponent(CALLBACK)}&state=…`,
      door,
      expires_at: at(5 * MINUTE),
    };
    const started = world.attempt;
    tell("waiting");
    // Someone consents after a while, or says no; nobody brings the answer when it has to be pasted.
    const answer = async () => {
      await world.wait(4000);
      if (world.attempt !== started) return;
      if (world.options.situation === "denied") deny();
      else await finish();
    };
    if (listen !== false) void answer();
    return structuredClone(started);
  };
  return {
    async aliexpressTest() {
      const steps: Step[] = [];
      const skew = world.options.situation === "clock";
      for (const name of ["reach", "clock", "app", "who", "benefits"]) {
        await world.wait(350);
        const ok = !(skew && name === "clock");
        const step = { step: name, ok, detail: ok ? (name === "who" ? world.aliexpress.name : "") : "IllegalTimestamp" };
        steps.push(step);
        world.tell({ event: "connect_step", supplier: "aliexpress", account: "aliexpress", step });
        if (!ok) return refuse(world.aliexpress.last_error ?? errorView("clock_skew"));
      }
      world.aliexpress.last_error = null;
      world.aliexpress.last_success_at = at(0);
      world.tell({ event: "account_changed", supplier: "aliexpress", account: "aliexpress" });
      const { account, name, access_expires_at, refresh_expires_at, app_status } = world.aliexpress;
      return { supplier: "aliexpress", account, name, steps, access_expires_at, refresh_expires_at, app_status };
    },
    aliexpressApp: (account) => Promise.resolve(world.app && { ...structuredClone(world.app), account: account ?? "aliexpress" }),
    async aliexpressConfigure(appKey, appSecret, callbackUrl, account) {
      await world.wait(700);
      if (appKey !== "500000") return refuse(errorView("wrong_key", { supplier: { code: "param-appkey.not.exists", message: "The specified app key is not exists", request_id: "2101d05f1730" } }));
      if (appSecret !== null && appSecret !== "made-up-secret-0001") return refuse(errorView("wrong_secret", { supplier: { code: "IncompleteSignature", message: "The request signature does not conform to platform standards", request_id: "2101d05f1731" } }));
      const door = callbackUrl.startsWith("https:") ? "bridge" : callbackUrl.startsWith("http:") ? "loopback" : "deep_link";
      world.app = { account: "aliexpress", app_key: appKey, callback_url: callbackUrl, door, secret_stored: true, checked_at: at(0) };
      let id = account ?? "aliexpress";
      if (account === null) {
        id = `aliexpress-${world.others.length + 2}`;
        world.others.push({ ...BLANK, supplier: "aliexpress", account: id, name: "AliExpress" });
      }
      return { ...structuredClone(world.app), account: id };
    },
    aliexpressSuggestedCallback: () => Promise.resolve(CALLBACK),
    aliexpressBegin: (_openBrowser, listen, account) => begin(listen, account),
    aliexpressPending: () => Promise.resolve(structuredClone(world.attempt)),
    async aliexpressSignIn(account) {
      // The owner looks at it, and closes it without having signed in.
      const attempt = structuredClone(world.attempt) ?? (await begin(false, account));
      world.tellSignIn({ open: true, host: null });
      void world.wait(700).then(() => world.tellSignIn({ open: true, host: "login.aliexpress.com" }));
      void world.wait(6000).then(() => world.tellSignIn({ open: false, host: null }));
      return attempt;
    },
    authorizationTold: () => Promise.resolve(null),
    async aliexpressFinish(redirect) {
      if (!world.attempt) return refuse(errorView("no_attempt"));
      if (redirect.includes("error=")) {
        return refuse(deny());
      }
      if (!redirect.includes("code=")) return refuse(errorView("missing_code"));
      world.attempt = null;
      return finish();
    },
    aliexpressCancel() {
      world.attempt = null;
      return Promise.resolve();
    },
    aliexpressBridge: (kind) => Promise.resolve(`# ${kind}: forwards to app.smartlinks.desktop:/aliexpress/callback\n`),
    async saveBridgePage() {
      await world.wait(150);
      return "/home/you/Downloads/aliexpress-callback.html";
    },
    practiceCredentials: () =>
      Promise.resolve(
        world.practice
          ? { cj_api_key: "CJ1234567@api@0123456789abcdef0123456789abcdef", app_key: "500000", app_secret: "made-up-secret-0001", callback_url: CALLBACK }
          : null,
      ),
  };
}
