"""Who says a quotation, where a verb says so. The cases are data: tests/cases/speakers.jsonl."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from fabula.readers.cues import read_cues
from fabula.readers.quotes import find_quotes
from fabula.readers.speakers import attribute_by_parse, attribute_quotes
from fabula.records import Attribution, Mention, MentionKind, MentionType, Quote, QuoteKind, Span, Tags, Text
from tests.cases import Case, load_cases
from tests.parses import make_parse
from tests.passages import make_text

NAMES = re.compile(r"Mrs\. Hale|Mr\. Bell|Tom|Ann")


@pytest.mark.parametrize("case", load_cases("speakers"))
def test_a_speech_verb_names_the_speaker(case: Case) -> None:
    """tests/cases/speakers.jsonl"""
    text = make_text(case.text)
    mentions = [
        Mention(i, Span(*m.span()), MentionKind.NAME, MentionType.PERSON, i) for i, m in enumerate(NAMES.finditer(text.string))
    ]
    quotes, _ = find_quotes(text)
    said = {a.quote: text.quote(mentions[a.speaker].span) for a in attribute_quotes(text, quotes, mentions)}
    assert [said.get(q.id) for q in quotes] == case["speakers"]


def test_the_cue_and_the_manner_are_told() -> None:
    """“Go,” whispered Tom."""
    text = make_text("“Go,” whispered Tom.")
    quotes, _ = find_quotes(text)
    (said,) = attribute_quotes(text, quotes, [Mention(0, Span(16, 19), MentionKind.NAME, MentionType.PERSON, 0)])
    assert said.cue is not None
    assert (text.quote(said.cue), said.manner) == ("whispered Tom", "whisper")
    assert said.evidence.told_at == 19


GO = """
“         PUNCT 2 punct
Go        VERB  6 ccomp
,         PUNCT 2 punct
”         PUNCT 2 punct
{subject} PROPN 6 nsubj
winked  VERB  0 root wink
.         PUNCT 6 punct
"""
SHARED = """
“         PUNCT 2 punct
Go        VERB  8 ccomp
,         PUNCT 2 punct
”         PUNCT 2 punct
Tom       PROPN 8 nsubj
and       CCONJ 7 cc
Ann       PROPN 5 conj
winked  VERB  0 root wink
.         PUNCT 8 punct
"""


def parsed(sentence: str, kind: QuoteKind = QuoteKind.SPEECH) -> tuple[Text, Tags, Quote, list[Mention]]:
    text, tags = make_parse(sentence)
    quote = Quote(3, (Span(0, text.string.index("”") + 1),), kind)
    names = [token for token in range(len(text.tokens)) if text.quote(text.tokens[token]) in ("Tom", "Ann")]
    mentions = [
        Mention(i, text.tokens[token], MentionKind.NAME, MentionType.PERSON, i, None, token) for i, token in enumerate(names)
    ]
    return text, tags, quote, mentions


def ask_parse(
    text: Text, quote: Quote, tags: Tags, mentions: Sequence[Mention], known: Sequence[Attribution]
) -> tuple[Attribution, ...]:
    return attribute_by_parse(text, [quote], tags, read_cues(text, [quote], tags), mentions, known)


def test_the_parse_knows_verbs_of_which_no_list_is_kept() -> None:
    """“Go,” Tom winked."""
    text, tags, quote, mentions = parsed(GO.format(subject="Tom"))
    assert attribute_quotes(text, [quote], mentions) == ()
    (said,) = ask_parse(text, quote, tags, mentions, ())
    assert said.cue is not None
    assert (said.quote, said.speaker, text.quote(said.cue)) == (3, 0, "Tom winked")


def test_what_is_known_stays() -> None:
    """“Go,” Tom winked."""
    text, tags, quote, mentions = parsed(GO.format(subject="Tom"))
    (said,) = ask_parse(text, quote, tags, mentions, ())
    known = Attribution(quote.id, 0, said.cue, "whisper", said.evidence)
    assert ask_parse(text, quote, tags, mentions, [known]) == (known,)


ASKED = """
“       PUNCT 2 punct
Stay    VERB  0 root
{stop}  PUNCT 2 punct
”       PUNCT 2 punct
{and_}  CCONJ 7 cc
Tom     PROPN 7 nsubj
asked   VERB  0 root ask
Ann     PROPN 7 obj
.       PUNCT 7 punct
"""


@pytest.mark.parametrize(
    ("stop", "and_", "is_kept"),
    [("?", "", False), (",", "", True), (",", "and", False)],
    ids=["a sentence of its own", "a comma", "another clause"],
)
def test_a_name_before_its_verb_needs_the_parse_where_the_words_have_ended(stop: str, and_: str, is_kept: bool) -> None:
    """“Stay?” Tom asked Ann. “Stay,” Tom asked Ann. “Stay,” and Tom asked Ann, where the parse has no cue"""
    rows = [row for row in ASKED.format(stop=stop, and_=and_).splitlines() if row.split()[1:] and not row.startswith(" ")]
    if not and_:
        rows = [row.replace(" 7 ", " 6 ") for row in rows]
    text, _, quote, mentions = parsed("\n".join(rows))
    said = attribute_quotes(text, [quote], mentions)
    assert [attribution.speaker for attribution in said] == [0]
    assert attribute_by_parse(text, [quote], make_parse("\n".join(rows))[1], {}, mentions, said) == (said if is_kept else ())


def test_the_parse_names_nobody_who_is_no_mention_nor_two() -> None:
    """“Go,” Somebody winked. “Go,” Tom and Ann winked. Writing."""
    text, tags, quote, mentions = parsed(GO.format(subject="Somebody"))
    assert ask_parse(text, quote, tags, mentions, ()) == ()
    text, tags, quote, mentions = parsed(SHARED)
    assert ask_parse(text, quote, tags, mentions, ()) == ()
    text, tags, quote, mentions = parsed(GO.format(subject="Tom"), QuoteKind.WRITING)
    assert ask_parse(text, quote, tags, mentions, ()) == ()
