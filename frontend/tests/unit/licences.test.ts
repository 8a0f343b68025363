import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

interface Locked {
  readonly packages: Record<string, { license?: string; dev?: boolean; resolved?: string }>;
}
const lock = JSON.parse(readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8")) as Locked;
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");

const PERMISSIVE = /^(MIT|ISC|BSD-[23]-Clause|0BSD|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|Python-2\.0|\(?MIT OR .*|.* OR MIT\)?)$/;
/** Tools of which nothing reaches the pages. */
const TOOLS = /node_modules\/(axe-core|lightningcss(-.*)?)$/;

it.each(packages)("%s is permissive, or only a tool", (path, { license }) => {
  if (TOOLS.test(path)) expect(license).toBe("MPL-2.0");
  else expect(license ?? "none").toMatch(PERMISSIVE);
});

it("names no host of a registry", () => {
  expect(packages.filter(([, { resolved }]) => resolved)).toEqual([]);
});
