"""The names of the rules and the mentions of the model in one list."""

from __future__ import annotations

from fabula.readers.joining import join_mentions
from fabula.records import Mention, MentionKind, MentionType, NameKind, Span, Text
from tests.parses import make_parse

OLD = """
    Old ADJ 3 amod
    Mrs. PROPN 3 compound Mrs.
    Reed PROPN 4 nsubj Reed
    slept VERB 0 root sleep
    there ADV 4 advmod"""
NAME, NOMINAL = (MentionKind.NAME, MentionType.PERSON), (MentionKind.NOMINAL, MentionType.LOCATION)


def at(text: Text, words: str) -> Span:
    start = text.string.index(words)
    return Span(start, start + len(words))


def test_a_name_that_both_have_is_one_mention_and_the_others_stay_around_and_in_it() -> None:
    """Old Mrs. Reed slept there"""
    text, tags = make_parse(OLD)
    named = [Mention(0, at(text, "Mrs. Reed"), *NAME, 7, NameKind.TITLED)]
    read = [
        Mention(0, at(text, "Old Mrs. Reed"), *NAME, None, None, 2, 0.91234),
        Mention(1, at(text, "Mrs. Reed"), MentionKind.NOMINAL, MentionType.VEHICLE, None, None, 2, 0.5),
        Mention(2, at(text, "there"), *NOMINAL, None, None, 4, 0.75),
    ]
    assert join_mentions(text, tags, named, read) == (
        Mention(0, at(text, "Old Mrs. Reed"), *NAME, None, None, 2, 0.912),
        Mention(1, at(text, "Mrs. Reed"), *NAME, 7, NameKind.TITLED, 2, 0.5),
        Mention(2, at(text, "there"), *NOMINAL, None, None, 4, 0.75),
    )


def test_a_name_that_only_the_rules_have_gets_its_head_from_the_parse() -> None:
    """Old Mrs. Reed slept there"""
    text, tags = make_parse(OLD)
    (mention,) = join_mentions(text, tags, [Mention(0, at(text, "Mrs. Reed"), *NAME, 7, NameKind.TITLED)], ())
    assert (mention.head, mention.probability) == (2, None)
