import { describe, expect, it } from "vitest";
import { matchPath, numberIn, parseHash, parsePlace, to } from "../../src/routes";

describe("addresses", () => {
  it("are a path and a query", () => {
    const { path, query } = parseHash("#/search?q=tin%20box");
    expect([path, query.get("q")]).toEqual(["/search", "tin box"]);
  });

  it("may be empty", () => {
    expect(parseHash("").path).toBe("/");
  });

  it("that are not well formed are no fault", () => {
    expect(parseHash("#/read/%E0%A4%A").path).toBe("/read/%E0%A4%A");
  });

  it("match a pattern with parameters", () => {
    expect(matchPath("/person/:id", "/person/17")).toEqual({ id: "17" });
    expect(matchPath("/person/:id", "/person")).toBeNull();
    expect(matchPath("/read/:place?", "/read")).toEqual({});
    expect(matchPath("/voices", "/voices/12")).toBeNull();
  });

  it("name a place by chapter and code points", () => {
    expect(parsePlace("12@34567-34580")).toEqual({ chapter: 12, start: 34567, end: 34580 });
    expect(parsePlace("12@34567")).toEqual({ chapter: 12, start: 34567, end: null });
    expect(parsePlace("12")).toEqual({ chapter: 12, start: null, end: null });
    expect(parsePlace("12@x")).toBeNull();
  });

  it("of words lead back to the same words", () => {
    const words = { chapter: 2, start: 10, end: 14 };
    const place = matchPath("/read/:place?", parseHash(to.words(words)).path)?.["place"];
    expect(parsePlace(place)).toEqual(words);
  });

  it("leave out what is not asked for", () => {
    expect(to.quotes({ of: 3, to: null })).toBe("#/quotes?of=3");
    expect(to.unsure()).toBe("#/quotes?unsure");
    expect(to.search('"tin box" & co')).toBe("#/search?q=%22tin%20box%22%20%26%20co");
  });

  it("take only whole numbers", () => {
    const query = new URLSearchParams("of=3&to=-1&chapter=x");
    expect([numberIn(query, "of"), numberIn(query, "to"), numberIn(query, "chapter"), numberIn(query, "no")]).toEqual([
      3,
      null,
      null,
      null,
    ]);
  });
});
