/** The browser's own store, or one that forgets where it may not be used (some browsers refuse it to pages from disk). */

import type { Shelf } from "./position";

class Forgetful implements Shelf {
  readonly #kept = new Map<string, string>();
  getItem(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#kept.set(key, value);
  }
  removeItem(key: string): void {
    this.#kept.delete(key);
  }
  key(index: number): string | null {
    return [...this.#kept.keys()][index] ?? null;
  }
  get length(): number {
    return this.#kept.size;
  }
}

function open(): Shelf {
  try {
    const { localStorage } = window;
    localStorage.getItem("fabula");
    return localStorage;
  } catch {
    return new Forgetful();
  }
}

export const shelf = open();
