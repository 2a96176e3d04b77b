import type { Backend } from "../backend";
import type { FreightQuote } from "../bindings/FreightQuote";
import type { World } from "./world";

const quote = (service: string, price: string | null, days_min: number, days_max: number, tracked: boolean | null): FreightQuote => ({
  service, price, currency: price === null || price === "0" ? null : "USD", days_min, days_max, tracked, ship_from: "CN",
});

/** Some ways to send anything, dearer for more pieces; to Australia nobody sends. */
export function freightMethods(world: World): Pick<Backend, "freightQuotes"> {
  return {
    async freightQuotes(supplier, productId, variant, shipTo, quantity) {
      await world.wait(800);
      const dollars = (base: number) => (base * quantity).toFixed(2);
      const quotes = supplier === "cj"
        ? [quote("CJPacket Sea", dollars(2.4), 25, 45, null), quote("CJPacket Ordinary", dollars(4.1), 7, 12, null), quote("DHL Official", dollars(21.9), 3, 7, null)]
        : [quote("AliExpress Selection Standard", "0", 8, 16, true), quote("Cainiao Super Economy", dollars(1.2), 20, 40, false), quote("AliExpress Premium Shipping", dollars(9.35), 5, 9, true)];
      return { supplier, product_id: productId, variant_id: variant ?? `${productId}-0`, ship_to: shipTo, quantity, quotes: shipTo === "AU" ? [] : quotes };
    },
  };
}
