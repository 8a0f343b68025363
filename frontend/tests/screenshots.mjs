/** The pictures of the README: `node tests/screenshots.mjs [FOLDER]`, by default docs/images. */

import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { go, launch, open, settled } from "./browser/browser.mjs";
import { fabula, serve } from "./browser/fabula.mjs";

const EXAMPLE = new URL("../../examples/the-tide-clerk.txt", import.meta.url).pathname;
const FOLDER = process.argv[2] ?? new URL("../../docs/images", import.meta.url).pathname;
const SIZE = { width: 1216, height: 560 };
const MOST_BYTES = 150_000;

const pictures = [
  {
    name: "reader",
    dark: false,
    async show(page) {
      await go(page, "#/read/1");
      await page.locator(".book .mention.name", { hasText: "Daniel Rusk" }).first().click();
      await page.getByRole("dialog", { name: "Daniel Rusk" }).getByText("First").waitFor();
    },
  },
  {
    name: "person",
    dark: false,
    async show(page) {
      const id = await page.evaluate(
        async () => (await (await fetch("/api/cast")).json()).people.find((p) => p.name === "Daniel Rusk").id,
      );
      await go(page, `#/person/${id}`);
      await page.locator(".said .words").first().waitFor();
    },
  },
  {
    name: "voices",
    dark: true,
    async show(page) {
      await go(page, "#/voices");
      await page.locator(".cell a").first().waitFor();
    },
  },
];

mkdirSync(FOLDER, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), "fabula-pictures-"));
const browser = await launch();
let server;
try {
  const story = join(folder, "the-tide-clerk.fabula");
  await fabula("read", EXAMPLE, "-o", story);
  server = await serve(story);
  for (const { name, dark, show } of pictures) {
    const { page, close } = await open(browser, "wide", { dark });
    await page.setViewportSize(SIZE);
    await page.goto(server.url);
    await settled(page);
    await show(page);
    await page.mouse.move(0, 0);
    await settled(page);
    const path = join(FOLDER, `${name}.png`);
    await page.screenshot({ path });
    await close();
    const { size } = statSync(path);
    console.log(`${path}: ${Math.round(size / 1000)} KB`);
    if (size > MOST_BYTES) throw new Error(`${name}.png is larger than ${MOST_BYTES / 1000} KB`);
  }
} finally {
  await browser.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
}
