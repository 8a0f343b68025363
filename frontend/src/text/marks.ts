/** Marks on a paragraph, as a tree: quotes, mentions and italics, nested as they stand, cut where they cross. */

export interface Mark<T> {
  readonly start: number;
  readonly end: number;
  readonly what: T;
}

export interface MarkedNode<T> {
  readonly what: T;
  readonly children: readonly Piece<T>[];
  /** The part of the mark that stands here; it has several where another one crosses it. */
  readonly start: number;
  readonly end: number;
  /** Whether the mark begins here, and not in an earlier piece or before the paragraph. */
  readonly opens: boolean;
}

/** Bare words by their ends, or a mark around pieces. */
export type Piece<T> = { readonly words: readonly [start: number, end: number] } | MarkedNode<T>;

/**
 * The pieces of [start, end), in text order.
 *
 * Of two marks the one that begins first is outside; of two that begin together the longer one; of two alike the one given first.
 */
export function nestMarks<T>(start: number, end: number, marks: readonly Mark<T>[]): Piece<T>[] {
  const ordered = marks
    .map((mark, given) => ({
      mark,
      given,
      opens: mark.start >= start,
      start: Math.max(mark.start, start),
      end: Math.min(mark.end, end),
    }))
    .filter((m) => m.start < m.end)
    .sort(inOrder);
  return nest(start, end, ordered);
}

interface Waiting<T> {
  readonly mark: Mark<T>;
  readonly given: number;
  readonly opens: boolean;
  readonly start: number;
  readonly end: number;
}

function nest<T>(start: number, end: number, marks: readonly Waiting<T>[]): Piece<T>[] {
  const pieces: Piece<T>[] = [];
  const queue = [...marks];
  let at = start;
  for (let first = 0; first < queue.length;) {
    const outer = queue[first]!;
    let next = first + 1;
    while (next < queue.length && queue[next]!.start < outer.end) next += 1;
    const within = queue.slice(first + 1, next);
    if (outer.start > at) pieces.push({ words: [at, outer.start] });
    const inside = within.map((m) => ({ ...m, end: Math.min(m.end, outer.end) }));
    const { start: from, end: to, opens, mark } = outer;
    pieces.push({ what: mark.what, start: from, end: to, opens, children: nest(from, to, inside) });
    at = to;
    first = next;
    for (const m of within) if (m.end > to) insert(queue, first, { ...m, opens: false, start: to });
  }
  if (at < end) pieces.push({ words: [at, end] });
  return pieces;
}

function insert<T>(queue: Waiting<T>[], first: number, late: Waiting<T>): void {
  let at = first;
  while (at < queue.length && inOrder(queue[at]!, late) <= 0) at += 1;
  queue.splice(at, 0, late);
}

function inOrder<T>(a: Waiting<T>, b: Waiting<T>): number {
  return a.start - b.start || b.end - a.end || a.given - b.given;
}
