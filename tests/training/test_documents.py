from __future__ import annotations

import os
from pathlib import Path

import pytest

from training.corpora.litbank import document_ids, read_event_split, read_fold
from training.documents import choose_documents

DATA = Path(os.environ.get("FABULA_DATA", Path(__file__).parents[3] / "shared" / "data"))
real = pytest.mark.skipif(not (DATA / "litbank").exists(), reason="the corpora are not here (FABULA_DATA)")

SPLIT = {"train": ("1_tale", "2_tale", "3_gone", "5_tale"), "dev": ("4_tale",), "test": ("5_tale", "6_tale", "7_gone")}
AT_HAND = ("1_tale", "2_tale", "4_tale", "5_tale", "6_tale")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two documents are not at hand; one is in the lists for training and for testing, which no published split should have."""
    root = tmp_path / "litbank"
    (root / "coref/tsv").mkdir(parents=True)
    for id_ in AT_HAND:
        (root / "coref/tsv" / f"{id_}.txt").touch()
    for folder in ("splits_coref_tenfold/data/litbank_tenfold_splits/3", "splits_events/data"):
        (root / folder).mkdir(parents=True)
        for name, ids in SPLIT.items():
            (root / folder / f"{name}.ids").write_text("".join(f"{id_}.tsv\n" for id_ in ids), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("model", ["fold3", "events"])
def test_a_model_that_is_judged_sees_the_rest_of_what_is_at_hand(data: Path, model: str) -> None:
    """train 1, 2, 3 (gone), 5; dev 4; test 5, 6, 7 (gone)"""
    assert choose_documents(data, model) == ("1_tale", "2_tale", "4_tale")


def test_a_model_to_choose_by_does_not_see_the_development_documents(data: Path) -> None:
    """the same split"""
    assert choose_documents(data, "dev3") == ("1_tale", "2_tale")


def test_the_model_that_ships_sees_all(data: Path) -> None:
    """the same split"""
    assert choose_documents(data, "reader") == AT_HAND


@real
@pytest.mark.parametrize("model", ["fold0", "fold3", "fold7", "dev0", "events"])
def test_no_model_sees_a_document_that_it_is_judged_by(model: str) -> None:
    """litbank, the splits"""
    split = read_event_split(DATA) if model == "events" else read_fold(DATA, int(model[-1]))
    chosen = choose_documents(DATA, model)
    assert not set(chosen) & {*split.test, *(split.dev if model.startswith("dev") else ())}
    assert set(chosen) <= set(document_ids(DATA))
    assert len(chosen) == len(set(chosen)) > len(split.test) > 0
