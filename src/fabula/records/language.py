"""What the reading model's pass says of a text: the grammar of its words, and scores between its mentions.

Numbers are packed (a novel has hundreds of thousands of words): bytes and arrays, a place a token, which nobody changes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from fabula.records.lemmas import apply_script
from fabula.records.people import Mention

ROOT = -1
"""The head of a word that has none: the one that a sentence hangs on."""


class TaggedWord(NamedTuple):
    """A word's grammar, in the terms of Universal Dependencies: upos "VERB", feats "Mood=Ind|Tense=Past", relation "nsubj".

    head is the token's number in the text, `ROOT` at a root.
    """

    upos: str
    feats: str
    lemma: str
    head: int
    relation: str

    def has(self, *features: str) -> bool:
        """
        >>> TaggedWord("VERB", "Tense=Past|VerbForm=Fin", "go", -1, "root").has("VerbForm=Fin", "Tense=Past")
        True
        """
        return _split(self.feats).issuperset(features)


@cache
def _split(feats: str) -> frozenset[str]:
    return frozenset(feats.split("|"))


class Inventory(NamedTuple):
    """What the numbers of `Tags` stand for. feats are whole sets ("Mood=Ind|Tense=Past"), scripts those of `apply_script`."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    scripts: tuple[str, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tags:
    """The grammar of each token of a text, in their order.

    upos, feats, relations: a byte a token; lemmas: array "H". They are numbers into the inventory.
    heads: array "i", the head's token number in the text, in the same sentence; `ROOT` at a root.
    """

    inventory: Inventory
    upos: bytes
    feats: bytes
    lemmas: array[int]
    heads: array[int]
    relations: bytes

    def __len__(self) -> int:
        return len(self.upos)

    def word(self, number: int, form: str) -> TaggedWord:
        """The grammar of a token, of which `form` is the word as printed.

        >>> names = Inventory(("VERB",), ("Tense=Past",), ("l2",), ("root",))
        >>> Tags(names, b"\\0", b"\\0", array("H", [0]), array("i", [ROOT]), b"\\0").word(0, "Walked").lemma
        'walk'
        """
        names = self.inventory
        return TaggedWord(
            names.upos[self.upos[number]],
            names.feats[self.feats[number]],
            apply_script(form, names.scripts[self.lemmas[number]]),
            self.heads[number],
            names.relations[self.relations[number]],
        )

    def first(self, n: int) -> Tags:
        """Those of the first `n` tokens."""
        if n >= len(self):
            return self
        return Tags(self.inventory, self.upos[:n], self.feats[:n], self.lemmas[:n], self.heads[:n], self.relations[:n])


class Link(NamedTuple):
    """One score of `Links`."""

    row: int
    column: int
    log_odds: float


@dataclass(frozen=True, slots=True)
class Links:
    """Scores of pairs, those that are worth keeping; a pair that is not among them is out of the question.

    rows, columns: arrays "i" of ids, by growing row; log_odds: array "f".
    """

    rows: array[int] = field(default_factory=lambda: array("i"))
    columns: array[int] = field(default_factory=lambda: array("i"))
    log_odds: array[float] = field(default_factory=lambda: array("f"))

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Link]:
        return map(Link, self.rows, self.columns, self.log_odds)


class PackedSegment(NamedTuple):
    """What the model said of one segment, as `fabula.neural` packs it. key: of the segment's words, the model and the runtime."""

    key: str
    reading: bytes


@dataclass(frozen=True, slots=True)
class TextReading:
    """All that the pass says of a text; `fabula.language` makes it of the segments' readings.

    event_log_odds: array "f", a score a token: that the word is the trigger of an event that happens.
    mentions: in text order, outer before inner, ids counted from 0 in that order; without characters.
    antecedents, attributes: rows are mentions' ids, columns those of earlier mentions. speakers: rows are quotations' ids, columns
        mentions'; that nobody of them speaks has log-odds 0. named: the same where only mentions are asked that say who it is.
    segments: for the next reading of the same words.
    """

    tags: Tags
    event_log_odds: array[float]
    mentions: tuple[Mention, ...] = ()
    antecedents: Links = field(default_factory=Links)
    attributes: Links = field(default_factory=Links)
    speakers: Links = field(default_factory=Links)
    named: Links = field(default_factory=Links)
    segments: tuple[PackedSegment, ...] = ()
