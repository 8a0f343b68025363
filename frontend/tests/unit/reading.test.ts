import { describe, expect, it } from "vitest";
import type { Paragraph, Quote } from "../../src/api/payloads";
import { meetingsIn, mentionsIn, wordsIn } from "../../src/api/fromChapters";
import { candidatesFor } from "../../src/quotes/candidates";
import { paragraphsAround } from "../../src/quotes/context";
import { blockAt, blocksOf } from "../../src/reader/layout";
import { sameAs } from "../../src/person/sameAs";
import { calledLike } from "../../src/text/calling";
import { excerpt } from "../../src/text/excerpt";
import { heatPaths, levelOf } from "../../src/text/heat";
import { counted, listed } from "../../src/text/wording";
import { matrixOf } from "../../src/voices/matrix";

function paragraphsOf(...texts: string[]): Paragraph[] {
  let at = 0;
  return texts.map((text) => {
    const start = at;
    at += [...text].length + 2;
    return { start, end: start + [...text].length, text, kind: "prose" };
  });
}
const quoteAt = (start: number, end: number, speaker: number | null = null): Quote => ({
  id: start,
  start,
  end,
  parts: [[start, end]],
  kind: "speech",
  speaker,
  addressees: [],
  probability: null,
  manner: null,
  cue: null,
  sure: false,
  corrected: false,
  why: null,
});
const chapterOf = (paragraphs: Paragraph[], mentions: [number, number, number][], quotes: Quote[] = []) => ({
  index: 0,
  label: "1",
  title: "",
  start: 0,
  end: paragraphs.at(-1)!.end,
  paragraphs,
  mentions: mentions.map(([start, end, person]) => ({ start, end, person, kind: "name" as const })),
  quotes,
  emphasis: [],
  people: new Map(),
});

describe("a long chapter", () => {
  const paragraphs = paragraphsOf(...Array.from({ length: 300 }, (_, i) => `Paragraph ${i} ${"word ".repeat(20)}`));
  const blocks = blocksOf(paragraphs);

  it("is set in blocks that hold all its paragraphs in order", () => {
    expect(blocks.length).toBeGreaterThan(3);
    expect(blocks.flatMap((b) => b.paragraphs)).toEqual(paragraphs);
  });

  it("has a block for each offset", () => {
    for (const p of paragraphs) expect(blockAt(blocks, p.start)?.paragraphs).toContain(p);
    expect(blockAt(blocks, -5)?.index).toBe(0);
  });
});

describe("who may speak", () => {
  const paragraphs = paragraphsOf("Tom came in.", "“Where is Ann?”", "Ned looked up.");
  const quote = quoteAt(14, 29, 3);
  const mentions: [number, number, number][] = [
    [0, 3, 1],
    [24, 27, 2],
    [31, 34, 3],
  ];

  it("is whom the reader takes it to be first, then those near, then those named in the quote only", () => {
    expect(candidatesFor(quote, chapterOf(paragraphs, mentions, [quote]))).toEqual([3, 1, 2]);
  });

  it("is nobody twice, and nobody from far away", () => {
    const far = paragraphsOf("Zoe.", ...Array.from({ length: 12 }, () => "Nothing."), "Tom and Tom.", "“Go.”");
    const said = far.at(-1)!;
    const tom = far.at(-2)!.start;
    const found = candidatesFor(
      quoteAt(said.start, said.end),
      chapterOf(far, [
        [0, 3, 9],
        [tom, tom + 3, 1],
        [tom + 8, tom + 11, 1],
      ]),
    );
    expect(found).toEqual([1]);
  });

  it("is asked with whole paragraphs before and after", () => {
    expect(paragraphsAround(paragraphs, quote)).toEqual(paragraphs);
    const long = paragraphsOf("x".repeat(700), "y".repeat(700), "“Go.”", "z".repeat(700), "w");
    expect(paragraphsAround(long, long[2]!)).toEqual(long.slice(1, 4));
  });
});

describe("passages made from a chapter", () => {
  const chapter = chapterOf(paragraphsOf("😀 Tom saw Ann.", "Tom left."), [
    [2, 5, 1],
    [10, 13, 2],
    [16, 19, 1],
  ]);

  it("mark the words by code points", () => {
    const [first] = mentionsIn(chapter, 2, "name");
    expect(first).toMatchObject({ start: 10, marked: [10, 13], text: "😀 Tom saw Ann." });
  });

  it("of two people are where both are", () => {
    expect(meetingsIn(chapter, 1, 2)).toMatchObject([{ start: 2, also: [10, 13] }]);
  });

  it("hold all words of a search, whole ones, in any case", () => {
    expect(wordsIn(chapter, "ann tom").map((p) => p.marked)).toEqual([[10, 13]]);
    expect(wordsIn(chapter, "to")).toEqual([]);
    expect(wordsIn(chapter, '"tom left"')).toHaveLength(1);
    expect(wordsIn(chapter, "(")).toEqual([]);
  });

  it("hold them with or without accents", () => {
    const accented = chapterOf(paragraphsOf("😀 Natásha Rostóva."), []);
    expect(wordsIn(accented, "natasha").map((p) => p.marked)).toEqual([[2, 9]]);
    expect(wordsIn(chapter, "Tóm left")).toHaveLength(1);
  });
});

describe("an excerpt", () => {
  it("keeps a short passage whole", () => {
    expect(excerpt({ text: "He saw Ann.", marked: [7, 10], also: null }).map((p) => p.text)).toEqual(["He saw ", "Ann", "."]);
  });
  it("cuts a long one around its words, also beyond the basic plane", () => {
    const text = `${"😀".repeat(400)}Ann${"x".repeat(400)}`;
    const pieces = excerpt({ text, marked: [400, 403], also: null }, 10);
    expect(pieces.map((p) => p.text)).toEqual(["…", "😀".repeat(10), "Ann", "x".repeat(10), "…"]);
  });
});

describe("the same person after a correction", () => {
  const place = { start: 5, end: 8, chapter: 0 };
  const known = { name: "Tom", first: { ...place, text: "", marked: [0, 3] as const, also: null }, aliases: [] };
  it("is first mentioned at the same words", () => {
    const people = [
      { id: 1, name: "Tom", first: { ...place, start: 90, end: 93 }, aliases: [] },
      { id: 2, name: "Thomas", first: place, aliases: [] },
    ];
    expect(sameAs(known, people)?.id).toBe(2);
  });
  it("else of the same name, else nobody", () => {
    const elsewhere = { ...place, start: 90, end: 93 };
    expect(sameAs(known, [{ id: 1, name: "Tom", first: elsewhere, aliases: [] }])?.id).toBe(1);
    expect(sameAs(known, [{ id: 1, name: "Ann", first: elsewhere, aliases: [] }])).toBeNull();
  });
});

describe("the filter of the cast", () => {
  const person = {
    name: "Zoë Brandreth",
    aliases: [{ text: "Miss B.", count: 1 }],
    descriptions: [{ text: "the clerk", count: 1 }],
  };
  it.each([
    ["zoe", true],
    ["bran", true],
    ["miss", true],
    ["the cl", true],
    ["", true],
    ["randreth", false],
    ["zoe clerk", false],
  ])("%s: %s", (written, found) => {
    expect(calledLike(person, written)).toBe(found);
  });
});

describe("a heat strip", () => {
  it("shows whoever is there at all", () => {
    expect([levelOf(0, 400), levelOf(1, 400), levelOf(100, 400), levelOf(400, 400)]).toEqual([0, 1, 2, 4]);
  });
  it("joins chapters of the same level, from the chapter at which it begins", () => {
    expect(heatPaths([4, 4, 0, 1], 4, 2)).toEqual(["", "M5 0h1v1h-1z", "", "M2 0h2v1h-2z"]);
  });
});

describe("voices", () => {
  const cells = [
    { from: 1, to: 2, n: 3 },
    { from: 2, to: 1, n: 5 },
    { from: 1, to: null, n: 1 },
  ];
  it("puts who says most first, and not known last", () => {
    const matrix = matrixOf({ people: [1, 2], cells }, 9);
    expect([matrix.from, matrix.to, matrix.at(1, 2), matrix.at(2, 2), matrix.saidBy(1)]).toEqual([[2, 1], [1, 2, null], 3, 0, 4]);
  });
});

describe("words", () => {
  it("list and count", () => {
    expect([listed([]), listed(["a"]), listed(["a", "b", "c"])]).toEqual(["", "a", "a, b and c"]);
    expect([counted(1, "person", "people"), counted(1200, "word")]).toEqual(["1 person", "1,200 words"]);
  });
});
