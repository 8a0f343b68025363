/** A chapter in blocks: what is set at once when it comes near, and how high it will be before that. */

import type { Paragraph } from "../api/payloads";

export interface Block {
  readonly index: number;
  readonly paragraphs: readonly Paragraph[];
  readonly start: number;
  readonly end: number;
  /** In pixels, roughly: scrolling jumps less the better it is. */
  readonly height: number;
}

const BLOCK_CHARACTERS = 6000; // about three screens: set in a few ms
const LINE_CHARACTERS = 62;
const LINE_HEIGHT = 30;

export function blocksOf(paragraphs: readonly Paragraph[], lineCharacters = LINE_CHARACTERS): Block[] {
  const blocks: Block[] = [];
  let held: Paragraph[] = [];
  let characters = 0;
  const close = () => {
    const [first, last] = [held[0], held.at(-1)];
    if (!first || !last) return;
    const lines = held.reduce((sum, p) => sum + Math.max(1, Math.ceil(p.text.length / lineCharacters)), 0);
    blocks.push({ index: blocks.length, paragraphs: held, start: first.start, end: last.end, height: lines * LINE_HEIGHT });
    [held, characters] = [[], 0];
  };
  for (const paragraph of paragraphs) {
    held.push(paragraph);
    characters += paragraph.text.length;
    if (characters >= BLOCK_CHARACTERS) close();
  }
  close();
  return blocks;
}

/** The block that holds an offset; the nearest one before it where none does. */
export function blockAt(blocks: readonly Block[], offset: number): Block | undefined {
  return blocks.findLast((block) => block.start <= offset) ?? blocks[0];
}
