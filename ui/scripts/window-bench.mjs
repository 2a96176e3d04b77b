// Plays `SMARTLINKS_BENCH` in the real window, on a display of its own, and prints what an owner would have felt.
// Usage: node scripts/window-bench.mjs BINARY --data FOLDER [--rival BINARY] [--runs 5] [--pictures FOLDER]
// FOLDER holds the products to scroll through; --rival is another window that prints `script NS` and `painted NS`.
import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const [binary, ...flags] = process.argv.slice(2);
const flag = (name, otherwise) => {
  const at = flags.indexOf(`--${name}`);
  return at < 0 ? otherwise : flags[at + 1];
};
const data = flag("data");
const runs = Number(flag("runs", "5"));
if (!binary || !data) throw new Error("usage: window-bench.mjs BINARY --data FOLDER [--rival BINARY] [--runs 5] [--pictures FOLDER]");

const [WIDTH, HEIGHT] = [1400, 1000];
const home = mkdtempSync(join(tmpdir(), "smartlinks-window-"));
const pause = (ms) => new Promise((over) => setTimeout(over, ms));
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
/** CLOCK_MONOTONIC, as the window prints it. */
const now = () => Number(process.hrtime.bigint());

/** A display whose picture lies in a file: what is read there is what a person would see. */
async function display() {
  mkdirSync(join(home, "screen"));
  const xvfb = spawn("Xvfb", ["-displayfd", "1", "-screen", "0", `${WIDTH}x${HEIGHT}x24`, "-nolisten", "tcp", "-noreset", "-fbdir", join(home, "screen")], { stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface({ input: xvfb.stdout })) return { name: `:${line.trim()}`, end: () => xvfb.kill() };
  throw new Error("Xvfb did not start");
}

/** The pixels of the screen (XWD: a header of big-endian words, a colour map, then rows). */
function screen() {
  const file = readFileSync(join(home, "screen", "Xvfb_screen0"));
  const word = (at) => file.readUInt32BE(at * 4);
  const [header, width, height, stride, colours] = [word(0), word(4), word(5), word(12), word(19)];
  const start = header + colours * 12;
  return { width, height, dark: (x, y) => {
    const at = start + y * stride + x * 4;
    return (file[at] ?? 255) + (file[at + 1] ?? 255) + (file[at + 2] ?? 255) < 380;
  } };
}

const children = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).flatMap((child) => [child, ...children(child)]);
  } catch {
    return [];
  }
};
const tree = (pid) => [String(pid), ...children(pid)];
const pss = (pid) => tree(pid).reduce((sum, one) => {
  try {
    return sum + Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return sum;
  }
}, 0);
const ticks = (pid) => tree(pid).reduce((sum, one) => {
  try {
    const [, , , , , , , , , , , user, system] = readFileSync(`/proc/${one}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
    return sum + Number(user) + Number(system);
  } catch {
    return sum;
  }
}, 0);

/** Starts a window and hands every line it prints to `hear`, until that answers true or nothing came for a while. */
async function open(program, play, screenName, hear) {
  const start = now();
  const window = spawn("dbus-run-session", ["--", program], {
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
    env: {
      PATH: process.env.PATH, HOME: home, LANG: "C.UTF-8", DISPLAY: screenName, GDK_BACKEND: "x11", LIBGL_ALWAYS_SOFTWARE: "1", NO_AT_BRIDGE: "1",
      XDG_RUNTIME_DIR: home, SMARTLINKS_BENCH: play, SMARTLINKS_DATA_DIR: data,
    },
  });
  const end = () => {
    try {
      process.kill(-window.pid, "SIGKILL");
    } catch {
      // It ended by itself.
    }
  };
  const timer = setTimeout(end, 240_000);
  try {
    for await (const line of createInterface({ input: window.stdout })) {
      const [, name, at, facts] = /^([a-z-]+) (\d+)(?: (\{.*\}))?$/.exec(line) ?? [];
      if (name && (await hear({ name, ms: (Number(at) - start) / 1e6, facts: facts ? JSON.parse(facts) : null, pid: window.pid }))) break;
    }
  } finally {
    clearTimeout(timer);
    end();
  }
}

async function starts(program, screenName) {
  const seen = {};
  await open(program, "start", screenName, async ({ name, ms, pid }) => {
    seen[name] = ms;
    if (name !== "painted") return false;
    await pause(3000);
    seen.pss = pss(pid);
    const before = ticks(pid);
    await pause(3000);
    // Hundredths of a second of all its processes, in three seconds.
    seen.idle = ((ticks(pid) - before) / 300) * 100;
    return true;
  });
  return seen;
}

/** Rows of the list that have text on the screen: dark points where titles stand. */
function inked({ box: [left, top, , height], row }) {
  const pixels = screen();
  const count = Math.floor(height / row);
  // The window stands in the middle of the display; its page begins where the window does.
  const [x0, y0] = [Math.max(0, Math.round((WIDTH - 1240) / 2)), Math.max(0, Math.round((HEIGHT - 800) / 2))];
  let full = 0;
  for (let line = 0; line < count; line += 1) {
    let dark = 0;
    for (let y = 4; y < row - 4; y += 1) for (let x = 60; x < 420; x += 1) if (pixels.dark(x0 + left + x, y0 + top + line * row + y)) dark += 1;
    if (dark > 40) full += 1;
  }
  return { full, count };
}

const { name: screenName, end } = await display();
const say = (what, figure) => console.log(`${what.padEnd(44)} ${figure}`);
try {
  const [ours, rivals] = [[], []];
  const rival = flag("rival");
  for (let run = 0; run < runs; run += 1) {
    ours.push(await starts(binary, screenName));
    if (rival) rivals.push(await starts(rival, screenName));
  }
  for (const [what, unit] of [["script", "ms"], ["painted", "ms"], ["pss", "MiB"], ["idle", "% CPU"]]) {
    const mine = median(ours.map((one) => one[what] ?? NaN)) ?? NaN;
    const theirs = rivals.length > 0 ? median(rivals.map((one) => one[what] ?? NaN)) : null;
    say(what, `${mine.toFixed(1)} ${unit}${theirs === null ? "" : `   beside ${theirs.toFixed(1)}: ${(mine / theirs).toFixed(2)} ×`}`);
  }
  const pictures = flag("pictures");
  if (pictures) mkdirSync(pictures, { recursive: true });
  await open(binary, "tour", screenName, async ({ name, facts }) => {
    if (name.startsWith("at-")) {
      await pause(600);
      const { full, count } = inked(facts);
      say(name, `rows ${facts.from}–${facts.to} of ${facts.rows}, ${facts.ms} ms; ${full} of ${count} rows have text on the screen`);
      if (pictures) copyFileSync(join(home, "screen", "Xvfb_screen0"), join(pictures, `${name}.xwd`));
    } else if (facts) say(name, JSON.stringify(facts));
    return name === "over" || name === "failed";
  });
} finally {
  end();
  await pause(300);
  if (readdirSync(home).length > 0) rmSync(home, { recursive: true, force: true });
}
