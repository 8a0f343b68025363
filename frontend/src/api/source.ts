/** Where the story comes from: the server of `fabula explore`, or the files of a static export. */

import type {
  Cast,
  Chapter,
  Corrected,
  Correction,
  Corrections,
  Found,
  Passages,
  Portrait,
  Quotes,
  Script,
  Story,
  Voices,
} from "./payloads";

/** The last chapter that has been read, by index; null is the whole book. */
export type Until = number | null;

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

export interface QuoteFilter {
  readonly of?: number | null;
  readonly to?: number | null;
  readonly chapter?: number | null;
  readonly unsure?: boolean;
}

export type MentionKind = "name" | "nominal" | "pronoun";

/** A request that was answered with a sentence instead of data. */
export class ProblemError extends Error {
  constructor(
    message: string,
    readonly hint: string | null,
    readonly status: number,
  ) {
    super(message);
    this.name = "ProblemError";
  }
}

export interface Source {
  /** Whether the reader's position can be set, and the story be set right. */
  readonly live: boolean;

  story(until: Until): Promise<Story>;
  chapter(until: Until, index: number): Promise<Chapter>;
  cast(until: Until): Promise<Cast>;
  person(until: Until, id: number): Promise<Portrait>;
  mentions(until: Until, id: number, kind: MentionKind, page: Page): Promise<Passages>;
  quotes(until: Until, filter: QuoteFilter, page: Page): Promise<Quotes>;
  voices(until: Until, chapter: number | null): Promise<Voices>;
  script(until: Until, index: number): Promise<Script>;
  search(until: Until, query: string, page: Page): Promise<Found>;
  meet(until: Until, a: number, b: number, page: Page): Promise<Passages>;
  corrections(until: Until): Promise<Corrections>;

  /** `version` is the one whose ids the correction uses. */
  correct(until: Until, version: string, correction: Correction): Promise<Corrected>;
  undo(version: string): Promise<Corrected>;

  /** Calls back with each new version of the story; gives what ends it. */
  watch(changed: (version: string) => void): () => void;
}
