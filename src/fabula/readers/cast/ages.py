"""Who is no child: "the boy" is not Mr. Bumble, whoever else he is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fabula.lexicons.titles import WIVES
from fabula.readers.cast.beliefs import Belief
from fabula.readers.cast.name_words import parse_name
from fabula.records import Mention, MentionKind, MentionType, Text

MOSTLY = 0.5  # of somebody's names those with a title that no child has, from which he or she is grown
_CHILD = frozenset(
    "boy girl child lad lass laddie lassie youth baby infant babe urchin youngster toddler schoolboy schoolgirl".split()
)
_GROWN = WIVES | frozenset(
    """Mr Mister Monsieur Dr Doctor Professor Prof Captain Capt Cap'n Major Colonel Col General
    Gen Admiral Sergeant Sgt Inspector Constable Reverend Rev Parson Bishop Judge Squire Nurse Aunt Auntie Uncle Granny
    Grandma Grandpa Grandmother Grandfather Governor Widow Farmer""".split()
)


def find_grown(text: Text, mentions: Sequence[Mention], known: Sequence[int | None]) -> dict[int, int]:
    """Who is mostly named with a title that no child has -> the first name. known: whom a mention names."""
    titled: Counter[int] = Counter()
    n_named: Counter[int] = Counter()
    first: dict[int, int] = {}
    for mention, who in zip(mentions, known, strict=True):
        if who is not None and mention.kind is MentionKind.NAME:
            n_named[who] += 1
            first.setdefault(who, mention.id)
            titled[who] += parse_name(text.quote(mention.span))[0] in _GROWN
    return {who: at for who, at in first.items() if titled[who] >= MOSTLY * n_named[who]}


def part_children(
    text: Text,
    mentions: Sequence[Mention],
    known: Sequence[int | None],
    beliefs: Sequence[Belief],
    hailed: Sequence[bool],
) -> dict[int, tuple[int, ...]]:
    """Of mentions of children ("the *boy*") the names of people who are grown, of those that they are believed to mean.

    hailed: whether somebody is called so, as grown people are, too ("my dear boy").
    """
    grown = find_grown(text, mentions, known)
    apart: dict[int, tuple[int, ...]] = {}
    for mention, who, belief, is_hailed in zip(mentions, known, beliefs, hailed, strict=True):
        if who is None and not is_hailed and _is_child(text, mention):
            names = sorted(grown[one] for one in belief if one in grown)
            if names:
                apart[mention.id] = tuple(names)
    return apart


def _is_child(text: Text, mention: Mention) -> bool:
    if mention.kind is not MentionKind.NOMINAL or mention.type is not MentionType.PERSON:
        return False
    return text.quote(mention.span).split()[-1].lower() in _CHILD
