/** The answers of the API. Offsets are code points of the text; `chapter` is an index from 0; people are named by id. */

import { array, boolean, byId, byWord, nullable, number, object, oneOf, optionalArray, span, string, type Decoded } from "./decode";

export type { Span } from "./decode";

// People and places

const personFields = {
  id: number,
  name: string,
  n_mentions: number,
  n_quotes: number,
  gender: string,
  narrator: boolean,
  group: boolean,
  named: boolean,
  rank: number,
  hue: nullable(number),
};
export const person = object(personFields);
export type Person = Decoded<typeof person>;
export type People = ReadonlyMap<number, Person>;

export const place = object({ start: number, end: number, chapter: number });
export type Place = Decoded<typeof place>;

export const passage = object({ start: number, end: number, chapter: number, text: string, marked: span, also: nullable(span) });
export type Passage = Decoded<typeof passage>;

export const passages = object({ total: number, passages: array(passage) });
export type Passages = Decoded<typeof passages>;

const counted = object({ text: string, count: number });
export type Counted = Decoded<typeof counted>;

const companyCount = object({ id: number, n: number });
export type CompanyCount = Decoded<typeof companyCount>;

// The story and its chapters

const chapterLine = object({
  index: number,
  label: string,
  title: string,
  part: string,
  start: number,
  end: number,
  words: number,
  read: boolean,
});
export type ChapterLine = Decoded<typeof chapterLine>;

export const story = object({
  version: string,
  title: string,
  author: string,
  words: number,
  language: string,
  corrections: number,
  corrections_unfit: number,
  notices: number,
  until: nullable(number),
  chapters: array(chapterLine),
  n_people: number,
  n_quotes: number,
  n_unsure: number,
  text_sha256: string,
});
export type Story = Decoded<typeof story>;

const paragraph = object({ start: number, end: number, text: string, kind: string });
export type Paragraph = Decoded<typeof paragraph>;

const mention = object({ start: number, end: number, kind: oneOf("name", "nominal", "pronoun"), person: number });
export type Mention = Decoded<typeof mention>;

const quoteKind = oneOf("speech", "thought", "writing");

const quoteFields = {
  id: number,
  start: number,
  end: number,
  parts: array(span),
  kind: quoteKind,
  speaker: nullable(number),
  addressees: array(number),
  probability: nullable(number),
  manner: nullable(string),
  cue: nullable(span),
  sure: boolean,
  corrected: boolean,
  why: nullable(string),
};
const quote = object(quoteFields);
export type Quote = Decoded<typeof quote>;

export const chapter = object({
  index: number,
  label: string,
  title: string,
  start: number,
  end: number,
  paragraphs: array(paragraph),
  mentions: array(mention),
  quotes: array(quote),
  emphasis: optionalArray(span),
  people: byId(person),
});
export type Chapter = Decoded<typeof chapter>;

// People in full

const castPerson = object({
  ...personFields,
  aliases: array(counted),
  descriptions: array(counted),
  first: place,
  last: place,
  presence: array(number),
  members: array(number),
});
export type CastPerson = Decoded<typeof castPerson>;

export const cast = object({ people: array(castPerson) });
export type Cast = Decoded<typeof cast>;

const alias = object({ text: string, count: number, kind: string, first: place });
export type Alias = Decoded<typeof alias>;

export const portrait = object({
  ...personFields,
  aliases: array(alias),
  descriptions: array(alias),
  first: passage,
  last: passage,
  presence: array(number),
  by_kind: byWord(number),
  pronouns: array(counted),
  gender_evidence: array(counted),
  addressed: array(object({ by: nullable(number), text: string, count: number })),
  company: array(companyCount),
  speaks_to: array(companyCount),
  spoken_to_by: array(companyCount),
  manners: array(counted),
  members: array(number),
  in_groups: array(number),
  people: byId(person),
});
export type Portrait = Decoded<typeof portrait>;

// What is said

const quoteText = object({ ...quoteFields, chapter: number, text: string });
export type QuoteText = Decoded<typeof quoteText>;

export const quotes = object({ total: number, quotes: array(quoteText), people: byId(person) });
export type Quotes = Decoded<typeof quotes>;

const voiceCell = object({ from: nullable(number), to: nullable(number), n: number });
export type VoiceCell = Decoded<typeof voiceCell>;

export const voices = object({
  people: array(number),
  cells: array(voiceCell),
  by_chapter: array(object({ chapter: number, from: nullable(number), to: nullable(number), n: number })),
  people_by_id: byId(person),
});
export type Voices = Decoded<typeof voices>;

const scriptLine = object({
  kind: oneOf("narration", "speech", "thought", "writing"),
  text: string,
  start: number,
  end: number,
  quote: nullable(number),
  speaker: nullable(number),
  addressees: array(number),
  manner: nullable(string),
  probability: nullable(number),
});
export type ScriptLine = Decoded<typeof scriptLine>;

export const script = object({ lines: array(scriptLine), people: byId(person) });
export type Script = Decoded<typeof script>;

// Search

export const found = object({ people: array(person), passages: array(passage), total: number });
export type Found = Decoded<typeof found>;

// Corrections

const correctionLine = object({
  number,
  kind: string,
  character: string,
  what: string,
  state: oneOf("applied", "does not fit", "not applied yet"),
  why: string,
});
export type CorrectionLine = Decoded<typeof correctionLine>;

export const corrections = object({ items: array(correctionLine), can_undo: boolean });
export type Corrections = Decoded<typeof corrections>;

export const corrected = object({ version: string, number, message: string });
export type Corrected = Decoded<typeof corrected>;

export const problem = object({ error: string, hint: nullable(string) });

/** What is asked to be set right; `version` is added when it is sent. */
export type Correction =
  | { kind: "merge"; characters: readonly [number, number] }
  | {
      kind: "split";
      character: number;
      names?: readonly string[];
      mentions?: readonly (readonly [number, number])[];
      as: string | null;
    }
  | { kind: "rename"; character: number; name: string }
  | { kind: "not_a_person"; character: number }
  | { kind: "gender"; character: number; gender: string }
  | { kind: "group"; character: number; members: readonly number[] | null }
  | { kind: "speaker"; quote: number; speaker: number | null }
  | { kind: "addressees"; quote: number; addressees: readonly number[] };
