/** What the browser loads before the first words are seen. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const STATIC = new URL("../../../src/fabula/web/static/", import.meta.url);
const MOST_KB = 120;

export function firstViewKb() {
  const html = readFileSync(new URL("index.html", STATIC));
  const files = [...html.toString().matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map((m) => readFileSync(new URL(m[1], STATIC)));
  return [html, ...files].reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0) / 1024;
}

export function isSmall() {
  const kb = firstViewKb();
  assert.ok(kb < MOST_KB, `the first view is ${kb.toFixed(1)} KB gzipped`);
  return `${kb.toFixed(1)} KB gzipped`;
}
