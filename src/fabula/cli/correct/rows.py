"""The cast as rows of a table, and what has been changed in them as corrections."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from fabula import StoryView
from fabula.cli.correct.sheet import Row, as_item, as_items, read_mention, write_mention
from fabula.cli.terminal import one_line
from fabula.errors import FabulaError, RowError
from fabula.records import Character, Correction, Gender, Grouping, Mention, Merge, NotAPerson, Place, Rename, SetGender, Who
from fabula.story.cast import fold_name
from fabula.story.corrections.places import Misfit, find_words
from fabula.story.corrections.pointing import point_at, point_at_split

YES, NO = "yes", "no"
_MEANS_YES, _MEANS_NO = frozenset("yes y true 1 x".split()), frozenset("no n false 0".split())

Told = tuple[int, Correction]
"""A correction, and the number of the row that it comes from."""


def rows_of(view: StoryView) -> Iterator[Mapping[str, str]]:
    """A row for each character, the most mentioned first."""
    mentions: dict[int | None, list[Mention]] = defaultdict(list)
    for mention in view.mentions:
        mentions[mention.character].append(mention)
    for character in view.cast:
        place = point_at(view, character, mentions[character.id]).place or Place("")
        yield {
            "character": str(character.id),
            "name": one_line(character.name),
            "names": as_items(n.text for n in character.names),
            "gender": character.gender.value,
            "group": YES if character.group else NO,
            "members": as_items(view.cast.by_id(id_).name for id_ in character.members),
            "person": YES,
            "chapter": "" if place.chapter is None else str(place.chapter),
            "mention": write_mention(place),
        }


def compare_rows(view: StoryView, path: Path, rows: Iterable[Row]) -> list[Told]:
    """What rows say otherwise than the story, as corrections in an order in which they can be applied.

    Two rows with one number in `character` are one person; a name that has moved to another row is that one's. People and columns
    that are left out stay as they are. path: the file that errors name. Raises RowError where a row cannot be so.
    """
    return _Comparison(view, path, list(rows)).corrections()


class _Comparison:
    """Rows, with whose they are; rows of people who are not there yet are new."""

    def __init__(self, view: StoryView, path: Path, rows: Sequence[Row]) -> None:
        self._view, self._path = view, path
        self._at = {m.span: m for m in view.mentions}
        self._known: dict[int, tuple[Row, Character]] = {}  # by the number of the row
        self._new: dict[int, Row] = {}
        owners: dict[int, int] = {}
        for row in rows:
            person = self._person_of(row)
            if person is None:
                self._new[row.number] = row
                continue
            self._known[row.number] = row, person
            if owners.setdefault(person.id, row.number) != row.number:
                raise self._wrong(row, f"it is about the same person as row {owners[person.id]}")

    def corrections(self) -> list[Told]:
        told = list(self._moves())
        for row, person in self._known.values():
            told += self._changes(row, person)
        return told

    def _wrong(self, row: Row, mistake: str) -> RowError:
        return RowError(self._path, row.number, mistake)

    def _point_at(self, person: Character) -> Who:
        return point_at(self._view, person)

    @contextlib.contextmanager
    def _at_row(self, row: Row) -> Iterator[None]:
        """Where an error is that row's."""
        try:
            yield
        except RowError:
            raise
        except FabulaError as error:
            raise self._wrong(row, error.message) from error

    def _person_of(self, row: Row) -> Character | None:
        """Whose row it is; None if somebody's who is not there yet."""
        if not row.get("mention"):
            if row.get("character"):
                raise self._wrong(row, "`mention` is empty, so that it cannot be told whose row it is")
            return None
        place = read_mention(row)
        if place is None:
            raise self._wrong(row, "`mention` has no ⟦words⟧ any more: leave it as it was written, and save as CSV UTF-8")
        span = find_words(self._view.text, self._view.chapters, place)
        if isinstance(span, Misfit):
            raise self._wrong(row, f"`{place.before}{place.words}{place.after}` {span}")
        mention = self._at.get(span)
        if mention is None or mention.character is None:
            raise self._wrong(row, f"nobody is meant by `{place.words}` any more")
        return self._view.cast.by_id(mention.character)

    # --- names that have moved to another row

    def _moves(self) -> Iterator[Told]:
        takers = self._takers()
        made: dict[int, Who] = {}  # who is made of the names of a new row
        for row, person in self._known.values():
            parts: dict[int, list[str]] = defaultdict(list)
            for name in self._missing(row, person):
                found = takers.get(fold_name(name), [])
                if len(found) != 1:
                    several = f"rows {' and '.join(str(r.number) for r in found)} have it"
                    nobody = "put it into the row of whoever has it, or into a new row"
                    raise self._wrong(row, f"the name `{name}` is gone: {several if found else nobody}")
                parts[found[0].number].append(name)
            for number, names in parts.items():
                yield from self._move(row, person, number, names, made)
        for row in self._new.values():
            if row.number not in made:
                raise self._wrong(row, "somebody new needs `names` that were taken out of another row")

    def _missing(self, row: Row, person: Character) -> list[str]:
        """The names that have been taken out of a row."""
        kept = set(map(fold_name, row.items("names")))
        named = {fold_name(n.text): as_item(n.text) for n in person.names}
        return [n for key, n in named.items() if key not in kept] if "names" in row.cells else []

    def _takers(self) -> dict[str, list[Row]]:
        """For each name that has been added somewhere the rows in which it was. Raises RowError if it is somebody else's still."""
        free = {fold_name(n) for row, person in self._known.values() for n in self._missing(row, person)}
        takers: dict[str, list[Row]] = defaultdict(list)
        every = [*self._known.values(), *((row, None) for row in self._new.values())]
        for row, person in every:
            own = {fold_name(n.text) for n in person.names} if person else set()
            for name in row.items("names"):
                key = fold_name(name)
                if key in own:
                    continue
                if key not in free:
                    raise self._wrong(row, self._why_not_free(name))
                takers[key].append(row)
        return takers

    def _why_not_free(self, name: str) -> str:
        owner = next((c for c in self._view.cast if fold_name(name) in {fold_name(n.text) for n in c.names}), None)
        if owner is None:
            return f"nobody is called `{name}` in the text; what a person is shown as stands in `name`"
        return f"`{name}` is a name of `{owner.name}`: take it out of that row, too"

    def _move(self, row: Row, person: Character, number: int, names: Sequence[str], made: dict[int, Who]) -> Iterator[Told]:
        """Part names from a person, and join them to the person of another row."""
        keys = set(map(fold_name, names))
        moving = [m for m in self._view.mentions_of(person) if fold_name(self._view.quote(m.span)) in keys]
        with self._at_row(row):
            part = Who(names[0], point_at(self._view, person, moving).place)
            is_first = number in self._new and number not in made
            name = self._new[number].get("name") if is_first else ""
            yield (
                row.number,
                point_at_split(self._view, person, names, (), "" if fold_name(name) in keys and len(keys) == 1 else name),
            )
        if is_first:
            made[number] = part
            yield from self._sayings_of_new(self._new[number], part)
        else:
            taker = made[number] if number in made else self._point_at(self._known[number][1])
            yield number, Merge(part, taker)

    def _sayings_of_new(self, row: Row, who: Who) -> Iterator[Told]:
        gender = self._gender(row)
        if gender not in (None, Gender.UNKNOWN):
            yield row.number, SetGender(who, gender)
        members = self._members(row)
        if members or self._is_yes(row, "group"):
            yield row.number, Grouping(who, tuple(self._point_at(m) for m in members or ()))

    # --- other cells

    def _changes(self, row: Row, person: Character) -> Iterator[Told]:
        with self._at_row(row):
            said = list(self._sayings(row, person))
            other = self._merged_into(row, person)
            if other is None:
                yield from ((row.number, correction) for correction in said)
            elif said:
                raise self._wrong(row, f"it is one with `{other.name}` now: change what is said of them in that row alone")
            else:
                yield row.number, Merge(self._point_at(person), self._point_at(other))

    def _merged_into(self, row: Row, person: Character) -> Character | None:
        number = row.get("character").removesuffix(".0")
        if number == str(person.id) or not number:
            return None
        try:
            return self._view.cast.by_id(int(number))
        except (ValueError, KeyError) as error:
            raise self._wrong(row, f"there is no character `{number}`") from error

    def _sayings(self, row: Row, person: Character) -> Iterator[Correction]:
        gender = self._gender(row)
        if gender not in (None, person.gender):
            yield SetGender(self._point_at(person), gender)
        members, is_group = self._members(row), self._is_yes(row, "group")
        if is_group is False and members:
            raise self._wrong(row, "it has members, but is no group")
        if is_group is False and person.group:
            yield Grouping(self._point_at(person), is_group=False)
        elif (members is not None and {m.id for m in members} != set(person.members)) or (is_group and not person.group):
            yield Grouping(self._point_at(person), tuple(self._point_at(m) for m in members or ()))
        if "name" in row.cells and row.get("name") != one_line(person.name):
            if not row.get("name"):
                raise self._wrong(row, "`name` is empty")
            yield Rename(self._point_at(person), row.get("name"))
        if self._is_yes(row, "person") is False:
            yield NotAPerson(self._point_at(person))

    def _gender(self, row: Row) -> Gender | None:
        said = row.get("gender").lower()
        if not said:
            return None
        if said not in list(Gender):
            raise self._wrong(row, f"`gender` is female, male or unknown, not `{said}`")
        return Gender(said)

    def _is_yes(self, row: Row, head: str) -> bool | None:
        """Whether a cell says yes; None if it says nothing."""
        said = row.get(head).lower()
        if not said:
            return None
        if said not in _MEANS_YES | _MEANS_NO:
            raise self._wrong(row, f"`{head}` is yes or no, not `{said}`")
        return said in _MEANS_YES

    def _members(self, row: Row) -> list[Character] | None:
        """The members that a row has, by their names or numbers; None if it has no such column."""
        if "members" not in row.cells:
            return None
        with self._at_row(row):
            return [self._member(item) for item in row.items("members")]

    def _member(self, item: str) -> Character:
        if item.isdecimal() and any(c.id == int(item) for c in self._view.cast):
            return self._view.cast.by_id(int(item))
        shown = [c for c in self._view.cast if as_item(c.name) == item]
        return shown[0] if len(shown) == 1 else self._view.cast.find(item)
