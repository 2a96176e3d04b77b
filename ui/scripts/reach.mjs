// What a page shows but nobody can reach: controls that are cut off by the window or by a box that does not scroll.
export function outOfReach(page) {
  return page.evaluate(() => {
    const { document, getComputedStyle, innerHeight, innerWidth } = globalThis;
    const slack = 2;
    const scrolls = (value) => value === "auto" || value === "scroll";
    const name = (element) => `${element.tagName.toLowerCase()} “${(element.getAttribute("aria-label") ?? element.textContent ?? "").trim().slice(0, 40)}”`;
    const found = [];
    // Behind a dialog nothing is to be reached.
    const modal = document.body.hasAttribute("data-scroll-locked");
    const above = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
    for (const one of document.querySelectorAll("a[href], button, input, select, textarea, [role=tab], [role=option], [role=menuitem], th, td, dd")) {
      if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || one.closest("[aria-hidden=true], [inert]") || (modal && !one.closest(above))) continue;
      let { left, right, top, bottom } = one.getBoundingClientRect();
      // Read aloud only.
      if (right - left <= 1 || bottom - top <= 1) continue;
      for (let box = one.parentElement; box; box = box.parentElement) {
        // Read aloud only.
        if (box.clientWidth <= 1 && box !== document.body) break;
        const { overflowX, overflowY, position } = getComputedStyle(box);
        const edge = box === document.body ? { left: 0, right: innerWidth, top: 0, bottom: innerHeight } : box.getBoundingClientRect();
        // What lies outside of a box that scrolls is reached by scrolling it; the box itself has to be in reach.
        if (scrolls(overflowX)) [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
        else if (overflowX !== "visible" && (left < edge.left - slack || right > edge.right + slack)) found.push(`${name(one)} is cut off sideways by ${box.className || box.tagName}`);
        if (scrolls(overflowY)) [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
        else if (overflowY !== "visible" && (top < edge.top - slack || bottom > edge.bottom + slack)) found.push(`${name(one)} is cut off below or above by ${box.className || box.tagName}`);
        if (right < left || bottom < top) break;
        if (position === "fixed") box = document.body.firstElementChild ?? document.body;
      }
    }
    return [...new Set(found)];
  });
}
