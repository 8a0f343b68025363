/** Paragraphs as elements: their words, with quotes, people and italics marked. Text is only ever set as text. */

import type { Chapter, Mention, Paragraph, People, Quote, Span } from "../api/payloads";
import { codePoints } from "../text/codepoints";
import { nestMarks, type Mark, type Piece } from "../text/marks";
import { noteFor } from "./note";

type What =
  | { readonly kind: "mention"; readonly mention: Mention }
  | { readonly kind: "quote"; readonly quote: Quote; readonly first: boolean }
  | { readonly kind: "emphasis" };

/** Sets the paragraphs of one chapter. */
export class Typesetter {
  readonly #people: People;
  readonly #marks: readonly Mark<What>[];
  /** For each mark the furthest end of it and all before it: finds those that reach into a paragraph. */
  readonly #reach: readonly number[];

  constructor(chapter: Pick<Chapter, "mentions" | "quotes" | "people" | "emphasis">) {
    this.#people = chapter.people;
    this.#marks = marksOf(chapter);
    let reach = 0;
    this.#reach = this.#marks.map((mark) => (reach = Math.max(reach, mark.end)));
  }

  set(paragraph: Paragraph, opening: boolean): HTMLElement {
    const element = document.createElement(TAGS[paragraph.kind] ?? "p");
    element.className = opening ? `${paragraph.kind} opening` : paragraph.kind;
    element.dataset["start"] = String(paragraph.start);
    if (paragraph.kind === "break") {
      element.setAttribute("role", "separator");
      element.textContent = paragraph.text.trim() || "\u2042";
      return element;
    }
    const points = codePoints(paragraph.text);
    const words = (from: number, to: number) =>
      paragraph.text.slice(points.toUnit(from - paragraph.start), points.toUnit(to - paragraph.start));
    const marks = this.#marksIn(paragraph.start, paragraph.end);
    this.#append(element, nestMarks(paragraph.start, paragraph.end, marks), words);
    return element;
  }

  #append(parent: HTMLElement, pieces: readonly Piece<What>[], words: (from: number, to: number) => string): void {
    for (const piece of pieces) {
      if ("words" in piece) {
        parent.append(words(...piece.words));
        continue;
      }
      const { what } = piece;
      if (what.kind === "quote" && what.first && piece.opens) parent.append(noteFor(what.quote, this.#people));
      const element = this.#elementFor(what);
      this.#append(element, piece.children, words);
      parent.append(element);
    }
  }

  #elementFor(what: What): HTMLElement {
    if (what.kind === "emphasis") return document.createElement("em");
    const element = document.createElement("span");
    if (what.kind === "quote") {
      element.className = what.quote.sure ? "quote" : "quote unsure";
      element.dataset["quote"] = String(what.quote.id);
      return element;
    }
    const { mention } = what;
    element.className = `mention ${mention.kind}`;
    element.dataset["person"] = String(mention.person);
    element.dataset["hue"] = String(this.#people.get(mention.person)?.hue ?? "none");
    element.tabIndex = -1;
    return element;
  }

  #marksIn(start: number, end: number): readonly Mark<What>[] {
    const first = lowest(this.#marks.length, (i) => this.#reach[i]! > start);
    const after = lowest(this.#marks.length, (i) => this.#marks[i]!.start >= end);
    return this.#marks.slice(first, after).filter((mark) => mark.end > start);
  }
}

const TAGS: Record<string, string> = { heading: "h2", inset: "blockquote" };

function marksOf({ mentions, quotes, emphasis }: Pick<Chapter, "mentions" | "quotes" | "emphasis">): Mark<What>[] {
  const spans: [Span, What][] = [
    ...quotes.flatMap((quote) => quote.parts.map((part, i): [Span, What] => [part, { kind: "quote", quote, first: i === 0 }])),
    ...mentions.map((mention): [Span, What] => [[mention.start, mention.end], { kind: "mention", mention }]),
    ...emphasis.map((span): [Span, What] => [span, { kind: "emphasis" }]),
  ];
  return spans.map(([[start, end], what]) => ({ start, end, what })).sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The lowest index from which `holds` is true. */
function lowest(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
