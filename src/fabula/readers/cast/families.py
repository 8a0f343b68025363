"""Who bears which family's name, and how: as a man's ("Mr. Hale"), as a wife's ("Mrs. Hale"), as a daughter's ("Miss Hale")."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from fabula.lexicons.titles import TITLES
from fabula.readers.cast.name_words import parse_name
from fabula.records import Gender, Mention, MentionKind, Text

_OF_FAMILY = frozenset({"Mr", "Mister", "Mrs", "Lady", "Sir", "Lord", "Madame", "Monsieur"})  # titles of fathers, mothers, spouses
_OF_WIVES = frozenset(title for title in _OF_FAMILY if TITLES[title] is Gender.FEMALE)
_OF_UNMARRIED = frozenset({"Miss", "Mademoiselle", "Mlle", "Fräulein", "Fraulein", "Signorina", "Señorita", "Senorita", "Master"})


class Families(NamedTuple):
    """names: of each person the family names. as_wife: those that she bears as a wife. titled: of a family name and a gender who
    bears it as its head ("Mrs. Hale", "Sir Thomas Hale"). unmarried: who is called Miss or Master more often than Mrs.
    """

    names: Mapping[int, Set[str]]
    as_wife: Mapping[int, Set[str]]
    titled: Mapping[tuple[str, Gender], Set[int]]
    unmarried: Set[int]

    def of_birth(self, person: int) -> Set[str]:
        """The family names of the parents."""
        return self.names.get(person, frozenset()) - self.as_wife.get(person, frozenset())

    def of_marriage(self, person: int) -> Set[str]:
        """The family names of the spouse: a wife's, or all of who is not known to have one of birth."""
        return self.as_wife.get(person) or (frozenset() if person in self.unmarried else self.names.get(person, frozenset()))

    def find_heads(self, names: Iterable[str], gender: Gender) -> set[int]:
        """Who bears one of these family names as its head."""
        return {person for name in names for person in self.titled.get((name, gender), ())}


def find_families(text: Text, mentions: Sequence[Mention], known: Sequence[int | None]) -> Families:
    """Read the names of a cast. known: whom each mention names, None where it does not."""
    names: dict[int, set[str]] = defaultdict(set)
    as_wife: dict[int, set[str]] = defaultdict(set)
    titled: dict[tuple[str, Gender], set[int]] = defaultdict(set)
    unmarried: Counter[int] = Counter()
    for mention, who in zip(mentions, known, strict=True):
        if who is None or mention.kind is not MentionKind.NAME:
            continue
        title, words = parse_name(text.quote(mention.span))
        if not words or not (title or len(words) > 1):
            continue
        names[who].add(words[-1])
        unmarried[who] += (title in _OF_UNMARRIED) - (title in _OF_WIVES)
        if title in _OF_FAMILY and (len(words) == 1 or title == "Sir"):
            titled[words[-1], TITLES[title]].add(who)
        if title in _OF_WIVES:
            as_wife[who].add(words[-1])
    return Families(names, as_wife, titled, {who for who, count in unmarried.items() if count > 0})
