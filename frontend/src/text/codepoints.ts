/** The API counts code points, JavaScript UTF-16 units: 𝄞 is one of the former and two of the latter. */

export interface CodePoints {
  /** The unit at which the code point begins. */
  toUnit(point: number): number;
  /** The code point that a unit belongs to. */
  toPoint(unit: number): number;
  /** How many code points there are. */
  readonly length: number;
}

const ASTRAL = /[\ud800-\udbff][\udc00-\udfff]/;

/** Converts offsets within `text`; costs nothing where the two agree, as in nearly every paragraph. */
export function codePoints(text: string): CodePoints {
  return ASTRAL.test(text) ? new Mapped(text) : new Same(text.length);
}

class Same implements CodePoints {
  constructor(readonly length: number) {}
  toUnit(point: number): number {
    return Math.max(0, Math.min(point, this.length));
  }
  toPoint(unit: number): number {
    return this.toUnit(unit);
  }
}

class Mapped implements CodePoints {
  /** For each code point the unit at which it begins, and one more for the end. */
  readonly #units: readonly number[];

  constructor(text: string) {
    const units: number[] = [];
    let unit = 0;
    for (const character of text) {
      units.push(unit);
      unit += character.length;
    }
    this.#units = [...units, unit];
  }

  get length(): number {
    return this.#units.length - 1;
  }

  toUnit(point: number): number {
    return this.#units[Math.max(0, Math.min(point, this.length))]!;
  }

  toPoint(unit: number): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#units[middle]! <= unit) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
