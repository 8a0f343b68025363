/** Addresses of the pages, all after the `#`, so that they work from disk too. */

export interface Route {
  /** "/read/12@340": without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
}

export function parseHash(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?", 2);
  return { path: decodeSafely(path) || "/", query: new URLSearchParams(query) };
}

function decodeSafely(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The parameters of "/person/:id" in "/person/17", null if it does not fit; "?" makes the last one optional. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i];
    if (part.startsWith(":")) {
      if (value !== undefined) params[part.slice(1).replace("?", "")] = value;
      else if (!part.endsWith("?")) return null;
    } else if (part !== value) return null;
  }
  return given.length <= wanted.length ? params : null;
}

/** A place in the book: a chapter's index, and words in it by code points of the text. */
export interface BookPlace {
  readonly chapter: number;
  readonly start: number | null;
  readonly end: number | null;
}

export function parsePlace(written: string | undefined): BookPlace | null {
  const parts = /^(\d+)(?:@(\d+)(?:-(\d+))?)?$/.exec(written ?? "");
  if (!parts) return null;
  const offset = (digits: string | undefined) => (digits === undefined ? null : Number(digits));
  return { chapter: Number(parts[1]), start: offset(parts[2]), end: offset(parts[3]) };
}

type Words = { readonly chapter: number; readonly start: number; readonly end: number };

export const to = {
  chapter: (index: number) => `#/read/${index}`,
  words: ({ chapter, start, end }: Words) => `#/read/${chapter}@${start}-${end}`,
  cast: () => "#/cast",
  person: (id: number) => `#/person/${id}`,
  voices: () => "#/voices",
  script: (index: number) => `#/voices/${index}`,
  quotes: (filter: { of?: number | null; to?: number | null; chapter?: number | null; unsure?: boolean } = {}) =>
    withQuery("#/quotes", filter),
  unsure: (at?: number) => withQuery("#/quotes", { unsure: true, at }),
  meet: (a: number, b: number) => withQuery("#/meet", { a, b }),
  search: (q: string) => withQuery("#/search", { q }),
  corrections: () => "#/corrections",
} as const;

function withQuery(path: string, query: Record<string, string | number | boolean | null | undefined>): string {
  const parts = Object.entries(query).flatMap(([key, value]) => {
    if (value === null || value === undefined || value === false) return [];
    return value === true ? [key] : [`${key}=${encodeURIComponent(value)}`];
  });
  return parts.length ? `${path}?${parts.join("&")}` : path;
}

/** The number that a query gives, null if it gives none. */
export function numberIn(query: URLSearchParams, key: string): number | null {
  const written = query.get(key);
  return written !== null && /^\d+$/.test(written) ? Number(written) : null;
}
