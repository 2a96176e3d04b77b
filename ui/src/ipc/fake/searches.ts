import type { Backend } from "../backend";
import type { SavedSearch } from "../bindings/SavedSearch";
import { errorView, refuse, type World } from "./world";

type Methods = Pick<Backend, "savedSearches" | "savedSearchKeep" | "savedSearchRemove">;

export function searchMethods(world: World): Methods {
  let saved: SavedSearch[] =
    world.options.situation === "empty"
      ? []
      : [{ id: 1, name: "Bocaux en France", scope: "search?words=bocal&country=FR&max=15", search: { words: "bocal", category: null, country: "FR", price_min: null, price_max: "15" } }];
  return {
    savedSearches: () => Promise.resolve([...saved]),
    async savedSearchKeep(name, search) {
      await world.wait(80);
      const words = search.words?.trim() ?? "";
      const { category, country } = search;
      const plain = (price: string | null) => (price === null ? null : String(Number(price)));
      const [min, max] = [plain(search.price_min), plain(search.price_max)];
      const parts = Object.entries({ words: words === "" ? null : words, category, country, min, max }).filter((pair): pair is [string, string] => pair[1] !== null);
      if (name.trim() === "" || parts.length === 0) return refuse(errorView("bad_input"));
      const scope = parts.length === 1 && words !== "" ? `search:${words}` : `search?${new URLSearchParams(parts).toString()}`;
      const same = (one: SavedSearch) => one.name.toLowerCase() === name.trim().toLowerCase();
      const kept: SavedSearch = { id: saved.find(same)?.id ?? Math.max(0, ...saved.map(({ id }) => id)) + 1, name: name.trim(), scope, search: { ...search, words: words === "" ? null : words } };
      saved = [...saved.filter((one) => !same(one)), kept].sort((one, two) => one.name.localeCompare(two.name));
      return kept;
    },
    async savedSearchRemove(id) {
      await world.wait(80);
      saved = saved.filter((one) => one.id !== id);
    },
  };
}
