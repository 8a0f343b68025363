/** Who may have said a quote: those near it, to be chosen by number. */

import type { Chapter, Quote } from "../api/payloads";

const AROUND = 4; // paragraphs on either side
export const MOST = 9; // as many as there are digits

/**
 * Ids of people, the likeliest first: who is taken to speak, then by how near they are mentioned or speak. Somebody who is only named
 * within the quote itself is put behind the others: one seldom speaks of oneself by name.
 */
export function candidatesFor(quote: Quote, chapter: Pick<Chapter, "paragraphs" | "mentions" | "quotes">): number[] {
  const nearness = new Map<number, number>();
  const near = (id: number | null, distance: number) => {
    if (id !== null && distance < (nearness.get(id) ?? Infinity)) nearness.set(id, distance);
  };
  const at = indexOf(chapter, quote.start);
  const inReach = (start: number) => Math.abs(indexOf(chapter, start) - at) <= AROUND;

  for (const { start, end, person } of chapter.mentions) {
    if (!inReach(start)) continue;
    const inside = quote.parts.some(([from, to]) => from <= start && end <= to);
    near(person, inside ? 400 + distanceTo(quote, start) : distanceTo(quote, start));
  }
  for (const other of chapter.quotes) {
    if (other.id !== quote.id && inReach(other.start)) near(other.speaker, distanceTo(quote, other.start));
  }
  near(quote.speaker, -1);
  return [...nearness]
    .sort((a, b) => a[1] - b[1])
    .slice(0, MOST)
    .map(([id]) => id);
}

function distanceTo(quote: Quote, offset: number): number {
  return offset < quote.start ? quote.start - offset : Math.max(0, offset - quote.end);
}

function indexOf({ paragraphs }: Pick<Chapter, "paragraphs">, offset: number): number {
  let [low, high] = [0, paragraphs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (paragraphs[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
