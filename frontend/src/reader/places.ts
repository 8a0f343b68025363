/** Between offsets of the text and the elements on the page. */

import { codePoints } from "../text/codepoints";

/** The words [start, end) as ranges of the page, one for each paragraph that is set. */
export function rangesOf(root: ParentNode, start: number, end: number): Range[] {
  return [...root.querySelectorAll<HTMLElement>("[data-start]")].flatMap((paragraph) => {
    const first = Number(paragraph.dataset["start"]);
    if (first >= end) return [];
    const range = rangeIn(paragraph, start - first, end - first);
    return range ? [range] : [];
  });
}

function rangeIn(paragraph: HTMLElement, start: number, end: number): Range | null {
  const nodes = textNodes(paragraph);
  const points = codePoints(nodes.map((node) => node.data).join(""));
  if (start >= points.length || end <= 0) return null;
  const from = locate(nodes, points.toUnit(start), false);
  const to = locate(nodes, points.toUnit(end), true);
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}

/** The words themselves, without the notes in the margin. */
function textNodes(paragraph: HTMLElement): Text[] {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_ALL, (node) => {
    if (node instanceof HTMLElement) return node.classList.contains("note") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
    return node instanceof Text ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
  });
  const found: Text[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Text);
  return found;
}

function locate(nodes: readonly Text[], unit: number, end: boolean): [Text, number] | null {
  let left = unit;
  for (const node of nodes) {
    if (left < node.length || (end && left === node.length)) return [node, left];
    left -= node.length;
  }
  const last = nodes.at(-1);
  return last ? [last, last.length] : null;
}

const FLASH_MS = 2600;

/** Marks words for a while, so that they are seen where the page has scrolled to. */
export function flash(ranges: readonly Range[]): void {
  if (!("highlights" in CSS)) return;
  const highlight = new Highlight(...ranges);
  CSS.highlights.set("place", highlight);
  setTimeout(() => {
    if (CSS.highlights.get("place") === highlight) CSS.highlights.delete("place");
  }, FLASH_MS);
}
