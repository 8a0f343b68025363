/** Every page in both widths, light and dark: no serious finding of axe, nothing wider than the window, no error. */

import { createRequire } from "node:module";
import assert from "node:assert/strict";
import { go, overflow } from "./browser.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

export const addresses = [
  "#/read/0",
  "#/read/1@6193-6220",
  "#/cast",
  "#/person/4",
  "#/meet?a=4&b=9",
  "#/voices",
  "#/voices/0",
  "#/quotes",
  "#/quotes?of=4",
  "#/quotes?unsure",
  "#/search?q=tide",
  "#/search?q=zzz",
  "#/corrections",
  "#/nowhere",
  "#/read/99",
];

/** What is open over a page. */
export const opened = [
  { address: "#/read/0", name: "card", open: (page) => page.locator(".book .mention.name").first().click() },
  {
    address: "#/read/1",
    name: "quote",
    open: (page) =>
      page
        .locator(".book .quote")
        .first()
        .click({ position: { x: 4, y: 10 } }),
  },
  { address: "#/person/4", name: "merge", open: (page) => page.getByRole("button", { name: "Merge with…" }).click() },
  { address: "#/person/4", name: "split", open: (page) => page.getByRole("button", { name: "Split…" }).click() },
  { address: "#/cast", name: "keys", open: (page) => page.keyboard.press("?") },
];

export async function look(page, address) {
  await go(page, address);
  await sound(page, address);
}

export async function sound(page, what) {
  assert.ok((await overflow(page)) <= 0, `${what}: something is wider than the window`);
  await page.evaluate(() => window.scrollTo(0, 0));
  // The policy of the page refuses a script that is put into it: the debugger's world is its own.
  const found = await runAxe(page);
  const serious = found.violations.filter((v) => v.impact === "serious" || v.impact === "critical");
  const told = serious.map(
    (v) =>
      `${v.id}: ${v.nodes
        .map((n) => `${n.html.slice(0, 120)} ${n.failureSummary ?? ""}`)
        .slice(0, 3)
        .join("\n    ")}`,
  );
  assert.deepEqual(told, [], `${what}: axe`);
}

async function runAxe(page) {
  const session = await page.context().newCDPSession(page);
  const { readFile } = await import("node:fs/promises");
  await session.send("Runtime.evaluate", { expression: await readFile(AXE, "utf8") });
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    expression: "axe.run(document, { resultTypes: ['violations'] })",
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  if (exceptionDetails) throw new Error(exceptionDetails.text);
  return result.value;
}
