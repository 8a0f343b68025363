/** A book whose people and words look like markup: they stay words. */

import assert from "node:assert/strict";
import { go } from "./browser.mjs";

export const STRANGE = `The Odd One

by Nobody

Chapter One
<b>Bold</b> & <script>alert(1)</script>

Tom <script>document.title='gone'</script> Smith came in. “Good day,” said Tom Smith to Ann Miller.

“Is it 𝄞 or <img src=x onerror=alert(2)>?” asked Ann Miller. Tom Smith laughed. “Neither,” said Tom Smith. 😀😀 And Ann Miller left.

Ann Miller came back. “I forgot my hat,” said Ann Miller. Tom Smith gave it to her, and she thanked him for it. It had
been on the chair by the window since the morning, and neither of them had seen it there, because the light was in their eyes.

She went down the stairs again, and Tom Smith listened to her steps until the door had closed behind her. Then he sat down at the
table and read what was written on the card once more, and could not make anything of it.
`;

export async function staysText({ page }) {
  let alerted = false;
  page.on("dialog", (dialog) => {
    alerted = true;
    void dialog.dismiss();
  });
  await go(page, "#/read/0");
  const text = await page.locator(".book").textContent();
  assert.ok(text.includes("<img src=x onerror=alert(2)>"));
  assert.equal(await page.locator("main script, main img, main b").count(), 0);

  const { people } = await page.evaluate(async () => (await fetch("/api/cast")).json());
  const tom = people.find((p) => /Tom/.test(p.name));
  assert.ok(tom, "Tom is somebody");
  const name = '<script>alert(3)</script> "Tom" & <i>Co</i>';
  await go(page, `#/person/${tom.id}`);
  await page.getByRole("button", { name: "Rename…" }).click();
  await page.getByLabel("Name to show").fill(name);
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  for (const address of ["#/cast", "#/voices", "#/quotes", "#/corrections", "#/read/0", "#/voices/0"]) {
    await go(page, address);
    assert.equal(await page.locator('main script, main i:text-is("Co")').count(), 0, address);
  }
  assert.equal(alerted, false);

  // Words after characters beyond the basic plane are still the words that are meant.
  await go(page, "#/search?q=laughed");
  assert.equal(await page.locator("a.passage mark").first().textContent(), "laughed");
  await page.locator("a.passage").first().click();
  await page.waitForFunction(() => CSS.highlights.has("place"));
  assert.equal(await page.evaluate(() => [...CSS.highlights.get("place")][0].toString()), "laughed");
}
