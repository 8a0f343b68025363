from __future__ import annotations

import math
from pathlib import Path

import pytest

from evaluation import syntax
from evaluation.readings import PredictedWord, find_words
from evaluation.syntax import EWT, FICTION, count_words, read_test, score, to_markdown
from fabula.neural.segments import Segment
from tests.evaluation.models import FakeModel, reading
from tests.training.corpora.made_up import conllu, write_gum
from training.corpora.conllu import read_conllu
from training.corpora.universal_dependencies import Fit, ParsedDocument, Split, Word, parse

SENTENCE = "Millers/miller/NOUN/2/nsubj laughs/laugh/VERB/0/root"


@pytest.fixture
def document(tmp_path: Path) -> ParsedDocument:
    (tmp_path / "a.conllu").write_text(conllu(SENTENCE), encoding="utf-8")
    [document] = read_conllu(tmp_path / "a.conllu")
    return parse(document, genre="bio", split=Split.TEST)


def word(**labels: object) -> Word:
    """A gold word: a noun that hangs on word 1 as its subject."""
    known: dict[str, object] = {"upos": "NOUN", "feats": (), "lemma": "miller", "head": 1, "deprel": "nsubj", "fit": Fit.SAME}
    return Word(**{**known, **labels})  # type: ignore[arg-type]


SAID = PredictedWord("NOUN", (), "miller", 1, "nsubj")


def test_all_is_right() -> None:
    """a word as gold has it"""
    counts = count_words([word()], [SAID])
    assert all(ratio(counts) == 1.0 for ratio in syntax.RATIOS.values())


def test_a_subtype_costs_only_where_subtypes_count() -> None:
    """nsubj for nsubj:pass"""
    counts = count_words([word(deprel="nsubj:pass")], [SAID])
    assert (counts.labelled.value, counts.subtyped.value) == (1.0, 0.0)


def test_a_wrong_head_costs_the_relation_too() -> None:
    """the right relation to the wrong word; a root that is none"""
    counts = count_words([word(head=2), word(head=None, deprel="root")], [SAID, SAID])
    assert (counts.unlabelled.value, counts.labelled.value, counts.upos.value) == (0.0, 0.0, 1.0)


def test_made_up_labels_are_left_out() -> None:
    """the second part of one of their words"""
    counts = count_words([word(), word(fit=Fit.REST, upos="PUNCT")], [SAID, SAID])
    assert (counts.upos.hit, counts.upos.total) == (1, 1)


def test_a_misprint_is_no_feature_of_sense() -> None:
    """Number=Sing, Typo=Yes"""
    gold = word(feats=(("Number", "Sing"), ("Typo", "Yes")))
    counts = count_words([gold], [PredictedWord("NOUN", (("Number", "Sing"),), "miller", 1, "nsubj")])
    assert (counts.feats.value, counts.sense.value) == (0.0, 1.0)


def test_a_document_is_read_as_one_segment_of_its_sentences(document: ParsedDocument) -> None:
    """Millers laughs: lemmas by their scripts, the plural, the subject"""
    model = FakeModel(reading(2, upos=[0, 1], feats=[1, 0], lemmas=[1, 1], heads=[1, -1], relations=[1, 0]))
    [counts] = score(model, [document])
    [(segment, _)] = model.asked
    assert (segment.words, segment.sentences) == (("Millers", "laughs"), (0,))
    assert (counts.upos.hit, counts.labelled.hit, counts.lemma.hit, counts.feats.hit) == (2, 2, 2, 1)


def test_numbers_of_a_reading_are_spelled_out() -> None:
    """Millers laughs"""
    said = reading(2, upos=[0, 1], feats=[1, 0], lemmas=[1, 0], heads=[1, -1], relations=[2, 0])
    assert find_words(FakeModel(said), Segment(("Millers", "laughs"), (0,)), said) == (
        PredictedWord("NOUN", (("Number", "Plur"),), "miller", 1, "nsubj:pass"),
        PredictedWord("VERB", (), "laughs", None, "root"),
    )


def test_fiction_is_read_whatever_its_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """a tale of GUM's training part, and a life"""
    monkeypatch.setattr(syntax, "read_ewt", lambda _data: iter(()))
    write_gum(tmp_path, conllu(SENTENCE, document="GUM_fiction_miller"), document="GUM_fiction_miller", split="train")
    (tmp_path / "gum/dep/GUM_bio_miller.conllu").write_text(conllu(SENTENCE), encoding="utf-8")
    assert [(name, [one.id for one in found]) for name, found in read_test(tmp_path)] == [
        (EWT, []),
        (FICTION, ["GUM_fiction_miller"]),
    ]


def test_the_table_has_the_bars_beside_the_figures() -> None:
    """one word in either treebank"""
    counts = [count_words([word()], [SAID])]
    table = to_markdown([(EWT, counts), (FICTION, counts)])
    assert "| UPOS | 100.0 [100.0, 100.0] | 96.5 | 100.0 [100.0, 100.0] | 97.0 |" in table
    assert "EWT test: 1 documents, 1 words" in table


def test_a_document_without_words_has_no_figure() -> None:
    """nothing"""
    assert math.isnan(count_words([], []).upos.value)
