/**
 * What the list of products is measured beside: a ring of nodes written by hand. The same rows to look at, copied from the list
 * itself; on every scroll a node that left the screen gets its new place and the text of its new row, and nothing else happens.
 */
import { rowHeight } from "./scroll";

const OVER = 6;

export function startRing(list: { grid: HTMLElement; scroller: HTMLElement; rows: number }) {
  const height = rowHeight();
  const templates = [...list.scroller.querySelectorAll<HTMLElement>("[data-testid=product-row]")].filter((row) => !row.querySelector("[data-blank]"));
  const texts = templates.map((row) => [...row.querySelectorAll<HTMLElement>("button, button + span, [role=gridcell]:not(:has(*))")].map((part) => part.textContent));

  const scroller = document.createElement("div");
  scroller.className = list.scroller.className;
  const box = document.createElement("div");
  box.style.position = "relative";
  box.style.height = `${Math.min(16_000_000, list.rows * height)}px`;
  scroller.append(box);
  list.scroller.style.display = "none";
  list.scroller.after(scroller);

  const count = Math.ceil(scroller.clientHeight / height) + 1 + 2 * OVER;
  const nodes = Array.from({ length: count }, (_, at) => {
    const node = templates[at % templates.length]?.cloneNode(true) as HTMLElement;
    // As they fly by: the list asks for no picture then.
    for (const picture of node.querySelectorAll<HTMLElement>("img, :has(> svg)")) {
      const plain = document.createElement("span");
      plain.className = "block size-9 rounded-md bg-neutral-soft";
      picture.replaceWith(plain);
    }
    box.append(node);
    return { node, parts: [...node.querySelectorAll<HTMLElement>("button, button + span, [role=gridcell]:not(:has(*))")], row: -1 };
  });
  const draw = () => {
    const first = Math.max(0, Math.floor(scroller.scrollTop / height) - OVER);
    for (let row = first; row < first + count; row += 1) {
      const slot = nodes[row % count];
      if (!slot || slot.row === row) continue;
      slot.row = row;
      slot.node.dataset.index = String(row);
      slot.node.style.transform = `translateY(${row * height}px)`;
      const said = texts[row % texts.length] ?? [];
      slot.parts.forEach((part, at) => (part.textContent = said[at] ?? ""));
    }
  };
  scroller.addEventListener("scroll", draw, { passive: true });
  draw();
  return {
    scroller,
    end: () => {
      scroller.remove();
      list.scroller.style.display = "";
    },
  };
}
