"""Who is no child."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.readers.cast.ages import find_grown, part_children
from fabula.readers.cast.beliefs import Belief
from fabula.records import Mention, MentionKind, MentionType, Span
from tests.passages import make_text

BUMBLE, OLIVER = 0, 1


def apart(passage: str, *believed: Belief, hailed: bool = False) -> dict[int, tuple[int, ...]]:
    """passage: with Mr. Bumble, Oliver and nouns between [ and ]; believed: whom each noun may mean."""
    mentions: list[Mention] = []
    known: list[int | None] = []
    plain = ""
    for piece in passage.split("["):
        words, bracket, rest = piece.partition("]")
        if bracket:
            who = OLIVER if words.endswith("Oliver") else BUMBLE if words.endswith("Bumble") else None
            kind = MentionKind.NOMINAL if who is None else MentionKind.NAME
            mentions.append(Mention(len(known), Span(len(plain), len(plain) + len(words)), kind, MentionType.PERSON, who))
            known.append(who)
        plain += words + rest
    beliefs = iter(believed)
    text = make_text(plain)
    assert find_grown(text, mentions, known).keys() <= {BUMBLE}
    all_beliefs: Sequence[Belief] = [{who: 1.0} if who is not None else next(beliefs) for who in known]
    return part_children(text, mentions, known, all_beliefs, [hailed] * len(known))


def test_a_boy_is_nobody_who_is_called_mister() -> None:
    """Mr. Bumble, Oliver, the boy"""
    passage = "[Mr. Bumble] saw [Oliver]. [The boy] ran. [The man] ran."
    either = {BUMBLE: 0.6, OLIVER: 0.4}
    assert apart(passage, either, either) == {2: (0,)}
    assert apart(passage, {OLIVER: 1.0}, either) == {}


def test_who_has_a_title_once_in_a_while_may_be_a_boy() -> None:
    """Mr. Bumble, Bumble, Bumble; a boy, to whom somebody says "my boy" as to a man"""
    either = {BUMBLE: 1.0}
    assert apart("[Mr. Bumble] sat. [Bumble] sat. [The boy] ran.", either) == {2: (0,)}
    assert apart("[Mr. Bumble] sat. [Bumble] sat. [Bumble] sat. [The boy] ran.", either) == {}
    assert apart("[Mr. Bumble] sat. [My boy] ran.", either, hailed=True) == {}
