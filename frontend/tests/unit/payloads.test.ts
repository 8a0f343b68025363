import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PayloadError, type Decoder } from "../../src/api/decode";
import * as payloads from "../../src/api/payloads";

/** The server's own answers, written by its tests. */
const SNAPSHOTS = new URL("../../../tests/web/snapshots/", import.meta.url);
const answer = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, SNAPSHOTS), "utf8"));

const KINDS: Record<string, Decoder<unknown>> = {
  story: payloads.story,
  "story-until-0": payloads.story,
  "chapter-0": payloads.chapter,
  "chapter-2": payloads.chapter,
  cast: payloads.cast,
  "cast-until-0": payloads.cast,
  person: payloads.portrait,
  mentions: payloads.passages,
  meet: payloads.passages,
  quotes: payloads.quotes,
  "quotes-unsure": payloads.quotes,
  voices: payloads.voices,
  "script-0": payloads.script,
  search: payloads.found,
  "search-person": payloads.found,
  corrections: payloads.corrections,
  "corrections-one": payloads.corrections,
  corrected: payloads.corrected,
  error: payloads.problem,
};

describe("the server's answers", () => {
  it.each(Object.entries(KINDS))("%s is what the pages expect", (name, decode) => {
    expect(() => decode(answer(name), "")).not.toThrow();
  });

  it("names everybody who speaks in a chapter", () => {
    const { quotes, mentions, people } = payloads.chapter(answer("chapter-2"), "");
    const ids = [...quotes.flatMap((q) => [q.speaker, ...q.addressees]), ...mentions.map((m) => m.person)];
    expect(ids.filter((id) => id !== null && !people.has(id))).toEqual([]);
  });
});

describe("an answer that is not what was promised", () => {
  it("is refused with the place of the fault", () => {
    const broken = answer("chapter-0") as { quotes: { speaker: unknown }[] };
    broken.quotes[1]!.speaker = "Daniel";
    expect(() => payloads.chapter(broken, "")).toThrow('quotes[1].speaker should be a number, but is "Daniel"');
  });

  it("is refused if a field is missing", () => {
    expect(() => payloads.corrected({ version: "1", message: "done" }, "")).toThrow(PayloadError);
  });

  it("may have fields that nobody knows", () => {
    expect(payloads.corrected({ version: "1", number: 2, message: "done", later: true }, "")).toEqual({
      version: "1",
      number: 2,
      message: "done",
    });
  });
});
