/** The Edge Function's own work without Deno: what it asks CJ, what it keeps, and that no secret gets into an error. */
// @vitest-environment node
import { describe, expect, it } from "vitest";

import { readJson, row, type Row, sync, type Token, type World } from "../../src-tauri/crates/publish/assets/sync-cj-products/sync";

const SECRET = "0123456789abcdef0123456789abcdef";

function world(pages: string[], secrets: Record<string, string> = { CJ_CLIENT_ID: "CJ1234567", CJ_CLIENT_SECRET: SECRET }) {
  const saved: Row[] = [];
  const asked: { address: string; body: string | undefined; token: string | undefined }[] = [];
  let waited = 0;
  let token: Token | undefined;
  const made: World = {
    secret: (name) => secrets[name],
    token: () => token,
    keep: (fresh) => {
      token = fresh;
    },
    save: (rows) => {
      saved.push(...rows);
      return Promise.resolve(rows.length);
    },
    wait: () => {
      waited += 1;
      return Promise.resolve();
    },
    fetch: (address, init) => {
      asked.push({ address, body: init?.body, token: init?.headers?.["CJ-Access-Token"] });
      const login = '{"code":200,"data":{"accessToken":"made-up-token","accessTokenExpiryDate":"2099-01-01T00:00:00+08:00"}}';
      const body = address.includes("getAccessToken") ? (pages[0] === "refused" ? '{"code":1600005,"message":"wrong key"}' : login) : pages.shift();
      return Promise.resolve({ status: 200, text: () => Promise.resolve(body ?? "<html>") });
    },
  };
  return { made, saved, asked, waits: () => waited };
}

const page = (ids: string[], total: number) =>
  `{"code":200,"data":{"totalRecords":${String(total)},"content":[${ids.map((id) => `{"productId":${id},"nameEn":"Lamp","sku":"S1","bigImage":"https://img.example/1","totalPrice":"1.20-3.40"}`).join(",")}]}}`;

describe("the Edge Function sync-cj-products", () => {
  it("brings every page of the owner's products in the table's layout, without rounding an id", async () => {
    const { made, saved, asked, waits } = world([page(["1234567890123456789", '"B2"'], 201), page(['"C3"'], 201)]);
    expect(await sync(made)).toEqual({ products: 3, changed: 3 });
    expect(saved.map((one) => one.product_id)).toEqual(["1234567890123456789", "B2", "C3"]);
    expect(saved[0]).toEqual({
      account: "cj:CJ1234567", product_id: "1234567890123456789", supplier: "cj", title: "Lamp", sku: "S1", image: "https://img.example/1",
      images: ["https://img.example/1"], price_min: "1.20", price_max: "3.40", currency: "USD", status: "active",
    });
    expect(asked[0]?.body).toBe(`{"apiKey":"CJ1234567@api@${SECRET}"}`);
    expect(asked.slice(1).map((one) => one.token)).toEqual(["made-up-token", "made-up-token"]);
    expect(waits()).toBe(2);
  });

  it("says what is wrong in a sentence and never with a secret", async () => {
    for (const [pages, secrets] of [
      [[], {}],
      [["refused"], undefined],
      [["<html>busy</html>"], undefined],
      [['{"code":1600200,"message":"Too much request"}'], undefined],
    ] as [string[], Record<string, string> | undefined][]) {
      const error = await sync(world(pages, secrets).made).then(() => null, (thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Error);
      expect(String(error)).not.toContain(SECRET);
    }
  });

  it("signs in once for many runs, because CJ lets an account in only every five minutes, and says so when it does not", async () => {
    const { made, asked } = world([page(["1"], 1), page(["1"], 1), '{"code":1600200,"message":"Too Many Requests"}', '{"code":1600001,"message":"Invalid token"}', page(["1"], 1)]);
    const signedIn = () => asked.filter(({ address }) => address.includes("getAccessToken")).length;
    await sync(made);
    await sync(made);
    expect(signedIn()).toBe(1);
    await expect(sync(made)).rejects.toThrow("in five minutes");
    await expect(sync(made)).rejects.toThrow("1600001");
    await sync(made);
    expect(signedIn(), "a token CJ no longer takes is not kept").toBe(2);
  });

  it("keeps a product whose price or title CJ left out, and no row without an id", () => {
    expect(row("cj:1", { productId: "P", totalPrice: null })).toMatchObject({ title: "P", price_min: null, price_max: null, images: [] });
    expect(row("cj:1", { nameEn: "no id" })).toBeNull();
    expect(readJson('{"productId": 1234567890123456789}')).toEqual({ productId: "1234567890123456789" });
  });
});
