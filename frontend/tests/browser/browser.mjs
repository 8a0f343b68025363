/** Chromium, fresh each time, that asks nobody but the page's own server. CHROMIUM names another one than Debian's. */

import { chromium } from "playwright-core";

export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const WIDTHS = { wide: { width: 1280, height: 860 }, narrow: { width: 390, height: 844 } };

export function launch() {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGS });
}

/** A page of a width, and what went wrong on it: errors, what the security policy refused, requests to elsewhere. */
export async function open(browser, width, { dark = false } = {}) {
  const narrow = width === "narrow";
  const context = await browser.newContext({
    viewport: WIDTHS[width],
    isMobile: narrow,
    hasTouch: narrow,
    colorScheme: dark ? "dark" : "light",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|file:|data:|blob:)/.test(request.url())) faults.push(`asked ${request.url()}`);
  });
  return { page, faults, close: () => context.close() };
}

/** Until nothing is awaited: answers are there, and blocks are set. */
export async function settled(page) {
  await page.waitForLoadState("load");
  await page.waitForFunction(() => document.querySelector("main > *") && !document.querySelector("[aria-busy=true]"));
  await page.waitForTimeout(150);
}

/** Goes to a page of the application. */
export async function go(page, hash) {
  await page.evaluate((to) => (location.hash = to), hash);
  await settled(page);
}

/** How many pixels the page is wider than the window; nothing may be. */
export function overflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
