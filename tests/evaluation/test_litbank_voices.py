"""Quotations of LitBank by who says them, from the running text."""

from __future__ import annotations

import pytest

from evaluation.litbank_voices import count_voices, part_paragraphs
from fabula.story.build import read_records
from fabula.story.story import Story
from training.corpora.alignment import CorpusToken, TokenSpan, align
from training.corpora.litbank import GoldQuotation, LitBankDocument

WORDS = "“ Go , ” said Tom , “ now . ” “ No , ” said Ann . Then Tom said that Ann was late , and Ann said that Tom was .".split()
QUOTED = (TokenSpan(0, 4), TokenSpan(7, 11), TokenSpan(11, 15))
TEXT = "“Go,” said Tom, “now.”\n\n“No,” said Ann. Then Tom said that Ann was late, and Ann said that Tom was."


def document(*speakers: str) -> LitBankDocument:
    """“Go,” said Tom, “now.” ¶ “No,” said Ann. The first quotations are the given speakers'."""
    alignment = align([[CorpusToken(word) for word in WORDS]])
    said = zip(QUOTED, speakers, strict=False)
    quotations = tuple(GoldQuotation(f"Q{n}", span, span, speaker) for n, (span, speaker) in enumerate(said))
    return LitBankDocument("x", alignment, (0, 11), (), (), (), (), quotations, ())


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    book = tmp_path_factory.mktemp("books") / "x.txt"
    book.write_text(TEXT, encoding="utf-8")
    return Story.from_records(read_records(book, runs_the_pass=False))


def test_paragraphs_are_parted_by_an_empty_line() -> None:
    """“Go,” said Tom, “now.” ¶ “No,” said Ann."""
    first, second = part_paragraphs(document()).split("\n\n")
    assert (first.split()[-1], second.split()[-1]) == ("”", ".")


def test_the_parts_of_a_quotation_are_the_corpus_s_quotations(story: Story) -> None:
    """“Go,” said Tom, “now.” ¶ “No,” said Ann."""
    counts = count_voices(document("Tom-1", "Tom-1", "Ann-2"), story)
    assert counts.found.mentions.f1 == counts.found.b3.f1 == counts.given.b3.f1 == 1.0


def test_one_speaker_who_is_two_costs(story: Story) -> None:
    """“Go,” said Tom, “now.” ¶ “No,” said Ann.: all are Tom's"""
    counts = count_voices(document("Tom-1", "Tom-1", "Tom-1"), story)
    assert counts.found.mentions.f1 == 1.0
    assert counts.found.b3.precision == 1.0
    assert counts.found.b3.recall == pytest.approx((4 + 1) / 9)


def test_a_quotation_too_many_costs_but_where_it_is_known_which_there_are(story: Story) -> None:
    """“Go,” said Tom, “now.” ¶ “No,” said Ann.: the last is no gold quotation"""
    counts = count_voices(document("Tom-1", "Tom-1"), story)
    assert counts.found.mentions.precision == pytest.approx(2 / 3)
    assert counts.given.b3.f1 == 1.0
