"""Genitives without their apostrophe."""

from __future__ import annotations

import pytest

from fabula.readers.genitives import trim_genitives
from fabula.records import Mention, MentionKind, MentionType, Span
from tests.parses import make_parse

LADS_HAND = """
    He   PRON  2 nsubj
    took VERB  0 root  take
    the  DET   4 det
    lads NOUN  5 nmod:poss lad Number=Sing
    hand NOUN  2 obj
    .    PUNCT 2 punct
"""
JOSSA = """
    Then   ADV   3 advmod
    jossa  PROPN 3 nsubj
    saw    VERB  0 root  see
    jossas PRON  5 nmod:poss
    name   NOUN  3 obj
    .      PUNCT 3 punct
"""


def trimmed(sentence: str, *words: str, kind: MentionKind = MentionKind.NOMINAL) -> list[tuple[str, MentionKind]]:
    """The mentions of a sentence that end with these words, which are their heads: "the" before them belongs to them."""
    text, tags = make_parse(sentence)
    mentions: list[Mention] = []
    for token in range(len(tags)):
        span = text.tokens[token]
        if text.quote(span) in words:
            start = span.start - 4 if text.string[: span.start].endswith("the ") else span.start
            own = MentionKind.NAME if tags.inventory.upos[tags.upos[token]] == "PROPN" else kind
            mentions.append(Mention(len(mentions), Span(start, span.end), own, MentionType.PERSON, None, None, token))
    return [(text.quote(m.span), m.kind) for m in trim_genitives(text, tags, mentions)]


def test_a_noun_that_the_parse_takes_for_a_genitive_of_one_goes_without_its_s() -> None:
    """He took the lads hand."""
    assert trimmed(LADS_HAND, "lads") == [("the lad", MentionKind.NOMINAL)]


def test_a_name_that_the_text_has_without_the_s_is_that_name() -> None:
    """Then jossa saw jossas name."""
    found = trimmed(JOSSA, "jossa", "jossas", kind=MentionKind.PRONOUN)
    assert found == [("jossa", MentionKind.NAME), ("jossa", MentionKind.NAME)]


@pytest.mark.parametrize(
    "sentence",
    [
        LADS_HAND.replace("Number=Sing", "Number=Plur"),
        LADS_HAND.replace("5 nmod:poss", "2 obj"),
        LADS_HAND.replace("hand NOUN ", "’    PART  4 case\n    hand NOUN "),
        LADS_HAND.replace("hand NOUN ", "s    NOUN "),
    ],
    ids=["several", "no genitive", "with its mark", "the mark is lost"],
)
def test_what_is_no_bare_genitive_of_one_stays(sentence: str) -> None:
    """He took the lads. He took the lads’ hand."""
    assert trimmed(sentence, "lads") == [("the lads", MentionKind.NOMINAL)]


def test_a_name_that_always_ends_so_stays() -> None:
    """Then it saw Jennings name."""
    sentence = JOSSA.replace("jossa  PROPN", "it     PRON ").replace("jossas PRON ", "Jennings PROPN")
    assert trimmed(sentence, "Jennings") == [("Jennings", MentionKind.NAME)]
