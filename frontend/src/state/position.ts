/** How far the reader has come, kept in the browser for each story by the hash of its text. */

import type { Until } from "../api/source";

const PREFIX = "fabula.position.";

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  key(index: number): string | null;
  readonly length: number;
}

export class Positions {
  constructor(private readonly shelf: Shelf) {}

  /** Whether any story has a position: then the first request must not look at the whole book. */
  get any(): boolean {
    for (let i = 0; i < this.shelf.length; i += 1) if (this.shelf.key(i)?.startsWith(PREFIX)) return true;
    return false;
  }

  /** null is the whole book; a position past its end counts as none. */
  of(sha256: string, chapters: number): Until {
    const kept = this.shelf.getItem(PREFIX + sha256);
    const index = kept === null ? Number.NaN : Number(kept);
    return Number.isInteger(index) && index >= 0 && index < chapters ? index : null;
  }

  keep(sha256: string, until: Until): void {
    if (until === null) this.shelf.removeItem(PREFIX + sha256);
    else this.shelf.setItem(PREFIX + sha256, String(until));
  }
}

/** Whether a chapter may be opened. */
export function mayRead(chapter: number, until: Until): boolean {
  return until === null || chapter <= until;
}
