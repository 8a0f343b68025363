"""Who of a story's cast is whom of a novel's at PDNC, by their names, and what of it is counted.

A character of the story stands for the gold one whose aliases cover the most of its name mentions, the narrator for the gold
narrator. Who has no name in the story, and does not tell it, stands for nobody and counts nowhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass

from evaluation.pdnc_counts import BIG, Counts
from evaluation.pdnc_novels import GoldCharacter, GoldNovel, is_person
from fabula.records import Character

CAST_CATEGORIES = ("major", "intermediate")  # of the gold characters that a story must have


@dataclass(frozen=True, slots=True)
class People:
    """Who of the story is whom, by the ids of the story's characters.

    covered: of the name mentions, how many belong to each gold character. uncovered: how many are no gold alias.
    """

    stands_for: dict[int, str]
    covered: dict[int, dict[str, float]]
    uncovered: dict[int, int]

    def shares(self, gold: str) -> dict[int, float]:
        """Of a gold character's name mentions, how many each of the story's holds."""
        return {id_: owners[gold] for id_, owners in self.covered.items() if gold in owners}

    def has(self, gold: str) -> bool:
        """Whether one of the story's stands for a gold character and holds half its name mentions.

        A narrator whom nobody names is known all the same.
        """
        shares = self.shares(gold)
        whole = sum(shares.values())
        if not shares:
            return gold in self.stands_for.values()
        return any(2 * share >= whole and self.stands_for[id_] == gold for id_, share in shares.items())

    def pieces(self, gold: str) -> float:
        """Into how many of the story's characters one that is named is broken: 1 / sum of squared shares."""
        shares = self.shares(gold).values()
        whole = sum(shares)
        return 1 / sum((share / whole) ** 2 for share in shares)

    def is_big(self, id_: int) -> bool:
        return sum(self.covered[id_].values()) + self.uncovered[id_] >= BIG

    def is_false(self, id_: int) -> bool:
        """Whether a character of the story has `BIG` name mentions, and none of them is anybody's."""
        return self.is_big(id_) and not sum(self.covered[id_].values())


def identify_cast(gold: GoldNovel, cast: Iterable[Character]) -> People:
    """Say for every character of a story whom of the novel's it stands for."""
    names = Names(gold.cast)
    people = People({}, {}, {})
    for character in cast:
        votes: dict[str, float] = defaultdict(float)
        uncovered = 0
        for name in character.names:
            owners = names.owners(name.text)
            for owner in owners:
                votes[owner] += name.count / len(owners)
            if not owners:
                uncovered += name.count
        people.covered[character.id] = dict(votes)
        people.uncovered[character.id] = uncovered
        if character.narrator and gold.narrator:
            people.stands_for[character.id] = gold.narrator
        elif votes:
            people.stands_for[character.id] = max(votes, key=lambda owner: (votes[owner], owner))
    return people


class Names:
    """Whose names the gold aliases are, as wholes and word by word."""

    def __init__(self, cast: Iterable[GoldCharacter]) -> None:
        self._wholes: dict[str, set[str]] = defaultdict(set)
        self._words: dict[str, set[str]] = defaultdict(set)
        for character in cast:
            for folded in map(_fold, filter(is_person, character.aliases)):
                self._wholes[folded].add(character.name)
                for word in folded.split():
                    self._words[word].add(character.name)

    def owners(self, name: str) -> Set[str]:
        """The gold characters that a name may belong to, none if no alias covers it.

        Covered is a name that is an alias, or whose longest end or beginning is one ("my dear Elizabeth"), or with a word that only
        one character's aliases have.
        """
        folded = _fold(name)
        words = folded.split()
        shorter = (" ".join(part) for cut in range(1, len(words)) for part in (words[cut:], words[:-cut]))
        for candidate in (folded, *shorter):
            if candidate in self._wholes:
                return self._wholes[candidate]
        own = [self._words[word] for word in words if len(self._words.get(word, ())) == 1]
        return own[-1] if own else frozenset()


def _fold(name: str) -> str:
    """A name in lower case, its words parted by one space, possessives and marks left out."""
    return re.sub(r"[^a-z0-9]+", " ", name.lower().replace("’", "'").replace("'s ", " ")).strip()


def expected_cast(gold: GoldNovel) -> list[GoldCharacter]:
    """The gold characters that a story must have."""
    return [c for c in gold.cast if c.is_person and c.category in CAST_CATEGORIES]


def score_cast(gold: GoldNovel, cast: Iterable[Character]) -> Counts:
    """Score the cast alone."""
    return count_cast(gold, identify_cast(gold, cast))


def count_cast(gold: GoldNovel, people: People) -> Counts:
    """What the cast of a story adds to the counts of its novel."""
    counts = Counts()
    for name in (character.name for character in expected_cast(gold)):
        is_named = bool(people.shares(name))
        counts += Counts(
            n_cast=1,
            n_cast_hit=int(people.has(name)),
            n_cast_named=int(is_named),
            pieces_sum=people.pieces(name) if is_named else 0.0,
        )
    for id_, owners in people.covered.items():
        counts += Counts(
            n_named=sum(owners.values()),
            n_pure=owners.get(people.stands_for.get(id_, ""), 0.0),
            n_big=int(people.is_big(id_)),
            n_false=int(people.is_false(id_)),
        )
    return counts
