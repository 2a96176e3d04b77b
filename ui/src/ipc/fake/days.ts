import type { Day } from "../bindings/Day";
import { at, DAY, type World } from "./world";

/** Numbers that look alive and are the same at every start. */
const noise = (index: number, salt: number) => ((index * 7919 + salt * 104_729) % 97) / 97;

export function lastDays(world: World, count: number): Day[] {
  const bare = world.products === 0;
  let products = world.products;
  const days = Array.from({ length: count }, (_, ago): Day => {
    const quiet = bare || noise(ago, 1) < 0.35;
    const added = quiet ? 0 : Math.round(noise(ago, 2) * world.products * 0.012);
    const moved = quiet ? 0 : Math.round(noise(ago, 3) * 34);
    const day = {
      at: at(-ago * DAY),
      products,
      added,
      dearer: Math.round(moved * (0.3 + noise(ago, 4) * 0.6)),
      cheaper: Math.round(moved * (0.2 + noise(ago, 5) * 0.4)),
      sold_out: quiet ? 0 : Math.round(noise(ago, 6) * 4),
      gone: quiet ? 0 : Math.round(noise(ago, 7) * 2),
      points: quiet ? 0 : Math.round(noise(ago, 8) * 420) * 100,
      calls: quiet ? 0 : Math.round(noise(ago, 8) * 4200),
    };
    products -= added;
    return day;
  });
  return days.reverse();
}
