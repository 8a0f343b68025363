import type { Corrected, Story } from "../../src/api/payloads";
import type { Source, Until } from "../../src/api/source";
import type { Shelf } from "../../src/state/position";

export class MemoryShelf implements Shelf {
  readonly kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
  key = (index: number) => [...this.kept.keys()][index] ?? null;
  get length() {
    return this.kept.size;
  }
}

/** A story of `chapters` chapters that notes what it is asked. */
export function fakeSource(chapters: number): {
  source: Source;
  asked: [what: string, until: Until][];
  change: (version: string) => void;
} {
  const asked: [string, Until][] = [];
  let version = "1";
  const story = (until: Until): Story => ({
    version,
    title: "A Tale",
    author: "",
    words: 10,
    language: "en",
    corrections: 0,
    corrections_unfit: 0,
    notices: 0,
    until,
    chapters: Array.from({ length: chapters }, (_, index) => ({
      index,
      label: String(index + 1),
      title: until === null || index <= until ? `Title ${index + 1}` : "",
      part: "",
      start: index * 100,
      end: index * 100 + 100,
      words: 10,
      read: until === null || index <= until,
    })),
    n_people: 0,
    n_quotes: 0,
    n_unsure: 0,
    text_sha256: "abc",
  });
  const answer = (what: string, until: Until) => {
    asked.push([what, until]);
    return Promise.resolve({} as never);
  };
  const source: Source = {
    live: true,
    story: (until) => {
      asked.push(["story", until]);
      return Promise.resolve(story(until));
    },
    chapter: (until, index) => answer(`chapter ${index}`, until),
    cast: (until) => answer("cast", until),
    person: (until, id) => answer(`person ${id}`, until),
    mentions: (until) => answer("mentions", until),
    quotes: (until) => answer("quotes", until),
    voices: (until) => answer("voices", until),
    script: (until) => answer("script", until),
    search: (until) => answer("search", until),
    meet: (until) => answer("meet", until),
    corrections: (until) => answer("corrections", until),
    correct: (until, at) => {
      asked.push([`correct at ${at}`, until]);
      version = String(Number(version) + 1);
      return Promise.resolve<Corrected>({ version, number: 1, message: "done" });
    },
    undo: () => answer("undo", null),
    watch: () => () => undefined,
  };
  return { source, asked, change: (next) => (version = next) };
}
