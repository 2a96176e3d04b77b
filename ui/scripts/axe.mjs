// Looks for accessibility mistakes with axe, and for what is cut off, in every tab, state, theme and language of the fake, in
// what opens over them, in a small window and at 200 % zoom.
import { lookWithAxe } from "./axe-page.mjs";
import { withBrowser } from "./browser.mjs";
import { everyView, nameOf, opened, openUp } from "./opened.mjs";

const views = [...everyView, ...opened];
// 1280×720 at 200 % is half as many points, each twice as large.
const sizes = [{ width: 1240, height: 800 }, { width: 900, height: 600 }, { width: 640, height: 360, scale: 2 }];

let count = 0;
for (const size of sizes) {
  await withBrowser(size, async ({ page, base }) => {
    const look = await lookWithAxe(page);
    for (const theme of ["light", "dark"]) for (const lang of ["fr", "en"]) for (const view of views) {
      const { state = "connected", tab } = view;
      const name = `${nameOf(view)} ${theme} ${lang} ${size.width}×${size.height}`;
      try {
        await page.goto(`${base}/?${new URLSearchParams({ fast: "1", state, tab, theme, lang })}`);
        await page.waitForSelector("main h1, main [role=alert], main [role=status]");
        await page.waitForTimeout(150);
        if (view.press) await openUp(page, view);
      } catch (error) {
        throw new Error(`${name} does not show`, { cause: error });
      }
      await look.at(name);
    }
    look.settle();
    count += look.count();
  });
}
console.log(`axe: 0 violations in ${count} views`);
