"""The people of a story while they are corrected: who is mentioned where, under which names, and who is one with whom."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from fabula.records import (
    Gender,
    GenderCue,
    Given,
    GivenGender,
    GivenGroup,
    GivenName,
    Identity,
    Mention,
    MentionKind,
    Place,
    Span,
    Text,
)
from fabula.story.cast import fold_name
from fabula.story.corrections.parts import earliest, is_open, keep_together, link, neighbours_of, reach
from fabula.story.corrections.places import Misfit, find_words


def is_somebody(rest: Iterable[Mention], whole: Iterable[Mention]) -> bool:
    """Whether some mentions of a person are left as a person: pronouns only if nobody ever had a name or a description."""
    plain = {m.kind is MentionKind.PRONOUN for m in whole}
    return any(m.kind is not MentionKind.PRONOUN or plain == {True} for m in rest)


class People:
    """What is changed step by step, and frozen again at the end. Characters are ids before folding."""

    def __init__(
        self, text: Text, mentions: Sequence[Mention], identities: Iterable[Identity], cues: Iterable[GenderCue], given: Given
    ) -> None:
        self._text = text
        self.mentions = list(mentions)
        self.identities = list(identities)
        self._names = {n.character: n for n in given.names}
        self._genders = {g.character: g for g in given.genders}
        self._groups = {g.character: g for g in given.groups}
        self.struck = dict.fromkeys(given.struck)
        self._at = {m.span: index for index, m in enumerate(mentions)}
        self._of: dict[int, list[int]] = defaultdict(list)
        for index, mention in enumerate(mentions):
            if mention.character is not None:
                self._of[mention.character].append(index)
        self._cues = [(cue, self._mention_before(cue)) for cue in cues]
        self._next = 1 + max(self._of, default=-1)
        self._places: dict[Place, Span | Misfit] = {}
        self._keys: dict[str, str] = {}

    def _mention_before(self, cue: GenderCue) -> int | None:
        """The index of the mention that a cue speaks for: the last of its character that does not begin after it."""
        own = self._of.get(cue.character, [])
        found = bisect_right(own, cue.span.start, key=lambda index: self.mentions[index].span.start)
        return own[found - 1] if found else None

    @cached_property
    def first(self) -> Mapping[int, Span]:
        """The first mention of each character."""
        return {id_: self.mentions[indices[0]].span for id_, indices in self._of.items()}

    @cached_property
    def _one(self) -> Mapping[int, Sequence[int]]:
        return neighbours_of(self.identities)

    @cached_property
    def _openly_one(self) -> Mapping[int, Sequence[int]]:
        return neighbours_of(i for i in self.identities if is_open(i, self.first))

    def _forget(self) -> None:
        """After mentions or identities have changed."""
        for name in ("first", "_one", "_openly_one"):
            self.__dict__.pop(name, None)

    def find(self, place: Place) -> Span | Misfit:
        """Where a quoted place is."""
        if place not in self._places:
            self._places[place] = find_words(self._text.string, self._text.chapters, place)
        return self._places[place]

    def mention_at(self, span: Span) -> int | None:
        """The index of the mention with exactly these words."""
        return self._at.get(span)

    def mentions_of(self, characters: Iterable[int]) -> list[int]:
        """The indices of the mentions of several characters, in text order."""
        return sorted(index for id_ in characters for index in self._of.get(id_, ()))

    def key_of(self, index: int) -> str:
        """The words of a mention as names are compared."""
        return self.key(self._text.quote(self.mentions[index].span))

    def key(self, name: str) -> str:
        """A name as it is compared: without case and marks, unless it is nothing else."""
        if name not in self._keys:
            self._keys[name] = fold_name(name) or name.strip()
        return self._keys[name]

    def called(self, key: str) -> set[int]:
        """The characters that are called so: those to which the name was given by hand, else those of whom some mention has it."""
        return {n.character for n in self._names.values() if self.key(n.name) == key} or self.bearers_of(key)

    def bearers_of(self, key: str) -> set[int]:
        """The characters of whom some mention has these words."""
        characters = {self.mentions[index].character for index in self._with_key.get(key, ())}
        return {id_ for id_ in characters if id_ is not None}

    @cached_property
    def _with_key(self) -> Mapping[str, list[int]]:
        """The indices of the mentions by their words."""
        found: dict[str, list[int]] = defaultdict(list)
        for index in range(len(self.mentions)):
            found[self.key_of(index)].append(index)
        return found

    def is_struck(self, key: str) -> bool:
        """Whether a name is that of what was said to be no person."""
        return any(self.key(self._text.quote(span)) == key for span in self.struck)

    def whole_of(self, one: int) -> frozenset[int]:
        """All that are one with a character."""
        return reach(one, self._one)

    def foremost_of(self, one: int) -> int:
        """Who stands for a character: of those that are openly one with it the one who is read first."""
        return earliest(reach(one, self._openly_one), self.first)

    # --- what corrections do

    def join(self, one: int, other: int) -> None:
        """Make two characters one, where they are not."""
        if other not in self.whole_of(one):
            self.identities.append(link(self.foremost_of(one), self.foremost_of(other), self.first))
            self._forget()

    def take_out(self, moving: set[int], whole: frozenset[int]) -> int:
        """Make mentions of a character, given by their indices, somebody else's. Returns that one. whole: all who are that one."""
        ours = [i for i in self.identities if i.one in whole and i.other in whole]
        self.identities = [i for i in self.identities if i.one not in whole or i.other not in whole]
        gone = {id_ for id_ in whole if self._of.get(id_) and moving.issuperset(self._of[id_])}
        parted = sorted(index for index in moving if self.mentions[index].character not in gone)
        new = self._give_to_somebody_new(parted) if parted else None
        self._forget()
        self.identities += keep_together(whole - gone, ours, self.first)
        self.identities += keep_together(gone, ours, self.first)
        if new is not None and gone:
            self.identities.append(link(earliest(gone, self.first), new, self.first))
        self._forget()
        return earliest(gone if new is None else {new, *gone}, self.first)

    def _give_to_somebody_new(self, indices: list[int]) -> int:
        new, self._next = self._next, self._next + 1
        for index in indices:
            if (owner := self.mentions[index].character) is not None:
                self._of[owner].remove(index)
            self.mentions[index] = self.mentions[index].of(new)
        self._of[new] = indices
        return new

    def strike(self, whole: Collection[int]) -> None:
        """Make what was taken for a character nobody."""
        for index in self.mentions_of(whole):
            self.struck[self.mentions[index].span] = None
            self.mentions[index] = self.mentions[index].of(None)
        self.identities = [i for i in self.identities if i.one not in whole and i.other not in whole]
        for id_ in whole:
            self._of.pop(id_, None)
            self._names.pop(id_, None)
            self._genders.pop(id_, None)
            self._groups.pop(id_, None)
        self._forget()
        self._groups = {id_: replace(g, members=tuple(m for m in g.members if m not in whole)) for id_, g in self._groups.items()}

    def strike_again(self) -> None:
        """Make nobody of mentions that had been struck before later readers saw them."""
        for span in self.struck:
            index = self._at.get(span)
            if index is not None and (id_ := self.mentions[index].character) is not None:
                self.mentions[index] = self.mentions[index].of(None)
                self._of[id_].remove(index)
                if not self._of[id_]:
                    self.strike([id_])

    def name(self, one: int, name: str) -> None:
        self._names.pop(one, None)  # the last one holds
        self._names[one] = GivenName(one, name)

    def set_gender(self, one: int, gender: Gender) -> None:
        for id_ in sorted(reach(one, self._openly_one)):
            self._genders.pop(id_, None)
            self._genders[id_] = GivenGender(id_, gender)

    def group(self, one: int, members: Sequence[int], *, is_group: bool) -> None:
        self._groups.pop(one, None)
        self._groups[one] = GivenGroup(one, is_group, tuple(members))

    # --- frozen again

    @property
    def cues(self) -> tuple[GenderCue, ...]:
        """The cues, each with whom its mention is now; none of nobody, and none against a gender that is given.

        If she is a woman, a "he" was not hers.
        """
        now = ((cue, cue.character if index is None else self.mentions[index].character) for cue, index in self._cues)
        return tuple(replace(cue, character=id_) for cue, id_ in now if id_ is not None and self._allows(id_, cue.gender))

    def _allows(self, one: int, gender: Gender) -> bool:
        given = self._genders.get(one)
        return given is None or given.gender in (gender, Gender.UNKNOWN)

    @property
    def given(self) -> Given:
        return Given(tuple(self._names.values()), tuple(self._genders.values()), tuple(self._groups.values()), tuple(self.struck))
