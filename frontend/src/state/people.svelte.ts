/** People whom an address names by id: ids change with the story and the position, the people meant do not. */

import { untrack } from "svelte";
import type { CastPerson } from "../api/payloads";
import { sameAs } from "../person/sameAs";
import type { Library } from "./library.svelte";

export interface Followed {
  readonly who: (id: number | null) => CastPerson | undefined;
  /** Whether the ids are those of the story as it is now: before that nothing may be asked with them. */
  readonly settled: boolean;
}

/**
 * To be called while a component is set up.
 *
 * moved: called with whoever has which id now, null for who is nobody any more; it is to change the address.
 */
export function followPeople(
  library: Library,
  ids: () => readonly (number | null)[],
  moved: (now: (id: number | null) => number | null) => void,
): Followed {
  let cast = $state.raw<readonly CastPerson[]>([]);
  let at = $state.raw("");

  $effect.pre(() => {
    const [moment, asked] = [library.moment, ids()];
    let wanted = true;
    library
      .cast()
      .then(({ people }) => {
        if (!wanted) return;
        const [before, was] = untrack(() => [cast, at]);
        const known = new Map(before.map((p) => [p.id, p]));
        const now = (id: number | null) => {
          const person = id === null ? undefined : known.get(id);
          return (person && sameAs(person, people)?.id) ?? null;
        };
        const same = was === "" || was === moment || asked.every((id) => now(id) === id);
        [cast, at] = [people, same ? moment : ""];
        if (!same) moved(now);
      })
      .catch(() => undefined); // told by what the page asks itself
    return () => {
      wanted = false;
    };
  });

  return {
    who: (id) => cast.find((p) => p.id === id),
    get settled() {
      return at === library.moment;
    },
  };
}
