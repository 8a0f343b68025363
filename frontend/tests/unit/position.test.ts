import { beforeEach, describe, expect, it } from "vitest";
import { Library } from "../../src/state/library.svelte";
import { mayRead, Positions } from "../../src/state/position";
import { fakeSource, MemoryShelf } from "./fakeSource";

let shelf: MemoryShelf;
const open = async (chapters = 5) => {
  const fake = fakeSource(chapters);
  const library = new Library(fake.source, new Positions(shelf));
  await library.open();
  return { library, ...fake };
};
beforeEach(() => {
  shelf = new MemoryShelf();
});

describe("the position", () => {
  it("is the whole book until it is set", async () => {
    const { library, asked } = await open();
    expect(library.until).toBeNull();
    expect(asked).toEqual([["story", null]]);
  });

  it("goes with every request", async () => {
    const { library, asked } = await open();
    await library.readUpTo(2);
    asked.length = 0;
    const page = { offset: 0, limit: 9 };
    await Promise.all([
      library.chapter(1),
      library.cast(),
      library.person(3),
      library.mentions(3, "name", page),
      library.quotes({}, page),
      library.voices(null),
      library.script(0),
      library.search("x", page),
      library.meet(1, 2, page),
      library.corrections(),
      library.correct({ kind: "not_a_person", character: 3 }),
    ]);
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.every(([, until]) => until === 2)).toBe(true);
  });

  it("is kept for the next time, and no request looks past it on the way", async () => {
    const first = await open();
    await first.library.readUpTo(1);
    const { library, asked } = await open();
    expect(library.until).toBe(1);
    expect(asked.every(([, until]) => until !== null && until <= 1)).toBe(true);
  });

  it("of another story is not this one's", async () => {
    new Positions(shelf).keep("another", 3);
    const { library, asked } = await open();
    expect(library.until).toBeNull();
    expect(asked).toEqual([
      ["story", 0],
      ["story", null],
    ]);
  });

  it("past the end of a story that has become shorter counts as none", async () => {
    new Positions(shelf).keep("abc", 9);
    expect((await open(5)).library.until).toBeNull();
  });

  it("can be taken away again", async () => {
    const { library } = await open();
    await library.readUpTo(1);
    await library.readUpTo(null);
    expect([library.until, shelf.length]).toEqual([null, 0]);
  });

  it("closes the chapters after it", () => {
    expect([mayRead(3, 2), mayRead(2, 2), mayRead(3, null)]).toEqual([false, true, true]);
  });
});

describe("answers", () => {
  it("are asked for once", async () => {
    const { library, asked } = await open();
    await Promise.all([library.cast(), library.cast()]);
    expect(asked.filter(([what]) => what === "cast")).toHaveLength(1);
  });

  it("are forgotten when the position moves: what was seen is not shown at another one", async () => {
    const { library, asked } = await open();
    await library.cast();
    await library.readUpTo(1);
    await library.cast();
    expect(asked.filter(([what]) => what === "cast")).toEqual([
      ["cast", null],
      ["cast", 1],
    ]);
  });

  it("are forgotten after a correction, which names the version whose ids it uses", async () => {
    const { library, asked } = await open();
    await library.cast();
    await library.correct({ kind: "merge", characters: [1, 2] });
    await library.cast();
    expect(asked.map(([what]) => what)).toEqual(["story", "cast", "correct at 1", "story", "cast"]);
    expect(library.story?.version).toBe("2");
  });

  it("are forgotten, and the story looked at again, when a correction is refused", async () => {
    const { library, source, asked, change } = await open();
    source.correct = () => {
      change("5");
      return Promise.reject(new Error("the story has changed"));
    };
    await expect(library.correct({ kind: "merge", characters: [1, 2] })).rejects.toThrow("has changed");
    expect([library.story?.version, library.busy, asked.at(-1)]).toEqual(["5", false, ["story", null]]);
  });

  it("are asked for anew when the server tells of a change, and not when it tells what is known", async () => {
    const { library, asked, change } = await open();
    await library.noticed("1");
    expect(asked).toHaveLength(1);
    change("7");
    await library.noticed("7");
    expect(library.story?.version).toBe("7");
  });
});
