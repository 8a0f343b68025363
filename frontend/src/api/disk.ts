import type { Decoder } from "./decode";
import { meetingsIn, mentionsIn, wordsIn } from "./fromChapters";
import * as payloads from "./payloads";
import type { Corrected, Corrections, Found, Passage, Passages, Quotes, Voices } from "./payloads";
import { ProblemError, type MentionKind, type Page, type QuoteFilter, type Source, type Until } from "./source";

declare global {
  interface Window {
    /** What each file below `data/` calls. */
    fabulaData?: (name: string, payload: unknown) => void;
  }
}

const LONGEST_SEARCH = 500; // passages, after which no further chapter is loaded

/** Reads a static export: every payload is a classic script, as a page opened from disk may load nothing else. */
export class DiskSource implements Source {
  readonly live = false;
  readonly #arrived = new Map<string, unknown>();
  readonly #asked = new Map<string, Promise<unknown>>();

  constructor(private readonly folder = "data") {
    window.fabulaData = (name, payload) => this.#arrived.set(name, payload);
  }

  story(_: Until) {
    return this.#load("story", payloads.story);
  }
  chapter(_: Until, index: number) {
    return this.#load(`chapter/${index}`, payloads.chapter);
  }
  cast(_: Until) {
    return this.#load("cast", payloads.cast);
  }
  person(_: Until, id: number) {
    return this.#load(`person/${id}`, payloads.portrait);
  }
  script(_: Until, index: number) {
    return this.#load(`script/${index}`, payloads.script);
  }

  async quotes(_: Until, { of, to, chapter, unsure }: QuoteFilter, { offset, limit }: Page): Promise<Quotes> {
    const all = await this.#load("quotes", payloads.quotes);
    const kept = all.quotes.filter(
      (q) =>
        (of == null || q.speaker === of) &&
        (to == null || q.addressees.includes(to)) &&
        (chapter == null || q.chapter === chapter) &&
        (!unsure || !q.sure),
    );
    return { total: kept.length, quotes: kept.slice(offset, offset + limit), people: all.people };
  }

  async voices(_: Until, chapter: number | null): Promise<Voices> {
    const all = await this.#load("voices", payloads.voices);
    if (chapter === null) return all;
    const by_chapter = all.by_chapter.filter((cell) => cell.chapter === chapter);
    const heard = new Set(by_chapter.flatMap((cell) => [cell.from, cell.to]));
    return { ...all, by_chapter, cells: by_chapter, people: all.people.filter((id) => heard.has(id)) };
  }

  async mentions(_: Until, id: number, kind: MentionKind, { offset, limit }: Page): Promise<Passages> {
    const { presence, by_kind } = await this.person(null, id);
    const passages: Passage[] = [];
    for (const index of presentIn(presence)) {
      if (passages.length >= offset + limit) break;
      passages.push(...mentionsIn(await this.chapter(null, index), id, kind));
    }
    return { total: by_kind.get(kind) ?? passages.length, passages: passages.slice(offset, offset + limit) };
  }

  async meet(_: Until, a: number, b: number, { offset, limit }: Page): Promise<Passages> {
    const [one, other] = await Promise.all([this.person(null, a), this.person(null, b)]);
    const passages: Passage[] = [];
    for (const index of presentIn(one.presence)) {
      if (other.presence[index]) passages.push(...meetingsIn(await this.chapter(null, index), a, b));
    }
    return { total: passages.length, passages: passages.slice(offset, offset + limit) };
  }

  async search(_: Until, query: string, { offset, limit }: Page): Promise<Found> {
    const [{ people }, { chapters }] = await Promise.all([this.cast(null), this.story(null)]);
    const wanted = query.toLowerCase().replaceAll('"', "").trim();
    const named = people.filter((p) =>
      [p.name, ...p.aliases.map((a) => a.text)].some((name) => name.toLowerCase().includes(wanted)),
    );
    const passages: Passage[] = [];
    for (const { index, read } of chapters) {
      if (passages.length >= LONGEST_SEARCH) break;
      if (read) passages.push(...wordsIn(await this.chapter(null, index), query));
    }
    return { people: named, passages: passages.slice(offset, offset + limit), total: passages.length };
  }

  async corrections(): Promise<Corrections> {
    return { items: [], can_undo: false };
  }
  correct(): Promise<Corrected> {
    return Promise.reject(new ProblemError("an exported story can't be set right", "open it with `fabula explore`", 409));
  }
  undo(): Promise<Corrected> {
    return this.correct();
  }
  watch(): () => void {
    return () => undefined;
  }

  #load<T>(name: string, decode: Decoder<T>): Promise<T> {
    const asked = this.#asked.get(name) ?? this.#fetch(name, decode);
    this.#asked.set(name, asked);
    return asked as Promise<T>;
  }

  #fetch<T>(name: string, decode: Decoder<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${this.folder}/${name}.js`;
      script.onload = () => {
        try {
          resolve(decode(this.#arrived.get(name), ""));
        } catch (error) {
          reject(error);
        }
        script.remove();
        this.#arrived.delete(name);
      };
      script.onerror = () => reject(new ProblemError(`data/${name}.js is not in this export`, "export the story again", 404));
      document.head.append(script);
    });
  }
}

function presentIn(presence: readonly number[]): number[] {
  return presence.flatMap((n, index) => (n > 0 ? [index] : []));
}
