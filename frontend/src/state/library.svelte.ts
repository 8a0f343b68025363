/** The story that is open, as far as it has been read: what all pages ask. */

import type { Correction, Corrected, Story } from "../api/payloads";
import type { MentionKind, Page, QuoteFilter, Source, Until } from "../api/source";
import { mayRead, type Positions } from "./position";

const KEPT = 60; // answers; a few chapters each way, and the pages that were left

export class Library {
  /** What is known of the story up to the position; null until it is there. */
  story = $state.raw<Story | null>(null);
  /** What went wrong when it was opened. */
  error = $state.raw<Error | null>(null);
  /** Whether the story is being resolved anew. */
  busy = $state(false);

  readonly #answers = new Map<string, Promise<unknown>>();

  constructor(
    readonly source: Source,
    private readonly positions: Positions,
  ) {}

  get until(): Until {
    return this.story?.until ?? null;
  }

  /** Ids hold for one version of the story at one position. */
  get moment(): string {
    return `${this.story?.version} ${this.until}`;
  }

  get live(): boolean {
    return this.source.live;
  }

  /** The title of a chapter, and how it is called in a word: "2 The Yellow Oilskin". */
  chapterName(index: number): string {
    const line = this.story?.chapters[index];
    if (!line) return String(index + 1);
    const named = !/^([IVXLC]+\.)?\d+$/.test(line.label);
    if (named || !line.title || line.title === line.label) return named ? line.label : `Chapter ${line.label}`;
    return `${line.label} ${line.title}`;
  }

  /** "ch. 2", or what it is called where it has no number. */
  chapterLabel(index: number): string {
    const label = this.story?.chapters[index]?.label ?? String(index + 1);
    return /\d/.test(label) ? `ch. ${label}` : label;
  }

  /**
   * Opens the story where it was left. A reader in the middle of a book is asked for the sha256 with its first chapter only.
   *
   * ahead: called before anything of the story is shown, to ask for what will be wanted first.
   */
  async open(ahead?: () => void): Promise<void> {
    try {
      const careful = this.live && this.positions.any;
      const first = await this.source.story(careful ? 0 : null);
      const until = this.live ? this.positions.of(first.text_sha256, first.chapters.length) : first.until;
      this.#show(until === first.until ? first : await this.source.story(until));
      ahead?.();
      this.error = null;
    } catch (error) {
      this.error = error as Error;
    }
  }

  /** "I have read up to here"; null is the whole book. */
  async readUpTo(until: Until): Promise<void> {
    if (!this.story || until === this.until) return;
    this.positions.keep(this.story.text_sha256, until);
    this.#show(await this.source.story(until));
  }

  mayRead(chapter: number): boolean {
    return mayRead(chapter, this.until);
  }

  /** Looks at the story again, after it has changed. */
  async refresh(): Promise<void> {
    this.#show(await this.source.story(this.until));
  }

  /** Called when the server tells of a version. */
  async noticed(version: string): Promise<void> {
    if (this.story && version !== this.story.version && !this.busy) await this.refresh();
  }

  #show(story: Story): void {
    if (story.version !== this.story?.version || story.until !== this.story.until) this.#answers.clear();
    this.story = story;
  }

  correct(correction: Correction): Promise<Corrected> {
    return this.#change((version) => this.source.correct(this.until, version, correction));
  }

  undo(): Promise<Corrected> {
    return this.#change((version) => this.source.undo(version));
  }

  async #change(ask: (version: string) => Promise<Corrected>): Promise<Corrected> {
    if (!this.story) throw new Error("no story is open");
    this.busy = true;
    try {
      const corrected = await ask(this.story.version);
      await this.refresh();
      return corrected;
    } catch (error) {
      await this.refresh().catch(() => undefined); // refused, it may be, because the story is another by now
      throw error;
    } finally {
      this.busy = false;
    }
  }

  // What pages ask: each answer is kept until the story or the position changes. Reading `story` makes a caller ask again then.

  chapter(index: number) {
    return this.#ask(`chapter/${index}`, (until) => this.source.chapter(until, index));
  }
  cast() {
    return this.#ask("cast", (until) => this.source.cast(until));
  }
  person(id: number) {
    return this.#ask(`person/${id}`, (until) => this.source.person(until, id));
  }
  mentions(id: number, kind: MentionKind, page: Page) {
    return this.#ask(`mentions/${id}/${kind}/${page.offset}/${page.limit}`, (until) => this.source.mentions(until, id, kind, page));
  }
  quotes(filter: QuoteFilter, page: Page) {
    return this.#ask(`quotes/${JSON.stringify([filter, page])}`, (until) => this.source.quotes(until, filter, page));
  }
  voices(chapter: number | null) {
    return this.#ask(`voices/${chapter}`, (until) => this.source.voices(until, chapter));
  }
  script(index: number) {
    return this.#ask(`script/${index}`, (until) => this.source.script(until, index));
  }
  search(query: string, page: Page) {
    return this.#ask(`search/${JSON.stringify([query, page])}`, (until) => this.source.search(until, query, page));
  }
  meet(a: number, b: number, page: Page) {
    return this.#ask(`meet/${JSON.stringify([a, b, page])}`, (until) => this.source.meet(until, a, b, page));
  }
  corrections() {
    return this.#ask("corrections", (until) => this.source.corrections(until));
  }

  #ask<T>(key: string, fetch: (until: Until) => Promise<T>): Promise<T> {
    const until = this.story ? this.story.until : null;
    const kept = this.#answers.get(key);
    if (kept) return kept as Promise<T>;
    const asked = fetch(until);
    this.#answers.set(key, asked);
    asked.catch(() => this.#answers.delete(key)); // a failure may be asked again
    const oldest = this.#answers.size > KEPT ? this.#answers.keys().next().value : undefined;
    if (oldest !== undefined) this.#answers.delete(oldest);
    return asked;
  }
}
