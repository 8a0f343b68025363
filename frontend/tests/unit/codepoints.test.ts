import { describe, expect, it } from "vitest";
import { codePoints } from "../../src/text/codepoints";

describe("offsets", () => {
  it("are the same in code points and units of plain text", () => {
    const points = codePoints("‘Go,’ said Tom");
    expect([points.toUnit(5), points.toPoint(5), points.length]).toEqual([5, 5, 14]);
  });

  it("part after a character beyond the basic plane", () => {
    const text = "a𝄞b😀c";
    const points = codePoints(text);
    expect(points.length).toBe(5);
    expect([0, 1, 2, 3, 4, 5].map((p) => points.toUnit(p))).toEqual([0, 1, 3, 4, 6, 7]);
    expect(text.slice(points.toUnit(3), points.toUnit(4))).toBe("😀");
  });

  it("come back from the middle of a pair to its code point", () => {
    const points = codePoints("a𝄞b");
    expect([0, 1, 2, 3, 4].map((u) => points.toPoint(u))).toEqual([0, 1, 1, 2, 3]);
  });

  it("stay within the text", () => {
    expect(codePoints("ab").toUnit(9)).toBe(2);
    expect(codePoints("𝄞").toUnit(-1)).toBe(0);
  });

  it("round trip at every code point", () => {
    const points = codePoints("x😀é𝄞\u0301y");
    for (let p = 0; p <= points.length; p += 1) expect(points.toPoint(points.toUnit(p))).toBe(p);
  });
});
