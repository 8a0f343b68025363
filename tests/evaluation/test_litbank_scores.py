from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.litbank_predictions import GivenGold, Prediction
from evaluation.litbank_scores import MissingPredictionError, count_document, count_documents
from evaluation.readings import PredictedMention
from fabula.records import MentionType
from tests.training.corpora.made_up import ID, write_litbank
from training.corpora.alignment import TokenSpan
from training.corpora.litbank import LitBankDocument, read_document


@pytest.fixture
def document(tmp_path: Path) -> LitBankDocument:
    return read_document(write_litbank(tmp_path), ID)


def perfect(document: LitBankDocument) -> Prediction:
    triggers = {event.token for event in document.events}
    chains = tuple(document.chains())
    speakers = tuple(quotation.speaker for quotation in document.quotations)
    return Prediction(
        tuple(PredictedMention(mention.span, mention.kind, mention.type, 1.0) for mention in document.mentions),
        chains,
        tuple(float(token in triggers) for token in range(len(document.alignment.ours))),
        GivenGold(chains, speakers, speakers),
    )


def test_gold_as_the_prediction_is_all_right(document: LitBankDocument) -> None:
    """the tale, attributes as chains of their own"""
    counts = count_document(document, perfect(document))
    for agreement in (
        counts.mentions,
        counts.typed,
        counts.names,
        counts.nominals,
        counts.pronouns,
        counts.typed_names,
        counts.events,
    ):
        assert agreement.f1 == 1.0
    assert counts.coreference.conll == counts.given.conll == counts.speakers.value == counts.unparted.value == 1.0
    assert counts.mention_calibration.error == counts.event_calibration.error == 0.0


def test_the_layer_of_entities_is_another(document: LitBankDocument) -> None:
    """The layer of entities has [[The old miller’s] daughter] and [Anna], and neither the baker nor the boy"""
    counts = count_document(document, perfect(document))
    assert (counts.entities.recall, counts.entities.precision) == (1.0, 3 / 5)


def test_a_wrong_type_costs_the_typed_figures_alone(document: LitBankDocument) -> None:
    """Anna, a place"""
    prediction = perfect(document)
    mentions = list(prediction.mentions)
    mentions[2] = replace(mentions[2], type=MentionType.LOCATION)
    counts = count_document(document, replace(prediction, mentions=tuple(mentions)))
    assert (counts.mentions.f1, counts.names.f1, counts.coreference.conll) == (1.0, 1.0, 1.0)
    assert counts.typed.f1 == pytest.approx(5 / 6)
    assert counts.entities.recall == pytest.approx(2 / 3)


def test_a_pronoun_is_no_entity(document: LitBankDocument) -> None:
    """she"""
    counts = count_document(document, perfect(document))
    assert counts.typed_names.predicted.total == 5
    assert counts.typed.predicted.total == 6


def test_an_invented_mention_and_a_lost_event_cost(document: LitBankDocument) -> None:
    """[laughed] as a mention, and as no event"""
    prediction = perfect(document)
    extra = replace(prediction.mentions[0], span=TokenSpan(5, 6), probability=0.5)
    counts = count_document(
        document,
        Prediction(
            (*prediction.mentions, extra),
            (*prediction.chains, (6,)),
            tuple(p * (at != 5) for at, p in enumerate(prediction.events)),
        ),
    )
    assert (counts.mentions.precision, counts.mentions.recall) == pytest.approx((6 / 7, 1.0))
    assert (counts.events.precision, counts.events.recall) == pytest.approx((1.0, 2 / 3))
    assert counts.mention_calibration.error == pytest.approx(0.5 / 7)


def test_without_gold_mentions_nothing_is_said_of_them(document: LitBankDocument) -> None:
    """a prediction from the words alone"""
    counts = count_document(document, replace(perfect(document), given=None))
    assert math.isnan(counts.speakers.value) and math.isnan(counts.unparted.value)
    assert counts.given.mentions.gold.total == 0


def test_a_wrong_speaker_is_wrong(document: LitBankDocument) -> None:
    """Anna says it, and not she"""
    prediction = perfect(document)
    assert prediction.given is not None
    counts = count_document(document, replace(prediction, given=replace(prediction.given, speakers=("Anna-3",))))
    assert (counts.speakers.value, counts.unparted.value) == (0.0, 1.0)


def test_a_speaker_who_is_wrong_without_paragraphs_is_counted_apart(document: LitBankDocument) -> None:
    """Anna says it, where no paragraph is known; nobody does"""
    prediction = perfect(document)
    assert prediction.given is not None
    for wrong in ("Anna-3", ""):
        counts = count_document(document, replace(prediction, given=replace(prediction.given, unparted=(wrong,))))
        assert (counts.speakers.value, counts.unparted.value) == (1.0, 0.0)


def test_a_document_without_a_prediction_is_an_error(document: LitBankDocument) -> None:
    """nothing predicted"""
    with pytest.raises(MissingPredictionError, match=f"no prediction for `{ID}`"):
        count_documents([document], {})
