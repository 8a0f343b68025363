/** How dark a chapter is in a strip of presence, and the strip as paths. */

export const LEVELS = 4;

/** 0 for none, 1 to LEVELS by the square root: who is seen twice still shows beside who is seen two hundred times. */
export function levelOf(n: number, most: number): number {
  return n <= 0 ? 0 : Math.max(1, Math.round(LEVELS * Math.sqrt(n / Math.max(n, most))));
}

/** For each level a path of unit squares, side by side; `first` is the chapter that `presence` begins with. */
export function heatPaths(presence: readonly number[], most: number, first = 0): string[] {
  const paths = Array.from({ length: LEVELS }, () => "");
  for (let at = 0; at < presence.length;) {
    const level = levelOf(presence[at]!, most);
    let next = at + 1;
    while (next < presence.length && levelOf(presence[next]!, most) === level) next += 1;
    if (level) paths[level - 1] += `M${first + at} 0h${next - at}v1h${at - next}z`;
    at = next;
  }
  return paths;
}
