/** A passage cut to what is read at a glance, with its words marked. */

import type { Passage } from "../api/payloads";
import { codePoints } from "./codepoints";
import { nestMarks, type Mark } from "./marks";

export interface Excerpted {
  readonly text: string;
  readonly marked: boolean;
}

const AROUND = 180; // code points on either side of the marked words

export function excerpt({ text, marked, also }: Pick<Passage, "text" | "marked" | "also">, around = AROUND): Excerpted[] {
  const points = codePoints(text);
  const spans = [marked, ...(also ? [also] : [])];
  const first = Math.min(...spans.map((s) => s[0]));
  const last = Math.max(...spans.map((s) => s[1]));
  const start = first > around * 1.4 ? first - around : 0;
  const end = points.length - last > around * 1.4 ? last + around : points.length;
  const cut = (from: number, to: number) => text.slice(points.toUnit(from), points.toUnit(to));
  const marks: Mark<true>[] = spans.map(([s, e]) => ({ start: s, end: e, what: true }));
  const pieces = nestMarks(start, end, marks).map((piece) =>
    "words" in piece ? { text: cut(...piece.words), marked: false } : { text: cut(piece.start, piece.end), marked: true },
  );
  if (start > 0) pieces.unshift({ text: "…", marked: false });
  if (end < points.length) pieces.push({ text: "…", marked: false });
  return pieces;
}
