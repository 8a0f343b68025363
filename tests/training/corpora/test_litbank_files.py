from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from fabula.records import MentionType
from tests.training.corpora.made_up import ID, QUOTATIONS, write_litbank
from training.corpora.alignment import TokenSpan
from training.corpora.litbank import LitBankDocument, read_document, read_litbank
from training.corpora.litbank_files import conll, entities_tsv, events_tsv, quotations_ann

DATA = Path(os.environ.get("FABULA_DATA", Path(__file__).parents[4] / "shared" / "data"))
real = pytest.mark.skipif(not (DATA / "litbank").exists(), reason="the corpora are not here (FABULA_DATA)")
# Its conll file follows another state of two attributes (T20, T99) than its tsv.
OTHERWISE_IN_CONLL = {"1400_great_expectations_brat"}


def gold_conll(document: LitBankDocument) -> str:
    return conll(document.id, document.alignment, [[document.mentions[at].span for at in chain] for chain in document.chains()])


def clusters(text: str) -> set[frozenset[tuple[int, int]]]:
    """The chains of a conll file: of one chain's open spans the last opened closes first."""
    open_: dict[str, list[int]] = {}
    chains: dict[str, set[tuple[int, int]]] = {}
    rows = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    for token, row in enumerate(rows):
        cells = [cell for cell in row if cell]
        for opened, number, closed in re.findall(r"(\(?)(\d+)(\)?)", cells[-1]):
            if opened:
                open_.setdefault(number, []).append(token)
            if closed:
                chains.setdefault(number, set()).add((open_[number].pop(), token))
    return {frozenset(chain) for chain in chains.values()}


def labels(text: str) -> list[list[str]]:
    """Words and layers of a tsv: a trailing tab and empty cells are told in two ways in the corpus."""
    return [[cell or "O" for cell in line.split("\t")][:5] for line in text.split("\n") if line.strip()]


def test_chains_are_written_on_the_corpus_s_tokens_nested(tmp_path: Path) -> None:
    """[[The old miller’s] daughter] laughed."""
    lines = gold_conll(read_document(write_litbank(tmp_path), ID)).split("\n")
    assert lines[0] == f"#begin document ({ID}); part 0"
    rows = [line.split("\t") for line in lines[1:7]]
    assert {len(row) for row in rows} == {13}
    assert [row[-1] for row in rows] == ["(0|(1", "_", "_", "1)", "0)", "_"]
    assert lines[-2:] == ["#end document", ""]


def test_a_span_that_two_predictions_become_is_written_once(tmp_path: Path) -> None:
    """The man ... . laughed: spans of ours that share a token of the corpus"""
    data = write_litbank(tmp_path, words="The Co. laughed", coreference="", quotations="")
    document = read_document(data, ID)
    assert document.alignment.words() == ["The", "Co", ".", "laughed"]
    text = conll(ID, document.alignment, [[TokenSpan(1, 2)], [TokenSpan(2, 3)]])
    assert clusters(text) == {frozenset({(1, 1)})}


def test_events_and_entities_are_written_as_they_were_read(tmp_path: Path) -> None:
    """the made-up document"""
    document = read_document(write_litbank(tmp_path), ID)
    events = (tmp_path / "litbank/events/tsv" / f"{ID}.tsv").read_text(encoding="utf-8")
    entities = (tmp_path / "litbank/entities/tsv" / f"{ID}.tsv").read_text(encoding="utf-8")
    assert events_tsv(document.alignment, [event.token for event in document.events]) == events
    assert entities_tsv(document.alignment, [(entity.span, entity.type) for entity in document.entities]) == entities


def test_an_entity_that_no_layer_has_room_for_is_left_out(tmp_path: Path) -> None:
    """five entities of different length on one word"""
    document = read_document(write_litbank(tmp_path), ID)
    nested = [(TokenSpan(0, end), MentionType.PERSON) for end in range(1, 6)]
    assert labels(entities_tsv(document.alignment, nested))[0] == ["The", *["B-PER"] * 4]
    assert labels(entities_tsv(document.alignment, nested))[4] == ["daughter", *["O"] * 4]


def test_quotations_are_written_with_their_speakers(tmp_path: Path) -> None:
    """ " Anna , the baker , ran , " """
    document = read_document(write_litbank(tmp_path), ID)
    [quotation] = document.quotations
    assert quotations_ann(document.alignment, [(quotation.span, quotation.speaker)]) == QUOTATIONS
    assert "ATTRIB" not in quotations_ann(document.alignment, [(quotation.span, "")])


@pytest.mark.slow
@real
def test_the_gold_of_every_document_is_written_as_its_authors_wrote_it() -> None:
    """litbank, all documents: chains, events, entities"""
    for document in read_litbank(DATA):
        alignment, root = document.alignment, DATA / "litbank"
        mine, theirs = gold_conll(document), (root / "coref/conll" / f"{document.id}.conll").read_text(encoding="utf-8")
        assert (clusters(mine) == clusters(theirs)) == (document.id not in OTHERWISE_IN_CONLL), document.id
        assert [line.split("\t")[:12] for line in mine.split("\n")] == [line.split("\t")[:12] for line in theirs.split("\n")]
        events = (root / "events/tsv" / f"{document.id}.tsv").read_text(encoding="utf-8")
        assert labels(events_tsv(alignment, [event.token for event in document.events])) == labels(events)
        entities = (root / "entities/tsv" / f"{document.id}.tsv").read_text(encoding="utf-8")
        assert labels(entities_tsv(alignment, [(entity.span, entity.type) for entity in document.entities])) == labels(entities)
