from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from fabula.records import MentionKind, MentionType
from tests.training.corpora.made_up import COREFERENCE, ID, QUOTATIONS, WORDS, write_litbank
from training.corpora.alignment import TokenSpan
from training.corpora.errors import CorpusMissingError, DamagedCorpusError
from training.corpora.litbank import (
    FOLDS,
    AttributeKind,
    document_ids,
    read_document,
    read_entity_split,
    read_event_split,
    read_fold,
    read_litbank,
)

DATA = Path(os.environ.get("FABULA_DATA", Path(__file__).parents[4] / "shared" / "data"))
real = pytest.mark.skipif(not (DATA / "litbank").exists(), reason="the corpora are not here (FABULA_DATA)")


def test_mentions_stand_on_our_tokens_the_outer_first(tmp_path: Path) -> None:
    """[[The old miller’s] daughter] laughed. "[Anna], [the baker], ran," [she] said to [th’ smith-boy]."""
    document = read_document(write_litbank(tmp_path), ID)
    shown = [document.alignment.string[slice(*document.alignment.characters(mention.span))] for mention in document.mentions]
    assert shown == ["The old miller’s daughter", "The old miller’s", "Anna", "the baker", "she", "th’ smith-boy"]
    assert [mention.kind for mention in document.mentions[2:5]] == [MentionKind.NAME, MentionKind.NOMINAL, MentionKind.PRONOUN]
    assert {mention.type for mention in document.mentions} == {MentionType.PERSON}


def test_an_attribute_points_at_its_mention_and_is_a_chain_of_its_own(tmp_path: Path) -> None:
    """Anna, [the baker],"""
    document = read_document(write_litbank(tmp_path), ID)
    [attribute] = document.attributes
    assert (attribute.mention, attribute.of, attribute.kind) == (3, 2, AttributeKind.APPOSITION)
    assert document.mentions[3].chain is None
    assert sorted(document.chains()) == [(0, 4), (1,), (2,), (3,), (5,)]


def test_events_quotations_and_entities_are_read(tmp_path: Path) -> None:
    """laughed ran said; the quotation with its marks; two layers of entities"""
    document = read_document(write_litbank(tmp_path), ID)
    words = document.alignment.words()
    assert [words[event.token] for event in document.events] == ["laughed", "ran", "said"]
    [quotation] = document.quotations
    span = document.alignment.characters(quotation.span)
    assert document.alignment.string[slice(*span)] == '"Anna, the baker, ran,"'
    assert quotation.speaker == "daughter-1"
    assert [(entity.theirs, entity.layer) for entity in document.entities] == [
        (TokenSpan(0, 5), 1),
        (TokenSpan(0, 4), 0),
        (TokenSpan(8, 9), 0),
    ]


def test_a_label_within_our_token_is_counted(tmp_path: Path) -> None:
    """The [...] . saw: a mention that ends before the last stop of four"""
    data = write_litbank(
        tmp_path,
        words="The man ... . laughed",
        coreference="MENTION\tT1\t0\t0\t0\t2\tThe man ...\tPER\tNOM\nCOREF\tT1\tman-1\n",
        quotations="",
    )
    moves = dict(read_document(data, ID).moves)["mentions"]
    assert (moves.n_labels, len(moves.widened), moves.n_merged) == (1, 1, 0)


def test_layers_that_do_not_share_their_tokens_are_refused(tmp_path: Path) -> None:
    """the same words, one of them changed in the layer of events"""
    with pytest.raises(DamagedCorpusError, match="tokens"):
        read_document(write_litbank(tmp_path, event_words=WORDS.replace("laughed", "wept")), ID)


def test_a_speaker_without_a_chain_is_refused(tmp_path: Path) -> None:
    """ATTRIB Q1 nobody-9"""
    with pytest.raises(DamagedCorpusError, match="speaker"):
        read_document(write_litbank(tmp_path, quotations=QUOTATIONS.replace("daughter-1", "nobody-9")), ID)


def test_a_mention_in_no_chain_is_refused(tmp_path: Path) -> None:
    """T6 without its COREF"""
    with pytest.raises(DamagedCorpusError, match="T6"):
        read_document(write_litbank(tmp_path, coreference=COREFERENCE.replace("COREF\tT6\tboy-4\n", "")), ID)


def test_a_fold_lists_ids_as_the_documents_have_them(tmp_path: Path) -> None:
    """1_tale_brat.tsv in the test list"""
    data = write_litbank(tmp_path)
    assert read_fold(data, 0).test == (ID,) == tuple(document_ids(data))
    with pytest.raises(CorpusMissingError):
        read_fold(data, 1)


@pytest.mark.slow
@real
def test_every_label_of_litbank_comes_back_from_our_tokens() -> None:
    """litbank, all documents"""
    counts: Counter[str] = Counter()
    for document in read_litbank(DATA):
        words = document.alignment.their_words()
        for mention in document.mentions:
            back = document.alignment.to_theirs(mention.span).span
            assert words[slice(*back)] == words[slice(*mention.theirs)], (document.id, mention.id)
            counts[mention.kind] += 1
        for event in document.events:
            assert document.alignment.to_theirs(TokenSpan(event.token, event.token + 1)).span.start == event.theirs
        counts["quotations that grew"] += sum(len(moves.widened) for layer, moves in document.moves if layer == "quotations")
    assert min(counts[kind] for kind in MentionKind) > 3000
    assert counts["quotations that grew"] <= 1  # one ends within a run of stops


@real
def test_the_folds_share_no_document_and_name_only_those_at_hand() -> None:
    """litbank, the splits"""
    at_hand = set(document_ids(DATA))
    splits = [*(read_fold(DATA, number) for number in range(FOLDS)), read_event_split(DATA), read_entity_split(DATA)]
    for split in splits:
        ids = [*split.train, *split.dev, *split.test]
        assert len(ids) == len(set(ids))
        assert set(ids) <= at_hand
