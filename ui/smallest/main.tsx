/** The page of the smallest Tauri window: what the start of SmartLinks is measured beside. Built by `npm run smallest`. */
import "@/bench/began";

import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

import { sayPainted } from "@/bench/painted";

function Page() {
  const [count, setCount] = useState(0);
  return (
    <main>
      <h1>A window</h1>
      <p>With a page that React draws, and nothing else.</p>
      <button type="button" onClick={() => setCount(count + 1)}>
        {count}
      </button>
    </main>
  );
}

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
void sayPainted();
