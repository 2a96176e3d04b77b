/** An order in a list: what an opened order shows besides its lines, story and address at the supplier. */
import type { OrderDetail } from "./bindings/OrderDetail";

export type OrderRow = Omit<OrderDetail, "lines" | "timeline" | "supplier_url">;
