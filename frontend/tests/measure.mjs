/** How quickly a story opens: `node tests/measure.mjs STORY|URL`. Prints JSON, in milliseconds. */

import { launch, open } from "./browser/browser.mjs";
import { serve } from "./browser/fabula.mjs";
import { firstViewKb } from "./browser/size.mjs";

const RUNS = 5;
const CHANGES = 12; // chapters gone to, evenly through the book
const asked = process.argv[2];
if (!asked) {
  console.error("a story is needed, or the address at which it is open: node tests/measure.mjs STORY|URL");
  process.exit(2);
}
const server = /^https?:/.test(asked) ? null : await serve(asked);
const url = server?.url ?? asked;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const most = (numbers) => Math.max(...numbers);
const rounded = (number) => Math.round(number);

/** From the start of the request to the frame in which words of the story are on the page. */
async function firstView(browser) {
  const { page, close } = await open(browser, "wide");
  await page.addInitScript(() => {
    const seen = new MutationObserver(() => {
      if (!document.querySelector(".book p")) return;
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => (window.fabulaSeen = performance.now())));
    });
    seen.observe(document, { childList: true, subtree: true });
  });
  await page.goto(url, { waitUntil: "commit" });
  await page.waitForFunction(() => window.fabulaSeen);
  const ms = await page.evaluate(() => window.fabulaSeen);
  await close();
  return ms;
}

/** From the click to the frame in which the other chapter's words are there. */
async function changes(page) {
  const chapters = await page.evaluate(async () => (await (await fetch("/api/story")).json()).chapters.length);
  const asked = Array.from({ length: CHANGES }, (_, i) => Math.floor(((i + 0.5) * chapters) / CHANGES));
  const found = [];
  for (const index of [...new Set(asked)]) {
    const { start } = await page.evaluate(async (i) => (await (await fetch("/api/story")).json()).chapters[i], index);
    const ms = await page.evaluate(
      ([to, first]) =>
        new Promise((resolve) => {
          const begun = performance.now();
          const there = () => Number(document.querySelector(".book [data-start]")?.dataset.start ?? -1) >= first;
          const seen = new MutationObserver(() => {
            if (!location.hash.endsWith(`/${to}`) || !there()) return;
            seen.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
          });
          document.querySelector(".book").replaceChildren();
          seen.observe(document.body, { childList: true, subtree: true });
          location.hash = `#/read/${to}`;
        }),
      [index, start],
    );
    found.push(ms);
  }
  return found;
}

/** The longest chapter: from a jump to its end to the frame in which its last words are there. */
async function jump(page) {
  const longest = await page.evaluate(async () => {
    const { chapters } = await (await fetch("/api/story")).json();
    return chapters.toSorted((a, b) => b.words - a.words)[0];
  });
  await page.evaluate((i) => (location.hash = `#/read/${i}`), longest.index);
  await page.waitForFunction(
    (start) => Number(document.querySelector(".book [data-start]")?.dataset.start ?? -1) >= start,
    longest.start,
  );
  const ms = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const begun = performance.now();
        const look = () => {
          scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
          const last = [...document.querySelectorAll(".book .block")].at(-1);
          if (last?.firstChild) requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  return { words: longest.words, ms };
}

const browser = await launch();
try {
  await firstView(browser); // the server's first answer is made, and is no matter of the page
  const views = [];
  for (let i = 0; i < RUNS; i += 1) views.push(await firstView(browser));
  const { page, close } = await open(browser, "wide");
  await page.goto(url);
  await page.waitForSelector(".book p");
  const changed = await changes(page);
  const { words, ms } = await jump(page);
  await close();
  console.log(
    JSON.stringify({
      first_view_kb: Number(firstViewKb().toFixed(1)),
      first_view_ms: rounded(median(views)),
      first_view_ms_most: rounded(most(views)),
      change_ms: rounded(median(changed)),
      change_ms_most: rounded(most(changed)),
      longest_chapter_words: words,
      jump_to_its_end_ms: rounded(ms),
    }),
  );
} finally {
  await server?.stop();
  await browser.close();
}
