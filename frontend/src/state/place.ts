/** Where in the book the reader was, to go on there. */

import { shelf } from "./shelf";

const PREFIX = "fabula.place.";

export function keepPlace(sha256: string, chapter: number, start: number | null): void {
  shelf.setItem(PREFIX + sha256, start === null ? String(chapter) : `${chapter}@${start}`);
}

/** "3@1200", as routes have it; "0" if nothing has been read. */
export function keptPlace(sha256: string): string {
  return shelf.getItem(PREFIX + sha256) ?? "0";
}
