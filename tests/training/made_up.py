"""Small examples of our own, with every kind of label, and a Random to whom nothing is unlikely."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np

from fabula.records import MentionKind, MentionType
from tests.neural.test_conversation import talk
from training.examples import CLASSES, LITBANK, Example, Inventories, MentionLabels, SyntaxLabels
from training.speakers.passages import Label, Passage

INVENTORIES = Inventories(("NOUN", "VERB", "PUNCT"), ("", "Number=Sing"), ("l0", "k0", "l2"), ("root", "nsubj", "punct"))
NAME = 1 + CLASSES.index((MentionKind.NAME, MentionType.PERSON))
PLACE = 1 + CLASSES.index((MentionKind.NAME, MentionType.GEOPOLITICAL))
NOMINAL = 1 + CLASSES.index((MentionKind.NOMINAL, MentionType.PERSON))
PRONOUN = 1 + CLASSES.index((MentionKind.PRONOUN, MentionType.PERSON))


class Eager(Random):
    """Whatever has a share is likely to happen."""

    def random(self) -> float:
        return super().random() / 8


def find_starts(words: Sequence[str]) -> tuple[int, ...]:
    """A sentence ends with a stop."""
    return (0, *(at + 1 for at, word in enumerate(words[:-1]) if word == "."))


def make_mentions(
    spans: Sequence[tuple[int, int, int, int]], attributes: Sequence[tuple[int, int]] = (), guideline: int = LITBANK
) -> MentionLabels:
    """Start, end, class and chain of each; in text order, the outer first."""
    starts, ends, classes, chains = np.array(spans, np.int64).reshape(-1, 4).T.copy()
    return MentionLabels(guideline, starts, ends, classes, chains, tuple(attributes))


def make_syntax(heads: Sequence[int], *, label: int = 0) -> SyntaxLabels:
    """The same tag, script and relation for every word."""
    same = np.full(len(heads), label, np.int64)
    return SyntaxLabels(same, same, same, np.array(heads, np.int64), same)


def make_fiction(id_: str = "tale", *, name: str = "Anna") -> Example:
    """[Anna] came . " [She] ran , " said [[her] brother] ."""
    words = (name, "came", ".", '"', "She", "ran", ",", '"', "said", "her", "brother", ".")
    mentions = make_mentions([(0, 1, NAME, 0), (4, 5, PRONOUN, 0), (9, 11, NOMINAL, 1), (9, 10, PRONOUN, 0)])
    events = np.isin(np.arange(len(words)), (1, 5, 8)).astype(np.int64)
    return Example(id_, words, find_starts(words), (((3, 8),),), mentions=mentions, events=events)


def make_treebank(id_: str = "mail") -> Example:
    """Pigs ran , fast . Ann left ."""
    words = ("Pigs", "ran", ",", "fast", ".", "Ann", "left", ".")
    return Example(id_, words, find_starts(words), syntax=make_syntax((1, -1, 1, 1, 1, 6, -1, 6)))


def make_passage(n_turns: int = 1, *, work: str = "made up", label: Label = Label.GOLD) -> Passage:
    """“ Go , Ann , ” said Tom . ¶ “ No , ” said Ann . ¶ and so on; label: how it is known of all of them who speaks."""
    segment, mentions = talk("“ Go , Ann , ” said Tom . ¶ “ No , ” said Ann . ¶ " * n_turns)
    n = len(segment.quotes)
    names = [segment.words[start] for start in mentions.starts.tolist()]
    return Passage(
        work,
        segment.words,
        segment.sentences,
        segment.paragraphs,
        segment.quotes,
        tuple(mentions.starts.tolist()),
        tuple(mentions.ends.tolist()),
        tuple(mentions.kinds.tolist()),
        tuple(int(name == "Ann") for name in names),
        tuple(number % 2 for number in range(n)),
        (label,) * n,
    )
