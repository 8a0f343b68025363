/** Decoders: what an answer must look like, checked when it arrives; its TypeScript type follows from the decoder. */

export type Decoder<T> = (value: unknown, at: string) => T;
export type Decoded<D> = D extends Decoder<infer T> ? T : never;

/** An answer that is not what the API promises. `at` is where in it: "quotes[3].speaker". */
export class PayloadError extends Error {
  constructor(
    readonly at: string,
    wanted: string,
    seen: unknown,
  ) {
    super(`${at || "the answer"} should be ${wanted}, but is ${describe(seen)}`);
    this.name = "PayloadError";
  }
}

function describe(value: unknown): string {
  if (value === undefined) return "missing";
  const written = JSON.stringify(value) ?? typeof value;
  return written.length > 60 ? `${written.slice(0, 60)}…` : written;
}

export const string: Decoder<string> = (value, at) => {
  if (typeof value !== "string") throw new PayloadError(at, "a string", value);
  return value;
};

export const number: Decoder<number> = (value, at) => {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new PayloadError(at, "a number", value);
  return value;
};

export const boolean: Decoder<boolean> = (value, at) => {
  if (typeof value !== "boolean") throw new PayloadError(at, "true or false", value);
  return value;
};

export function nullable<T>(inner: Decoder<T>): Decoder<T | null> {
  return (value, at) => (value === null || value === undefined ? null : inner(value, at));
}

export function oneOf<const T extends string>(...allowed: readonly T[]): Decoder<T> {
  return (value, at) => {
    if (!allowed.includes(value as T)) throw new PayloadError(at, `one of ${allowed.join(", ")}`, value);
    return value as T;
  };
}

export function array<T>(inner: Decoder<T>): Decoder<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw new PayloadError(at, "a list", value);
    return value.map((item, i) => inner(item, `${at}[${i}]`));
  };
}

/** A list that may be absent, which is an empty one. */
export function optionalArray<T>(inner: Decoder<T>): Decoder<readonly T[]> {
  const list = array(inner);
  return (value, at) => (value === undefined || value === null ? [] : list(value, at));
}

export type Span = readonly [start: number, end: number];

export const span: Decoder<Span> = (value, at) => {
  if (!Array.isArray(value) || value.length !== 2) throw new PayloadError(at, "[start, end]", value);
  return [number(value[0], `${at}[0]`), number(value[1], `${at}[1]`)];
};

/** An object whose keys are ids. */
export function byId<T>(inner: Decoder<T>): Decoder<ReadonlyMap<number, T>> {
  return (value, at) => {
    if (typeof value !== "object" || value === null) throw new PayloadError(at, "an object by id", value);
    return new Map(Object.entries(value).map(([id, item]) => [Number(id), inner(item, `${at}.${id}`)]));
  };
}

/** An object whose keys are words. */
export function byWord<T>(inner: Decoder<T>): Decoder<ReadonlyMap<string, T>> {
  return (value, at) => {
    if (typeof value !== "object" || value === null) throw new PayloadError(at, "an object", value);
    return new Map(Object.entries(value).map(([key, item]) => [key, inner(item, `${at}.${key}`)]));
  };
}

type Shape = Record<string, Decoder<unknown>>;
type Shaped<S extends Shape> = { readonly [K in keyof S]: Decoded<S[K]> };

/** An object with these fields; further ones may be added to the API and are left alone. */
export function object<S extends Shape>(shape: S): Decoder<Shaped<S>> {
  const fields = Object.entries(shape);
  return (value, at) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new PayloadError(at, "an object", value);
    const given = value as Record<string, unknown>;
    const decoded: Record<string, unknown> = {};
    for (const [key, inner] of fields) decoded[key] = inner(given[key], at ? `${at}.${key}` : key);
    return decoded as Shaped<S>;
  };
}
