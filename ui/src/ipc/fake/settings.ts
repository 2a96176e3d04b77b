import type { Backend } from "../backend";
import type { World } from "./world";

type Methods = Pick<Backend, "preferences" | "setPreferences" | "about" | "openLink" | "startPractice" | "leavePractice">;

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
