/** Runs the browser tests against the program itself, and leaves a screenshot of each. `node tests/browser/run.mjs [words of a name]`. */

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHROMIUM, go, launch, open, settled } from "./browser.mjs";
import { staysWithPeople, tellsWhoIsGone } from "./changes.mjs";
import { fabula, serve } from "./fabula.mjs";
import { addresses, look, opened, sound } from "./pages.mjs";
import { isSmall } from "./size.mjs";
import { STRANGE, staysText } from "./strange.mjs";
import { tasks } from "./tasks.mjs";

const EXAMPLE = new URL("../../../examples/the-tide-clerk.txt", import.meta.url).pathname;
const SHOTS = process.env.SCREENSHOTS ?? new URL("../../../build/screenshots/", import.meta.url).pathname;
const wanted = process.argv.slice(2).join(" ");

if (!existsSync(CHROMIUM)) {
  console.log(`skipped: there is no Chromium at ${CHROMIUM}; CHROMIUM names another one`);
  process.exit(0);
}

mkdirSync(SHOTS, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), "fabula-browser-"));
const browser = await launch();
let failed = 0;
let done = 0;

async function check(name, run) {
  if (!name.includes(wanted)) return;
  const start = performance.now();
  try {
    const told = await run();
    done += 1;
    console.log(`ok    ${name}${told ? `: ${told}` : ""} (${Math.round(performance.now() - start)} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILS ${name}\n${String(error.stack ?? error).replace(/^/gm, "      ")}`);
  }
}

const shot = (page, name, width) => page.screenshot({ path: join(SHOTS, `${name.replace(/[^a-z0-9]+/gi, "-")}-${width}.png`) });

/** With a story of one's own and a page on it. */
async function withPage(source, width, run, options = {}) {
  const own = mkdtempSync(join(folder, "s-"));
  const story = join(own, "story.fabula");
  copyFileSync(source, story);
  let server = await serve(story);
  const { page, faults, close } = await open(browser, width, options);
  try {
    await page.goto(server.url);
    await settled(page);
    const restart = async () => {
      await server.stop();
      server = await serve(story);
      await page.goto(server.url);
      await settled(page);
    };
    await run({ page, width, folder: own, story, restart });
    if (faults.length) throw new Error(faults.join("\n"));
  } catch (error) {
    await shot(page, `failed ${Date.now()}`, width).catch(() => undefined);
    throw error;
  } finally {
    await close();
    await server.stop();
  }
}

try {
  const story = join(folder, "tide.fabula");
  await fabula("read", EXAMPLE, "-o", story);

  await check("the first view is small", () => isSmall());

  for (const width of ["wide", "narrow"]) {
    for (const [i, task] of tasks.entries()) {
      await check(`${task.name} (${width})`, () =>
        withPage(story, width, async (given) => {
          await task.run(given);
          await shot(given.page, `task ${String(i + 1).padStart(2, "0")} ${task.name}`, width);
        }),
      );
    }
    for (const dark of [false, true]) {
      const look_ = `${width}, ${dark ? "dark" : "light"}`;
      await check(`pages (${look_})`, () =>
        withPage(
          story,
          width,
          async ({ page }) => {
            for (const address of addresses) {
              await look(page, address);
              await shot(page, `page ${address.slice(2)}${dark ? " dark" : ""}`, width);
            }
            for (const { address, name, open: act } of opened) {
              await go(page, "#/corrections");
              await go(page, address);
              await act(page);
              await settled(page);
              await sound(page, `${address}, ${name}`);
              await shot(page, `page ${address.slice(2)} ${name}${dark ? " dark" : ""}`, width);
              await page.keyboard.press("Escape");
            }
          },
          { dark },
        ),
      );
    }
  }

  await check("another page's correction is seen, and ids that it changes still mean the same people", () =>
    withPage(story, "wide", staysWithPeople),
  );
  await check("who is left out is not taken for somebody else", () => withPage(story, "wide", tellsWhoIsGone));

  await check("markup in a book and in a name stays text", async () => {
    const source = join(folder, "odd.txt");
    writeFileSync(source, STRANGE);
    const odd = join(folder, "odd.fabula");
    await fabula("read", source, "-o", odd);
    await withPage(odd, "wide", staysText);
  });
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

console.log(`${done} passed, ${failed} failed; screenshots in ${SHOTS}`);
process.exit(failed || !done ? 1 : 0);
