import "@/bench/began";
import "./styles/app.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "@/app/App";
import { Boundary } from "@/app/Boundary";
import { applyTheme } from "@/app/theme";
import { chooseLanguage, setLanguage } from "@/i18n";
import { loadBackend } from "@/ipc";
import { asked } from "@/ipc/bench";
import type { Preferences } from "@/ipc/bindings/Preferences";

const DEFAULTS: Preferences = { language: null, theme: "system", zoom: 100, tab: "overview", notifications: true, keep_running: false, ship_to: null, currency: null, products: { layout: "table", columns: ["price", "stock", "variants", "status"], saved: [] } };

async function start() {
  // Only a build made to be measured brings what it plays: no owner's window carries it.
  const play = import.meta.env.MODE === "measured" ? asked() : null;
  // Fetched meanwhile, so that the benchmark does not wait for itself.
  const bench = play === null ? null : import("@/bench/play");
  const backend = await loadBackend();
  // Without preferences the window still opens, in the system's language.
  const preferences = await backend.preferences().catch(() => DEFAULTS);
  applyTheme(preferences.theme)();
  await setLanguage(chooseLanguage(preferences.language));
  const root = document.getElementById("root");
  if (!root) throw new Error("index.html has no #root");
  createRoot(root).render(
    <StrictMode>
      <Boundary>
        <App backend={backend} preferences={preferences} />
      </Boundary>
    </StrictMode>,
  );
  if (play !== null) await (await bench)?.play(play);
}

void start();
