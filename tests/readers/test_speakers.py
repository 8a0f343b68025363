"""Who says a quotation, where a verb says so. The cases are data: tests/cases/speakers.jsonl."""

from __future__ import annotations

import re

import pytest

from fabula.readers.quotes import find_quotes
from fabula.readers.speakers import attribute_quotes
from fabula.records import Mention, MentionKind, MentionType, Span
from tests.cases import Case, load_cases
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
    assert (text.quote(said.cue), said.manner) == ("whispered Tom", "whisper")
    assert said.evidence.told_at == 19
