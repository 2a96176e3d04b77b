import type { Backend } from "../backend";
import type { CjConnection } from "../bindings/CjConnection";
import type { Recognised } from "../bindings/Recognised";
import type { Step } from "../bindings/Step";
import { accountOf, cjConnected, errorView, refuse, type World } from "./world";

const mask = (secret: string) => `${secret.slice(0, 4)}…${secret.slice(-4)}`;

/** The key the made-up CJ knows; every other well-formed one is refused. */
export const GOOD_KEY = "CJ1234567@api@0123456789abcdef0123456789abcdef";

export function recognise(pasted: string, clientId?: string): Recognised {
  const text = pasted.trim();
  const key = /^(CJ\d+)@api@([0-9a-f]{32})$/i.exec(text);
  if (key) return { kind: "api_key", client_id: key[1] ?? "", client_secret_masked: mask(key[2] ?? "") };
  if (/^[0-9a-f]{32}$/i.test(text)) {
    return clientId ? { kind: "client_pair", client_id: clientId, client_secret_masked: mask(text) } : { kind: "incomplete", missing: "client_id" };
  }
  if (/^CJ\d+(@api@?)?$/i.test(text)) return { kind: "incomplete", missing: "secret" };
  return { kind: "incomplete", missing: "both" };
}

export function cjMethods(world: World): Pick<Backend, "cjRecognise" | "cjConnect" | "cjTest"> {
  const step = async (steps: Step[], name: string, ok: boolean, detail: string) => {
    await world.wait(500);
    const one = { step: name, ok, detail };
    steps.push(one);
    world.tell({ event: "connect_step", supplier: "cj", account: null, step: one });
  };
  const connect = async (id?: string): Promise<CjConnection> => {
    const steps: Step[] = [];
    await step(steps, "reach", true, "");
    await step(steps, "exchange_api_key", true, "");
    await step(steps, "who", true, "Blue Fox Store");
    await step(steps, "limits", true, "1/s · 38 400 / 50 000");
    const known = id === undefined && world.connected.cj ? null : accountOf(world, "cj", id);
    const connected = Object.assign(known ?? { ...cjConnected(), account: `cj-${world.others.length + 2}`, name: "Atelier Lumière" }, known && { ...cjConnected(), account: known.account });
    if (known === null) world.others.push(connected);
    world.connected.cj = true;
    world.tell({ event: "account_changed", supplier: "cj", account: connected.account });
    const { supplier, account, name, access_expires_at, refresh_expires_at, qps, points } = connected;
    return { supplier, account, name, way: "api_key", steps, access_expires_at, refresh_expires_at, qps, points };
  };
  return {
    cjRecognise: (pasted, clientId) => Promise.resolve(recognise(pasted, clientId)),
    async cjConnect(pasted, clientId, account) {
      const key = pasted.includes("@api@") ? pasted : `${clientId ?? ""}@api@${pasted}`;
      if (key === GOOD_KEY) return connect(account);
      const steps: Step[] = [];
      await step(steps, "reach", true, "");
      await step(steps, "exchange_api_key", false, "1600101 Invalid API key or access token");
      await step(steps, "exchange_oauth2", false, "HTTP 404");
      return refuse(errorView("wrong_key", { message: "CJ refused the key", supplier: { code: "1600101", message: "Invalid API key or access token", request_id: "4d1f09c2" } }));
    },
    cjTest: (account) => connect(account ?? "cj"),
  };
}
