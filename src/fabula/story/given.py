"""Characters as the user has them: shown under the name, with the gender, as the group that a correction says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from fabula.records import Character, Given


def as_given(people: Iterable[Character], given: Given, who: Mapping[int, int]) -> list[Character]:
    """The characters of a view with what the user says of them, from their first mention on.

    who: for each character before folding who has been mentioned, under which id the view has it. Of two sayings about one
    character the later one holds.
    """
    by_id = {c.id: c for c in people}
    for name in given.names:
        if (one := by_id.get(who.get(name.character, -1))) is not None:
            by_id[one.id] = replace(one, name=name.name)
    for gender in given.genders:
        if (one := by_id.get(who.get(gender.character, -1))) is not None:
            by_id[one.id] = replace(one, gender=gender.gender)
    for group in given.groups:
        if (one := by_id.get(who.get(group.character, -1))) is not None:
            read = dict.fromkeys(who[m] for m in group.members if m in who)
            members = tuple(m for m in read if m != one.id and m in by_id) if group.is_group else ()
            by_id[one.id] = replace(one, group=group.is_group, members=members)
    return list(by_id.values())
