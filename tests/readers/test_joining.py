"""The names of the rules and the mentions of the model in one list."""

from __future__ import annotations

from array import array

from fabula.readers.joining import JoinedMentions, join_links, join_mentions
from fabula.records import Links, Mention, MentionKind, MentionType, NameKind, Span, Text
from tests.parses import make_parse

OLD = """
    Old ADJ 3 amod
    Mrs. PROPN 3 compound Mrs.
    Reed PROPN 4 nsubj Reed
    slept VERB 0 root sleep
    there ADV 4 advmod"""
MOTHER = """
    Tom PROPN 3 nmod:poss Tom
    's PART 1 case
    mother NOUN 4 nsubj
    slept VERB 0 root sleep"""
NAME, PLACE = (MentionKind.NAME, MentionType.PERSON), (MentionKind.NOMINAL, MentionType.LOCATION)
NOUN = (MentionKind.NOMINAL, MentionType.PERSON)


def at(text: Text, words: str) -> Span:
    start = text.string.index(words)
    return Span(start, start + len(words))


def test_what_the_model_finds_of_somebody_named_is_that_name_and_the_others_stay() -> None:
    """Old Mrs. Reed slept there: the rules have Mrs. Reed, the model Old Mrs. Reed, Reed and there"""
    text, tags = make_parse(OLD)
    named = [Mention(0, at(text, "Mrs. Reed"), *NAME, 7, NameKind.TITLED)]
    read = [
        Mention(0, at(text, "Old Mrs. Reed"), *NAME, None, None, 2, 0.91234),
        Mention(1, at(text, "Reed"), *NAME, None, None, 2, 0.5),
        Mention(2, at(text, "there"), *PLACE, None, None, 4, 0.75),
    ]
    assert join_mentions(text, tags, named, read) == JoinedMentions(
        (
            Mention(0, at(text, "Mrs. Reed"), *NAME, 7, NameKind.TITLED, 2, 0.912),
            Mention(1, at(text, "there"), *PLACE, None, None, 4, 0.75),
        ),
        (0, 0, 1),
    )


def test_who_is_told_of_by_a_name_is_not_the_name() -> None:
    """Tom's mother slept"""
    text, tags = make_parse(MOTHER)
    named = [Mention(0, at(text, "Tom"), *NAME, 7, NameKind.FIRST)]
    read = [
        Mention(0, at(text, "Tom's mother"), *NOUN, None, None, 2, 0.9),
        Mention(1, at(text, "Tom"), *NAME, None, None, 0, 0.8),
    ]
    mentions, of_read = join_mentions(text, tags, named, read)
    assert [(text.quote(m.span), m.character) for m in mentions] == [("Tom's mother", None), ("Tom", 7)]
    assert of_read == (0, 1)


def test_a_place_that_holds_a_name_is_not_the_name() -> None:
    """Old Mrs. Reed, a ship"""
    text, tags = make_parse(OLD)
    named = [Mention(0, at(text, "Mrs. Reed"), *NAME, 7, NameKind.TITLED)]
    ship = Mention(0, at(text, "Old Mrs. Reed"), MentionKind.NAME, MentionType.VEHICLE, None, None, 2, 0.9)
    mentions, of_read = join_mentions(text, tags, named, [ship])
    assert [(text.quote(m.span), m.character) for m in mentions] == [("Old Mrs. Reed", None), ("Mrs. Reed", 7)]
    assert of_read == (0,)


def test_a_thing_that_stands_where_a_name_does_is_the_name() -> None:
    """Mrs. Reed, a ship by the model"""
    text, tags = make_parse(OLD)
    named = [Mention(0, at(text, "Mrs. Reed"), *NAME, 7, NameKind.TITLED)]
    ship = Mention(0, at(text, "Mrs. Reed"), MentionKind.NAME, MentionType.VEHICLE, None, None, 2, 0.9)
    mentions, of_read = join_mentions(text, tags, named, [ship])
    assert [(m.type, m.character) for m in mentions] == [(MentionType.PERSON, 7)]
    assert of_read == (0,)


def test_a_name_that_only_the_rules_have_gets_its_head_from_the_parse() -> None:
    """Old Mrs. Reed slept there"""
    text, tags = make_parse(OLD)
    ((mention,), of_read) = join_mentions(text, tags, [Mention(0, at(text, "Mrs. Reed"), *NAME, 7, NameKind.TITLED)], ())
    assert (mention.head, mention.probability, of_read) == (2, None, ())


def scores(*rows: tuple[int, int, float]) -> Links:
    return Links(array("i", [r for r, _, _ in rows]), array("i", [c for _, c, _ in rows]), array("f", [s for _, _, s in rows]))


def test_links_are_those_of_the_joined_mentions_and_of_two_the_better_one_counts() -> None:
    """Old Mrs. Reed and Reed, both mention 0, were linked with each other; there, mention 1, with both"""
    assert join_links(scores((1, 0, 9.0), (2, 0, 1.0), (2, 1, 2.0)), (0, 0, 1)) == {1: [(0, 2.0)]}


def test_links_of_quotations_keep_their_rows() -> None:
    """quotation 1 and mention 0, which is mention 1 now"""
    assert join_links(scores((1, 0, 0.5), (1, 1, 1.0)), (1, 0), rows_are_mentions=False) == {1: [(0, 1.0), (1, 0.5)]}
    assert join_links(scores(), ()) == {}


def test_a_pronoun_of_a_dialect_is_one_whatever_the_model_takes_it_for() -> None:
    """Tha slept: "tha" read as a noun"""
    text, tags = make_parse("Tha PRON 2 nsubj\nslept VERB 0 root sleep")
    joined = join_mentions(text, tags, [], [Mention(0, at(text, "Tha"), *NOUN, None, None, 0, 0.5)])
    assert [mention.kind for mention in joined.mentions] == [MentionKind.PRONOUN]
