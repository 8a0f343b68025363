/** What is shown around a quote, so that one can tell who says it. */

import type { Paragraph, Quote } from "../api/payloads";

const ENOUGH = 600; // characters on either side, in whole paragraphs

/** The paragraphs of a quote, with some before and after: at least one each, where there is one. */
export function paragraphsAround(
  paragraphs: readonly Paragraph[],
  { start, end }: Pick<Quote, "start" | "end">,
): readonly Paragraph[] {
  const first = Math.max(
    0,
    paragraphs.findLastIndex((p) => p.start <= start),
  );
  const holding = paragraphs.findIndex((p) => p.end >= end);
  const last = holding < 0 ? first : holding;
  const before = reach(paragraphs.slice(0, first).toReversed());
  const after = reach(paragraphs.slice(last + 1));
  return paragraphs.slice(first - before, last + 1 + after);
}

function reach(paragraphs: readonly Paragraph[]): number {
  let characters = 0;
  let n = 0;
  while (n < paragraphs.length && characters < ENOUGH) characters += paragraphs[n++]!.text.length;
  return n;
}
