/** Passages made from chapters, where no server can be asked for them. A passage is a paragraph here. */

import { codePoints } from "../text/codepoints";
import type { Chapter, Mention, Paragraph, Passage, Span } from "./payloads";

function passageOf(chapter: Chapter, paragraph: Paragraph, [start, end]: Span, also: Span | null = null): Passage {
  const within = (s: Span): Span => [s[0] - paragraph.start, Math.min(s[1], paragraph.end) - paragraph.start];
  return { start, end, chapter: chapter.index, text: paragraph.text, marked: within([start, end]), also: also && within(also) };
}

/** Each paragraph with the mentions that begin in it. */
function* withMentions(chapter: Chapter): Generator<[Paragraph, readonly Mention[]]> {
  let at = 0;
  for (const paragraph of chapter.paragraphs) {
    const first = at;
    while (at < chapter.mentions.length && chapter.mentions[at]!.start < paragraph.end) at += 1;
    yield [paragraph, chapter.mentions.slice(first, at)];
  }
}

export function mentionsIn(chapter: Chapter, person: number, kind: Mention["kind"]): Passage[] {
  return [...withMentions(chapter)].flatMap(([paragraph, mentions]) =>
    mentions.filter((m) => m.person === person && m.kind === kind).map((m) => passageOf(chapter, paragraph, [m.start, m.end])),
  );
}

/** Paragraphs in which both are mentioned. */
export function meetingsIn(chapter: Chapter, a: number, b: number): Passage[] {
  return [...withMentions(chapter)].flatMap(([paragraph, mentions]) => {
    const one = mentions.find((m) => m.person === a);
    const other = mentions.find((m) => m.person === b);
    return one && other ? [passageOf(chapter, paragraph, [one.start, one.end], [other.start, other.end])] : [];
  });
}

/** Paragraphs that hold all the words of a query, in any case, with or without accents; "…" makes a phrase. Marked is the first of the words. */
export function wordsIn(chapter: Chapter, query: string): Passage[] {
  const wanted = [...query.matchAll(/"([^"]+)"|(\S+)/g)].map((m) => wordPattern(m[1] ?? m[2] ?? ""));
  if (!wanted.length) return [];
  return chapter.paragraphs.flatMap((paragraph) => {
    const text = withoutAccents(paragraph.text);
    const hits = wanted.map((pattern) => pattern.exec(text));
    const first = hits[0];
    if (!first || hits.some((hit) => !hit)) return [];
    const points = codePoints(paragraph.text);
    const start = paragraph.start + points.toPoint(first.index);
    const end = paragraph.start + points.toPoint(first.index + first[0].length);
    return [passageOf(chapter, paragraph, [start, end])];
  });
}

function wordPattern(words: string): RegExp {
  const escaped = withoutAccents(words)
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\s+/g, "\\s+");
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "iu");
}

/** As many units as before, so that offsets hold. */
function withoutAccents(text: string): string {
  return text.replace(/[\u00c0-\u024f\u1e00-\u1eff]/g, (letter) => letter.normalize("NFD").charAt(0));
}
