/** Who says how much to whom, as a table. */

import type { VoiceCell, Voices } from "../api/payloads";

export interface Matrix {
  readonly from: readonly (number | null)[];
  readonly to: readonly (number | null)[];
  /** How many quotations; 0 for none. */
  readonly at: (from: number | null, to: number | null) => number;
  readonly saidBy: (from: number | null) => number;
  readonly most: number;
}

/** The people who speak, and who are spoken to, the foremost `shown` of either; null, not known who, comes last. */
export function matrixOf({ people, cells }: Pick<Voices, "people" | "cells">, shown: number): Matrix {
  const counts = new Map<string, number>();
  const key = (from: number | null, to: number | null) => `${from} ${to}`;
  for (const { from, to, n } of cells) counts.set(key(from, to), (counts.get(key(from, to)) ?? 0) + n);
  const sum = (of: (cell: VoiceCell) => boolean) => cells.reduce((total, cell) => (of(cell) ? total + cell.n : total), 0);
  const foremost = (side: "from" | "to"): (number | null)[] => {
    const totals = new Map(people.map((id) => [id, sum((cell) => cell[side] === id)]));
    const kept = people.filter((id) => totals.get(id)).toSorted((a, b) => totals.get(b)! - totals.get(a)!);
    return [...kept.slice(0, shown), ...(cells.some((cell) => cell[side] === null) ? [null] : [])];
  };
  const [rows, columns] = [foremost("from"), foremost("to")];
  return {
    from: rows,
    to: columns,
    at: (from, to) => counts.get(key(from, to)) ?? 0,
    saidBy: (from) => sum((cell) => cell.from === from),
    most: Math.max(1, ...cells.filter((c) => c.from !== null && c.to !== null).map((c) => c.n)),
  };
}
