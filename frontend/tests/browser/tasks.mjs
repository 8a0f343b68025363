/** Ten tasks of a new user, done as that user does them: by what can be seen, with mouse, finger or keyboard. */

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { go, settled } from "./browser.mjs";
import { fabula } from "./fabula.mjs";

/** What the page's server says, asked from within the page. */
const api = (page, path) => page.evaluate(async (p) => (await fetch(p)).json(), path);

const toast = (page) => page.locator(".toast").last();

async function pick(page, label, name) {
  const field = page.getByRole("combobox", { name: label });
  await field.fill(name);
  await page.getByRole("option").filter({ hasText: name }).first().click();
}

/** The words that the page has marked, if they can be seen. */
async function wordsInSight(page) {
  await page.waitForFunction(() => CSS.highlights.has("place"));
  await page.waitForTimeout(150);
  return page.evaluate(() => {
    const [range] = CSS.highlights.get("place");
    const { top, bottom } = range.getBoundingClientRect();
    return top > 0 && bottom < innerHeight ? range.toString() : "";
  });
}

async function readUpTo(page, chapter) {
  await page.selectOption("#position", chapter === null ? "all" : String(chapter));
  await settled(page);
}

/** The id, in the story as it is now, of whoever goes by a name. */
async function idOf(page, name) {
  const { people } = await api(page, "/api/cast");
  const found = people.find((p) => p.name === name);
  assert.ok(found, `nobody is called ${name}`);
  return found.id;
}

export const tasks = [
  {
    name: "who is this, without a spoiler",
    async run({ page }) {
      await readUpTo(page, 0);
      await go(page, "#/read/0");
      await page.locator(".book .mention.name", { hasText: "Winkle" }).first().click();
      const card = page.getByRole("dialog", { name: "Winkle" });
      await card.getByText("a boy of eleven").waitFor();
      await card.getByRole("link", { name: "Open page" }).waitFor();
      const places = await card.locator('a[href^="#/read/"]').evaluateAll((links) => links.map((a) => a.getAttribute("href")));
      assert.ok(places.length >= 2, "the card says where he was first and last seen");
      assert.ok(
        places.every((href) => href.startsWith("#/read/0@")),
        `nothing after the first chapter: ${places}`,
      );
    },
  },
  {
    name: "where do two people meet",
    async run({ page }) {
      await go(page, "#/cast");
      await page
        .getByRole("row", { name: /Daniel Rusk/ })
        .getByRole("link", { name: "Daniel Rusk" })
        .first()
        .click();
      await pick(page, "Where do they meet somebody?", "Mr. Sayle");
      await page.getByRole("heading", { name: "Daniel Rusk and Mr. Sayle" }).waitFor();
      const first = page.locator("a.passage").first();
      await first.waitFor();
      assert.equal(await first.locator("mark").count(), 2, "both are marked");
      await first.click();
      assert.ok(await wordsInSight(page), "the words are in sight");
    },
  },
  {
    name: "all that one says to another",
    async run({ page, width }) {
      await go(page, "#/voices");
      if (width === "wide") await page.getByRole("link", { name: /^Daniel Rusk to Mrs\. Penrice: \d+$/ }).click();
      else
        await page
          .locator("li", { hasText: /Daniel Rusk to Mrs\. Penrice/ })
          .getByRole("link", { name: /quotations$/ })
          .click();
      const told = page.getByText(/^\d+ quotations?$/);
      await told.waitFor();
      const n = parseInt(await told.textContent());
      assert.equal(await page.locator(".said .words").count(), n);
      const { total } = await api(page, `/api/quotes?of=${await idOf(page, "Daniel Rusk")}&to=${await idOf(page, "Mrs. Penrice")}`);
      assert.equal(total, n);
    },
  },
  {
    name: "correct a wrong speaker, and see it stay after a restart",
    async run({ page, restart, width }) {
      const words = "Whose, then";
      const speakerOf = async () => (await page.locator(".card dd").first().textContent()).trim();
      const openQuote = async () => {
        await go(page, "#/read/1");
        await page.locator(".book .quote", { hasText: words }).first().click();
        await page.locator(".card").waitFor();
      };
      await openQuote();
      const before = await speakerOf();
      const other = before.startsWith("Winkle") ? "Daniel Rusk" : "Winkle";
      await pick(page, "Somebody else says it", other);
      await toast(page).getByText(other).waitFor();
      await settled(page);
      await restart();
      await openQuote();
      const after = await speakerOf();
      assert.match(after, new RegExp(`^${other}`));
      assert.match(after, /as you set it/);
      if (width === "narrow") return;
      const note = page.locator(`.book .note:has(+ .quote:text("${words}"))`).first();
      assert.match(await note.textContent(), new RegExp(`^${other}`));
    },
  },
  {
    name: "merge two people",
    async run({ page }) {
      await go(page, "#/cast");
      const people = async () => (await api(page, "/api/story")).n_people;
      const before = await people();
      await go(page, `#/person/${await idOf(page, "Keziah Lunt")}`);
      await page.getByRole("button", { name: "Merge with…" }).click();
      await pick(page, "Who else is this?", "Kezzy");
      await page.getByRole("button", { name: "Merge", exact: true }).click();
      await toast(page).waitFor();
      await settled(page);
      assert.equal(await people(), before - 1);
      await page.getByRole("heading", { level: 1, name: "Keziah Lunt" }).waitFor();
      await page.getByText("Kezzy").first().waitFor();
    },
  },
  {
    name: "undo",
    async run({ page }) {
      await go(page, `#/person/${await idOf(page, "Mr. Sayle")}`);
      await page.getByRole("button", { name: "Rename…" }).click();
      await page.getByLabel("Name to show").fill("The Man from Bristol");
      await page.getByRole("button", { name: "Rename", exact: true }).click();
      await page.getByRole("heading", { level: 1, name: "The Man from Bristol" }).waitFor();
      await toast(page).getByRole("button", { name: "Undo" }).click();
      await page.getByRole("heading", { level: 1, name: "Mr. Sayle" }).waitFor();
      await settled(page);
      assert.deepEqual((await api(page, "/api/corrections")).items, []);
    },
  },
  {
    name: "set the position, and see a late alias vanish",
    async run({ page }) {
      const [whole, early] = [await api(page, "/api/cast"), await api(page, "/api/cast?until=0")];
      const known = new Set(early.people.map((p) => p.first.start));
      const [person, alias] = whole.people
        .flatMap((p) => p.aliases.map((a) => [p, a.text]))
        .find(([p, text]) => text === p.name && known.has(p.first.start) && !JSON.stringify(early).includes(text));
      await go(page, `#/person/${person.id}`);
      const name = page.getByRole("rowheader", { name: alias, exact: true });
      await name.waitFor();
      await readUpTo(page, 0);
      await page
        .getByText(/as far as ch\. 1/)
        .first()
        .waitFor();
      assert.equal(await name.count(), 0, `“${alias}” is not known yet`);
      await go(page, `#/search?q=${encodeURIComponent(alias)}`);
      assert.equal(await page.locator("a.passage:has(.where:not(:text-is('ch. 1')))").count(), 0);
    },
  },
  {
    name: "search",
    async run({ page }) {
      await page.keyboard.press("/");
      await page.keyboard.type('"yellow oilskin"');
      await page.keyboard.press("Enter");
      await page.getByText(/^\d+ passages?/).waitFor();
      const first = page.locator("a.passage").first();
      assert.match((await first.locator("mark").first().textContent()).toLowerCase(), /yellow/);
      await first.focus();
      await page.keyboard.press("Enter");
      assert.match((await wordsInSight(page)).toLowerCase(), /yellow/);
    },
  },
  {
    name: "walk the unsure quotations",
    async run({ page }) {
      await go(page, "#/quotes?unsure");
      const place = async () => (await page.locator("header [role=status]", { hasText: " of " }).textContent()).trim();
      const count = async () => (await api(page, "/api/story")).n_unsure;
      const before = await count();
      const asked = () => page.locator(".asked").first().textContent();
      const first = await asked();
      await page.keyboard.press("j");
      await settled(page);
      assert.notEqual(await asked(), first);
      await page.keyboard.press("k");
      await settled(page);
      assert.equal(await asked(), first);
      assert.match(await place(), /^1 of /);
      await page.keyboard.press("2");
      assert.equal(await page.locator('.candidate[aria-pressed="true"] kbd').textContent(), "2");
      await page.keyboard.press("Enter");
      await toast(page).waitFor();
      await settled(page);
      assert.equal(await count(), before - 1);
      assert.notEqual(await asked(), first, "the next one is asked");
      await page.keyboard.press("z");
      await page.waitForFunction((n) => document.querySelector(".count")?.textContent === String(n), before);
    },
  },
  {
    name: "a static export, opened from disk",
    async run({ page, folder, story }) {
      await fabula("export", story, "--to", "html", "-o", `${folder}/pages`);
      await page.goto(`${pathToFileURL(`${folder}/pages/index.html`)}`);
      await settled(page);
      assert.equal(await page.locator("#position").count(), 0);
      await page.locator(".book .mention.name", { hasText: "Winkle" }).first().click();
      await page.getByRole("dialog", { name: "Winkle" }).getByRole("link", { name: "Open page" }).click();
      await page.getByRole("heading", { level: 1, name: "Winkle" }).waitFor();
      assert.equal(await page.getByRole("button", { name: "Merge with…" }).count(), 0);
      await go(page, "#/voices");
      await page.getByRole("heading", { name: "Voices" }).waitFor();
      await go(page, "#/search?q=lantern");
      await page.locator("a.passage").first().click();
      assert.equal(await wordsInSight(page), "lantern");
      await go(page, "#/cast");
      await page
        .getByRole("row", { name: /Daniel Rusk/ })
        .first()
        .waitFor();
    },
  },
];
