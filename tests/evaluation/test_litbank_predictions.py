from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.litbank_predictions import MovedMentionsError, choose_speakers, predict, write_prediction
from fabula.neural.segments import Segment
from fabula.records import MentionKind, MentionType
from tests.evaluation.models import FakeModel, reading
from tests.training.corpora.made_up import ID, write_archive, write_litbank
from training.corpora.alignment import TokenSpan
from training.corpora.litbank import LitBankDocument, read_document

# The old miller ’s daughter laughed . / " Anna , the baker , ran , " she said to th ’ smith-boy .
GOLD = [(0, 5), (0, 4), (8, 9), (10, 12), (16, 17), (19, 22)]
NAMED = [(start, end, "nominal:person") for start, end in GOLD]


@pytest.fixture
def document(tmp_path: Path) -> LitBankDocument:
    return read_document(write_litbank(tmp_path), ID)


def test_a_document_is_one_segment_with_the_quotations_that_the_rules_find(document: LitBankDocument) -> None:
    """... laughed. "Anna, the baker, ran," she said ..."""
    model = FakeModel(reading(23))
    predict(model, document)
    [(segment, mentions)] = model.asked
    assert segment.words == tuple(document.alignment.words()) and len(segment.words) == 23
    assert (segment.sentences, segment.paragraphs, segment.quotes) == ((0, 7), (), (((7, 16),),))
    assert mentions is None


def test_the_paragraphs_of_the_novel_are_told_and_who_speaks_is_asked_without_them_too(tmp_path: Path) -> None:
    """... laughed. ¶ "Anna, the baker, ran," she said ..."""
    document = read_document(write_archive(write_litbank(tmp_path)), ID)
    model = FakeModel(reading(23), reading(23, NAMED))
    predict(model, document, gold_mentions=True)
    assert [segment.paragraphs for segment, _ in model.asked] == [(0, 7), (0, 7), (0, 7), ()]
    quotes = [segment.quotes for segment, _ in model.asked]
    assert quotes == [(((7, 16),),)] * 4


def test_mentions_chains_and_events_are_taken_over(document: LitBankDocument) -> None:
    """[The old miller’s daughter] laughed ... [she] said"""
    said = reading(23, [(0, 5, "nominal:person"), (16, 17, "pronoun:person")], antecedents=[(1, 0, 2.0)], events=[5])
    prediction = predict(FakeModel(said), document)
    assert [mention.span for mention in prediction.mentions] == [TokenSpan(0, 5), TokenSpan(16, 17)]
    assert (prediction.mentions[1].kind, prediction.mentions[1].type) == (MentionKind.PRONOUN, MentionType.PERSON)
    assert (prediction.chains, prediction.triggers, prediction.given) == (((0, 1),), (5,), None)


def test_chains_are_linked_by_whatever_is_given_to_link_them(document: LitBankDocument) -> None:
    """two mentions, put together for no reason"""
    said = reading(23, [(0, 5, "nominal:person"), (16, 17, "pronoun:person")])
    prediction = predict(FakeModel(said), document, link=lambda _segment, _reading: [(0, 1)])
    assert prediction.chains == ((0, 1),)


def test_gold_mentions_are_given_and_the_speaker_is_a_gold_chain(document: LitBankDocument) -> None:
    """the six gold mentions; "she" said it"""
    given = reading(23, NAMED, antecedents=[(4, 0, 1.0)], speakers=[(0, 4, 1.0), (0, 2, 0.5)])
    model = FakeModel(reading(23), given)
    prediction = predict(model, document, gold_mentions=True)
    assert [mentions for _, mentions in model.asked] == [None, GOLD, GOLD, GOLD]
    assert prediction.given is not None
    assert prediction.given.chains == ((0, 4), (1,), (2,), (3,), (5,))
    assert prediction.given.speakers == prediction.given.unparted == ("daughter-1",)


def test_a_model_that_leaves_a_given_mention_out_is_refused(document: LitBankDocument) -> None:
    """five of six mentions"""
    with pytest.raises(MovedMentionsError, match="does not keep to the mentions"):
        predict(FakeModel(reading(23), reading(23, NAMED[1:])), document, gold_mentions=True)


def test_an_attribute_speaks_for_whom_it_describes(document: LitBankDocument) -> None:
    """Anna, [the baker],"""
    given = reading(23, NAMED, speakers=[(0, 3, 1.0)])
    prediction = predict(FakeModel(reading(23), given), document, gold_mentions=True)
    assert prediction.given is not None and prediction.given.speakers == ("Anna-3",)


TALK = tuple("Tom met Anna . She rose . “ Go . ” “ Why ? ”".split())
MET = [(0, 1, "name:person"), (2, 3, "name:person"), (4, 5, "pronoun:person")]


def test_mentions_of_a_chain_speak_together_and_of_what_is_not_scored_nobody_speaks() -> None:
    """Tom met Anna. She rose. “Go.” “Why?”: two mentions of Anna, either less likely than the one of Tom"""
    segment = Segment(TALK, (0, 4, 7), (), (((7, 11),), ((11, 15),)))
    said = reading(len(TALK), MET, speakers=[(0, 0, 1.0), (0, 1, 0.8), (0, 2, 0.8)])
    assert choose_speakers(segment, said, ["Tom", "Anna", "Anna"]) == ("Anna", "")
    assert choose_speakers(segment, said, ["Tom", "Anna", ""]) == ("Tom", "")


def test_where_paragraphs_are_known_people_take_turns() -> None:
    """Tom met Anna. She rose. ¶ “Go.” ¶ “Why?”: Anna; and the other one, though Anna is a little likelier"""
    parted = Segment(TALK, (0, 4, 7), (0, 7, 11), (((7, 11),), ((11, 15),)))
    said = reading(len(TALK), MET, speakers=[(0, 1, 5.0), (1, 0, 0.0), (1, 1, 0.2)])
    assert choose_speakers(parted, said, ["Tom", "Anna", "Anna"]) == ("Anna", "Tom")
    assert choose_speakers(replace(parted, paragraphs=()), said, ["Tom", "Anna", "Anna"]) == ("Anna", "Anna")


def test_predictions_are_written_in_the_formats_of_the_corpus(document: LitBankDocument, tmp_path: Path) -> None:
    """gold as the prediction"""
    said = reading(23, NAMED, antecedents=[(4, 0, 1.0)], speakers=[(0, 4, 1.0)], events=[5, 13, 17])
    write_prediction(predict(FakeModel(said), document, gold_mentions=True), document, tmp_path / "out")
    events = (tmp_path / "out/events/tsv" / f"{ID}.tsv").read_text(encoding="utf-8")
    assert events == (tmp_path / "litbank/events/tsv" / f"{ID}.tsv").read_text(encoding="utf-8")
    lines = (tmp_path / "out/coref/conll" / f"{ID}.conll").read_text(encoding="utf-8").split("\n")
    assert [line.split("\t")[-1] for line in lines[1:6]] == ["(0|(1", "_", "_", "1)", "0)"]
    assert (tmp_path / "out/entities/tsv" / f"{ID}.tsv").exists()
    assert "ATTRIB\tQ1\tdaughter-1" in (tmp_path / "out/gold_mentions/quotations/tsv" / f"{ID}.ann").read_text(encoding="utf-8")
