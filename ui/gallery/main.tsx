/** Every part of the window in every state, on one page: for who changes one, and for the pictures taken of it. Not shipped. */
import "../src/styles/app.css";

import { createRoot } from "react-dom/client";

import { setLanguage } from "@/i18n";

import { Gallery } from "./Gallery";

const query = new URLSearchParams(window.location.search);
document.documentElement.dataset.theme = query.get("theme") === "dark" ? "dark" : "light";
document.body.style.overflow = "auto";

async function start() {
  await setLanguage("en");
  const root = document.getElementById("root");
  if (root) createRoot(root).render(<Gallery open={query.get("open")} />);
}

void start();
