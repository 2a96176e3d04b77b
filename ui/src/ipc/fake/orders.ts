import type { Backend } from "../backend";
import type { OrderAdded } from "../bindings/OrderAdded";
import type { OrderDetail } from "../bindings/OrderDetail";
import type { OrderRow } from "../order-row";
import type { OrderState } from "../bindings/OrderState";
import { productAt } from "./products";
import { at, DAY, errorView, HOUR, refuse, type World } from "./world";

const STATES: [OrderState, string, string][] = [
  ["unpaid", "UNPAID", "PLACE_ORDER_SUCCESS"],
  ["processing", "UNSHIPPED", "WAIT_SELLER_SEND_GOODS"],
  ["shipped", "SHIPPED", "WAIT_BUYER_ACCEPT_GOODS"],
  ["shipped", "SHIPPED", "WAIT_BUYER_ACCEPT_GOODS"],
  ["delivered", "DELIVERED", "FINISH"],
  ["cancelled", "CANCELLED", "IN_CANCEL"],
];
const PLACES = ["Kinshasa, CD", "Lyon, FR", "Bruxelles, BE", "Genève, CH", "Abidjan, CI", "Montréal, CA"];

export function orderAt(index: number): OrderRow {
  const [state, cj, aliexpress] = STATES[index % STATES.length] ?? STATES[0] ?? ["other", "", ""];
  const supplier = index % 3 === 1 ? "aliexpress" : "cj";
  const sent = state === "shipped" || state === "delivered";
  return {
    supplier,
    account: supplier,
    order_id: supplier === "cj" ? `24112${String(100_000 + index)}` : String(8_190_000_000_000_000 + index),
    shop_order_number: supplier === "cj" || index % 2 === 0 ? `SHOP-${10_021 - index}` : null,
    state,
    raw_state: supplier === "cj" ? cj : aliexpress,
    total: (9.51 + index * 2.35).toFixed(2),
    currency: "USD",
    created_at: at(-index * 19 * HOUR - HOUR),
    tracking_numbers: sent ? [`CJPACK${String(88_100_200 + index)}FR`] : [],
    destination: PLACES[index % PLACES.length] ?? null,
    seen_at: at(-HOUR),
  };
}

const COUNT = 24;

function detailOf(index: number): OrderDetail {
  const order = orderAt(index);
  const placed = new Date(order.created_at ?? Date.now()).getTime() - Date.now();
  const product = productAt(index * 5 + 1);
  const sent = order.tracking_numbers[0] ?? null;
  const event = (what: string, offset: number, detail: string | null = null, tracking_number: string | null = null) => ({ at: at(placed + offset), what, detail, tracking_number });
  return {
    ...order,
    lines: [
      { product_id: product.product_id, variant_id: `${product.product_id}-0`, title: product.title, quantity: 1 + (index % 3), price: product.price_min },
      ...(index % 2 === 0 ? [{ product_id: null, variant_id: "CJCF7004410-2", title: null, quantity: 1, price: "4.10" }] : []),
    ],
    timeline: [
      event("created", 0),
      ...(order.state === "unpaid" || order.state === "cancelled" ? [] : [event("paid", 0.4 * HOUR)]),
      ...(sent === null ? [] : [event("left_warehouse", DAY, null, sent)]),
      ...(order.state === "delivered" ? [event("delivered", 9 * DAY)] : []),
    ],
    supplier_url: order.supplier === "cj" ? "https://www.cjdropshipping.com/mine/order" : `https://www.aliexpress.com/p/order/detail.html?orderId=${order.order_id}`,
  };
}

type Methods = Pick<Backend, "ordersRecognise" | "ordersAdd" | "ordersPage" | "ordersRefresh" | "orderShow" | "orderTrack">;

export function orderMethods(world: World): Methods {
  const none = () => world.options.situation === "empty" || (world.options.situation === "practice" && !world.connected.cj);
  const all = () => (none() ? [] : Array.from({ length: COUNT }, (_, index) => orderAt(index)));
  return {
    async ordersPage(query) {
      await world.wait(60);
      const items = all().filter((order) => (!query.state || order.state === query.state) && (!query.supplier || order.supplier === query.supplier));
      return { items: items.slice(0, query.limit ?? 50), next: null };
    },
    async ordersRefresh() {
      await world.wait(900);
      world.tell({ event: "orders_changed" });
      return all().length;
    },
    async ordersRecognise(text) {
      await world.wait(40);
      const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
      const cells = lines.flatMap((line) => (/^[\d\s,;]+$/.test(line) ? line.split(/[\s,;]+/).filter(Boolean) : [line]));
      return [...new Set(cells)].map((item) => ({ item, order_id: /(?<![\w])\d{13,19}(?![\w])/.exec(item)?.[0] ?? null }));
    },
    async ordersAdd(items) {
      const results: OrderAdded[] = [];
      for (const item of items) {
        await world.wait(700);
        const number = /\d{13,19}/.exec(item)?.[0];
        // Numbers that end in nine are somebody else's; one that ends in eight brings a ban.
        const error = number === undefined ? errorView("bad_input") : number.endsWith("9") ? errorView("not_found") : number.endsWith("8") ? errorView("rate_limited", { retry_at: at(4 * HOUR) }) : null;
        const index = results.length * 3 + 1;
        results.push({ item, order: error ? null : { ...orderAt(index), supplier: "aliexpress", account: "aliexpress", order_id: number ?? item }, error });
      }
      world.tell({ event: "orders_changed" });
      return results;
    },
    async orderShow(_supplier, orderId) {
      await world.wait(80);
      const index = all().findIndex((order) => order.order_id === orderId);
      return index < 0 ? refuse(errorView("not_found")) : detailOf(index);
    },
    async orderTrack(_supplier, orderId) {
      await world.wait(600);
      const tracking_number = all().find((order) => order.order_id === orderId)?.tracking_numbers[0] ?? null;
      return [
        { at: at(-3 * DAY), what: "tracking", detail: "Departed from sorting centre, Shenzhen", tracking_number },
        { at: at(-DAY), what: "tracking", detail: "Arrived at destination country", tracking_number },
        { at: at(-5 * HOUR), what: "tracking", detail: "Out for delivery", tracking_number },
      ];
    },
  };
}
