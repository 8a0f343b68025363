import { describe, expect, it } from "vitest";
import { nestMarks, type Mark, type Piece } from "../../src/text/marks";

const TEXT = "My father, the clerk, went. ‘I saw him,’ he said.";
const mark = (words: string, what = words): Mark<string> => {
  const start = TEXT.indexOf(words);
  return { start, end: start + words.length, what };
};

/** "[father:[me:My] father]": the tree, as one writes it. */
function written(pieces: readonly Piece<string>[]): string {
  return pieces
    .map((p) => ("words" in p ? TEXT.slice(...p.words) : `[${p.opens ? "" : "~"}${p.what}:${written(p.children)}]`))
    .join("");
}
const nest = (marks: readonly Mark<string>[], start = 0, end = TEXT.length) => written(nestMarks(start, end, marks));

describe("marks", () => {
  it("leave text without any as it is", () => {
    expect(nest([])).toBe(TEXT);
  });

  it("nest: a person within another's description", () => {
    expect(nest([mark("My father", "father"), mark("My", "me")], 0, 10)).toBe("[father:[me:My] father],");
  });

  it("nest whatever their order", () => {
    expect(nest([mark("My", "me"), mark("My father", "father")], 0, 10)).toBe("[father:[me:My] father],");
  });

  it("of the same words put the one given first outside", () => {
    expect(nest([mark("My", "a"), mark("My", "b")], 0, 3)).toBe("[a:[b:My]] ");
  });

  it("that cross are cut, and only the first piece opens", () => {
    const [start, middle, end] = [0, 3, 9];
    const marks = [
      { start, end: middle + 3, what: "a" },
      { start: middle, end, what: "b" },
    ];
    expect(nest(marks, 0, 10)).toBe("[a:My [b:fat]][~b:her],");
  });

  it("that reach in from another paragraph are cut at its edge, and do not open", () => {
    expect(nest([{ start: 0, end: 12, what: "q" }], 3, 16)).toBe("[~q:father, t]he c");
  });

  it("outside the paragraph, or empty, are left out", () => {
    expect(
      nest(
        [
          { start: 40, end: 45, what: "x" },
          { start: 2, end: 2, what: "y" },
        ],
        0,
        9,
      ),
    ).toBe("My father");
  });

  it("keep every word once, however they lie", () => {
    const marks: Mark<string>[] = [];
    for (let i = 0; i < 40; i += 1) marks.push({ start: (i * 7) % 45, end: ((i * 7) % 45) + 1 + ((i * 5) % 11), what: "m" });
    expect(nest(marks).replace(/\[~?m:|\]/g, "")).toBe(TEXT);
  });
});
