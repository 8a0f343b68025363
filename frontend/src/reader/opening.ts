/** Where a book is opened, if the address says nothing or names a chapter. */

import { matchPath, parseHash, parsePlace, type BookPlace } from "../routes";
import type { Library } from "../state/library.svelte";
import { keptPlace } from "../state/place";

const START: BookPlace = { chapter: 0, start: null, end: null };

/** What the address says, or else where the book was left, if that has been read. */
export function placeToOpen(library: Library, asked: BookPlace | null): BookPlace {
  const { story } = library;
  if (asked || !story) return asked ?? START;
  const kept = parsePlace(keptPlace(story.text_sha256));
  return kept && kept.chapter < story.chapters.length && library.mayRead(kept.chapter) ? kept : START;
}

/** Asks for the chapter that will be shown first, while the page is still being made. */
export function askAhead(library: Library, hash: string): void {
  const { path } = parseHash(hash);
  const params = path === "/" ? {} : matchPath("/read/:place?", path);
  if (!params) return;
  const { chapter } = placeToOpen(library, parsePlace(params["place"]));
  const exists = chapter < (library.story?.chapters.length ?? 0);
  if (exists && library.mayRead(chapter)) library.chapter(chapter).catch(() => undefined); // asked again where it is shown
}
