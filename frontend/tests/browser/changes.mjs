/** The story changes while a page is open: its ids do, whom the page is about does not. */

import assert from "node:assert/strict";
import { go, settled } from "./browser.mjs";

const ask = (page, path) => page.evaluate(async (p) => (await fetch(p)).json(), path);

async function personCalled(page, name) {
  const { people } = await ask(page, "/api/cast");
  const found = people.find((p) => p.name === name);
  assert.ok(found, `nobody is called ${name}`);
  return found;
}

/** As another page, or the command line, would. */
async function correctBehindItsBack(page, correction) {
  const { version } = await ask(page, "/api/story");
  const answer = await page.evaluate(
    async (body) =>
      (
        await fetch("/api/corrections", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        })
      ).json(),
    { ...correction, version },
  );
  assert.ok(answer.message, JSON.stringify(answer));
}

export async function staysWithPeople({ page }) {
  const [daniel, penrice] = [await personCalled(page, "Daniel Rusk"), await personCalled(page, "Mrs. Penrice")];
  const { people } = await ask(page, "/api/cast");
  const early = people.filter((p) => p.first.start < daniel.first.start && p.n_mentions < 20)[0] ?? people.at(-1);
  for (const address of [
    `#/person/${daniel.id}`,
    `#/quotes?of=${daniel.id}&to=${penrice.id}`,
    `#/meet?a=${daniel.id}&b=${penrice.id}`,
  ]) {
    await go(page, address);
    await page.locator("main .person, main h1").filter({ hasText: "Daniel Rusk" }).first().waitFor();
    await correctBehindItsBack(page, { kind: "not_a_person", character: (await personCalled(page, early.name)).id });
    await page.waitForFunction(
      async (id) => (await (await fetch("/api/cast")).json()).people.find((p) => p.name === "Daniel Rusk").id !== id,
      daniel.id,
    );
    const now = (await personCalled(page, "Daniel Rusk")).id;
    await page.waitForFunction((id) => new RegExp(`(/|of=|a=)${id}(&|$)`).test(location.hash), now);
    await settled(page);
    assert.ok(await page.locator("main .person, main h1").filter({ hasText: "Daniel Rusk" }).first().isVisible(), address);
    await page.keyboard.press("z");
    await page.waitForFunction((id) => new RegExp(`(/|of=|a=)${id}(&|$)`).test(location.hash), daniel.id);
  }
}

export async function tellsWhoIsGone({ page }) {
  const { id } = await personCalled(page, "Mr. Sayle");
  await go(page, `#/person/${id}`);
  await page.getByRole("button", { name: "Not a person…" }).click();
  await page.getByRole("button", { name: "Leave out of the cast" }).click();
  await page.getByText("Mr. Sayle is nobody any more").waitFor();
  await page.keyboard.press("z");
  await page.getByRole("heading", { level: 1, name: "Mr. Sayle" }).waitFor();
}
