import type { CastPerson, Portrait } from "../api/payloads";

type Candidate = Pick<CastPerson, "id" | "name" | "first" | "aliases">;
type Known = Pick<CastPerson | Portrait, "name" | "first" | "aliases">;

/** Who somebody is after the story was resolved anew: first mentioned at the same words, else of the same name, else once so called. */
export function sameAs<T extends Candidate>(known: Known, people: readonly T[]): T | null {
  const names = new Set(known.aliases.map((a) => a.text));
  return (
    people.find((p) => p.first.start === known.first.start && p.first.end === known.first.end) ??
    people.find((p) => p.name === known.name) ??
    people.find((p) => p.aliases.some((a) => names.has(a.text))) ??
    null
  );
}
