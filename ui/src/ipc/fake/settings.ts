import type { Backend } from "../backend";
import { at, type World } from "./world";

type Methods = Pick<Backend, "preferences" | "setPreferences" | "about" | "openDataFolder" | "diagnostics" | "openLink" | "startPractice" | "leavePractice">;

/** Starts the page again in another situation, as the desktop starts the application again. */
function restart(state: string) {
  const query = new URLSearchParams(window.location.search);
  query.set("state", state);
  window.location.search = query.toString();
}

export function settingsMethods(world: World): Methods {
  return {
    preferences: () => Promise.resolve({ ...world.preferences }),
    setPreferences(preferences) {
      world.preferences = { ...preferences };
      return Promise.resolve();
    },
    about: () =>
      Promise.resolve({
        version: "0.1.0",
        data_dir: "/home/vous/.local/share/app.smartlinks.desktop",
        practice: world.practice,
        keychain: world.options.situation === "keychain" ? "unavailable" : "available",
        platform: "linux x86_64",
      }),
    openDataFolder: () => Promise.resolve(),
    async diagnostics() {
      await world.wait(150);
      return `SmartLinks window 0.1.0 on linux x86_64\nat ${at(0)}\nkeychain Available, practice ${String(world.practice)}\ncatalogue ${world.products} products\naccounts\n  cj cj: ${world.cj.state}, points 38400 of 50000`;
    },
    openLink: () => Promise.resolve(),
    startPractice() {
      restart("practice");
      return Promise.resolve();
    },
    leavePractice() {
      restart("empty");
      return Promise.resolve();
    },
  };
}
