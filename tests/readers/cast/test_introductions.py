"""Names that the text itself gives."""

from __future__ import annotations

import pytest

from fabula.readers.cast.introductions import Introduction, find_aliases, find_introductions
from fabula.records import Mention, MentionKind, MentionType, NameKind, Span
from tests.marked import mark
from tests.parses import make_parse

HIS_NAME = """
    His   PRON  2 nmod:poss he
    name  NOUN  4 nsubj
    was   AUX   4 cop       be
    Tom   PROPN 0 root
    .     PUNCT 4 punct
"""
A_MAN_CALLED = """
    A      DET   2 det
    man    NOUN  5 nsubj
    called VERB  2 acl    call VerbForm=Part
    Tom    PROPN 3 xcomp
    came   VERB  0 root   come
    .      PUNCT 5 punct
"""
THEY_CALLED = """
    They   PRON  2 nsubj
    called VERB  0 root  call
    him    PRON  2 obj   he
    Tom    PROPN 2 xcomp
    .      PUNCT 2 punct
"""
HE_WAS_CALLED = """
    He     PRON  3 nsubj:pass
    was    AUX   3 aux:pass  be
    called VERB  0 root      call
    Tom    PROPN 3 xcomp
    .      PUNCT 3 punct
"""
KNOWN_AS = """
    He    PRON  3 nsubj:pass
    was   AUX   3 aux:pass  be
    known VERB  0 root      know
    as    ADP   5 case
    Tom   PROPN 3 obl
    .     PUNCT 3 punct
"""
I_AM = """
    I   PRON  3 nsubj i
    am  AUX   3 cop   be
    Tom PROPN 0 root
    .   PUNCT 3 punct
"""


def introduced(table: str) -> list[tuple[str, str, bool]]:
    """Whose name Tom is, by a sentence's parse. PRON and the phrases of NOUN are mentions, PROPN a name."""
    text, tags = make_parse(table)
    mentions: list[Mention] = []
    for number, line in enumerate(table.strip().splitlines()):
        upos = line.split()[1]
        if upos in ("PRON", "PROPN", "NOUN") and line.split()[0] != "name":
            start = text.tokens[number].start - (2 if upos == "NOUN" else 0)
            kind = {"PRON": MentionKind.PRONOUN, "NOUN": MentionKind.NOMINAL, "PROPN": MentionKind.NAME}[upos]
            name_kind = NameKind.SINGLE if kind is MentionKind.NAME else None
            span = Span(start, text.tokens[number].end)
            mentions.append(Mention(len(mentions), span, kind, MentionType.PERSON, None, name_kind, number, 0.9))
    found = find_introductions(text, tags, mentions)
    words = [text.quote(m.span) for m in mentions]
    return [(words[one.mention], words[one.name], one.is_sure) for one in found]


@pytest.mark.parametrize(
    ("table", "who"),
    [(HIS_NAME, "His"), (THEY_CALLED, "him"), (HE_WAS_CALLED, "He"), (KNOWN_AS, "He"), (I_AM, "I")],
    ids=["his name was Tom", "they called him Tom", "he was called Tom", "he was known as Tom", "I am Tom"],
)
def test_whose_name_it_is_the_parse_says(table: str, who: str) -> None:
    assert introduced(table) == [(who, "Tom", False)]


def test_a_phrase_that_holds_the_name_is_surely_whom_it_names() -> None:
    """A man called Tom came."""
    assert introduced(A_MAN_CALLED) == [("A man", "Tom", True)]


@pytest.mark.parametrize(
    "table",
    [
        HIS_NAME.replace(".     PUNCT 4 punct", "not   PART  4 advmod"),
        I_AM.replace(".   PUNCT 3 punct", "?   PUNCT 3 punct"),
        I_AM.replace(".   PUNCT 3 punct", "like ADP 3 case"),
        I_AM.replace(".   PUNCT 3 punct", "a   DET 3 det"),
        THEY_CALLED.replace("call", "see").replace("called", "saw"),
        HE_WAS_CALLED.replace("He     PRON", "They   PRON"),
    ],
    ids=["his name was not Tom", "am I Tom?", "I am like Tom", "I am a Tom", "they saw him, Tom", "they were called Tom"],
)
def test_other_sentences_introduce_nobody(table: str) -> None:
    assert introduced(table) == []


@pytest.mark.parametrize(
    "between",
    [", alias", ", otherwise", ", also known as", ", better known as the", " (known as", ", whose real name was", " (that was"],
)
def test_an_alias_is_said_between_two_names(between: str) -> None:
    """Tom Hale, alias Jack, came."""
    marked = mark(f"[0 Tom Hale]{between} [1 Jack] came.")
    assert list(find_aliases(marked.text, marked.mentions)) == [(0, 1)]


@pytest.mark.parametrize("between", [" and", ", who called", ", and whose name was not", " saw"])
def test_other_words_between_two_names_leave_them_two(between: str) -> None:
    """Tom Hale and Jack came."""
    marked = mark(f"[0 Tom Hale]{between} [1 Jack] came.")
    assert list(find_aliases(marked.text, marked.mentions)) == []


def test_a_peer_s_name_beside_a_name_again_and_again_is_the_same_one_s() -> None:
    """Laura, Lady Glyde, slept. Laura, Lady Glyde, woke."""
    passage = "[0 Laura], [1 Lady Glyde], slept. "
    marked = mark(passage * 2)
    assert list(find_aliases(marked.text, marked.mentions)) == [(0, 1)]
    for other in (
        passage,
        passage.replace("Lady", "Miss") * 2,
        passage.replace("Laura", "Sir Tom") * 2,
        "[0 Laura] saw [1 Lady Glyde]. " * 2,
    ):
        marked = mark(other)
        assert list(find_aliases(marked.text, marked.mentions)) == []


def test_an_introduction_is_in_the_order_of_the_text() -> None:
    """His name was Tom."""
    assert Introduction(0, 1, True) < Introduction(1, 0, False)


@pytest.mark.parametrize(
    ("passage", "is_shown"),
    [
        ("[A man] came. It was [0 Tom].", True),
        ("He saw [a man]. ’Twas [0 Tom] at last.", True),
        ("[A man] came. It was [0 Tom]'s.", False),
        ("[A man] came. It was [0 Tom] who spoke.", False),
        ("[A crowd] came. It was [0 Tom].", False),
        ("[The man] came. It was [0 Tom].", False),
        ("[A man] met [a boy]. It was [0 Tom].", False),
        ("[A man] came. It rained. It was [0 Tom].", False),
        ("[A man] came. It was not [0 Tom].", False),
    ],
)
def test_who_comes_on_and_is_named_in_the_next_sentence(passage: str, is_shown: bool) -> None:
    """A man came. It was Tom."""
    marked = mark(passage)
    found = find_introductions(marked.text, marked.tags, marked.mentions)
    assert found == ((Introduction(0, len(marked.mentions) - 1, True),) if is_shown else ())
