from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.coreference import CoreferenceCounts, count_coreference
from evaluation.counts import total
from training.corpora.alignment import TokenSpan, align
from training.corpora.litbank_files import conll
from training.corpora.spacing import respace

SCORER = Path(os.environ.get("FABULA_DATA", Path(__file__).parents[3] / "shared" / "data")).parent / "tools" / "score_coref.py"
GOLD = ("abc", "defg")
PREDICTED = ("ab", "cd", "fghi")


def partition(labels: list[int | None]) -> list[set[int]]:
    """Mentions 0, 1, ... by their chain's label; None: not a mention."""
    return [{at for at, label in enumerate(labels) if label == one} for one in sorted({x for x in labels if x is not None})]


chains = st.lists(st.one_of(st.none(), st.integers(0, 4)), max_size=12).map(partition)


def test_the_worked_example_of_the_literature() -> None:
    """gold abc defg, predicted ab cd fghi (Luo 2005, Pradhan 2014)"""
    counts = count_coreference(GOLD, PREDICTED)
    assert (counts.muc.precision, counts.muc.recall) == pytest.approx((0.4, 0.4))
    assert (counts.b3.precision, counts.b3.recall) == pytest.approx((0.5, 5 / 12))
    assert (counts.ceafe.precision, counts.ceafe.recall) == pytest.approx((1.3 / 3, 0.65))
    assert (counts.mentions.precision, counts.mentions.recall) == pytest.approx((6 / 8, 6 / 7))


def test_lea_gives_a_singleton_its_only_link_if_it_stays_alone() -> None:
    """gold a b cd, predicted a bc d"""
    counts = count_coreference(["a", "b", "cd"], ["a", "bc", "d"])
    assert (counts.lea.gold.hit, counts.lea.gold.total) == (1, 4)
    assert (counts.lea.predicted.hit, counts.lea.predicted.total) == (1, 4)


def test_nothing_predicted_is_nought_and_no_error() -> None:
    """gold abc defg, nothing predicted; then nothing at all"""
    assert count_coreference(GOLD, []).conll == 0.0
    assert count_coreference([], []).conll == 0.0


def test_documents_add_up_before_ratios_are_taken() -> None:
    """a document that is right with three mentions, one that is wrong with seven"""
    counts = total([count_coreference(["abc"], ["abc"]), count_coreference(["abcdefg"], "abcdefg")])
    assert counts.muc.recall == pytest.approx(2 / 8)
    assert counts.mentions.f1 == 1.0


@given(chains)
def test_gold_agrees_with_itself(gold: list[set[int]]) -> None:
    """any chains"""
    counts = count_coreference(gold, gold)
    assert all(one.f1 in (0.0, pytest.approx(1.0)) for one in (counts.b3, counts.ceafe, counts.lea, counts.mentions))
    assert counts.b3.f1 == pytest.approx(1.0 if gold else 0.0)


@given(chains, chains)
def test_sides_changed_precision_is_recall(gold: list[set[int]], predicted: list[set[int]]) -> None:
    """any chains"""
    there, back = count_coreference(gold, predicted), count_coreference(predicted, gold)
    for measure in ("mentions", "muc", "b3", "ceafe", "lea"):
        assert getattr(there, measure).precision == pytest.approx(getattr(back, measure).recall)
        assert 0 <= getattr(there, measure).f1 <= 1 + 1e-9


def _write(folder: Path, name: str, words: str, spans: list[list[tuple[int, int]]]) -> list[list[TokenSpan]]:
    folder.mkdir(exist_ok=True)
    alignment = align(respace([words.split()]))
    chains = [[TokenSpan(*span) for span in chain] for chain in spans]
    (folder / f"{name}.conll").write_text(conll(name, alignment, chains), encoding="utf-8")
    return chains


@pytest.mark.skipif(not SCORER.exists(), reason="the reference scorer is not here")
def test_the_reference_scorer_says_the_same(tmp_path: Path) -> None:
    """two small documents with nested mentions, singletons, a missed and an invented mention, two chains fused"""
    first, second = "the old miller saw his dog and he saw Anna", "Anna laughed at him and she left"
    gold = [
        _write(tmp_path / "gold", "a", first, [[(0, 3), (4, 5), (7, 8)], [(4, 6)], [(9, 10)]]),
        _write(tmp_path / "gold", "b", second, [[(0, 1), (5, 6)], [(3, 4)]]),
    ]
    predicted = [
        _write(tmp_path / "predicted", "a", first, [[(1, 3), (4, 5)], [(7, 8), (9, 10)], [(4, 6)]]),
        _write(tmp_path / "predicted", "b", second, [[(0, 1), (3, 4), (5, 6)], [(6, 7)]]),
    ]
    counts = total([count_coreference(*pair) for pair in zip(gold, predicted, strict=True)])
    said = subprocess.run(
        [sys.executable, str(SCORER), str(tmp_path / "gold"), str(tmp_path / "predicted")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert _shown(counts) == dict(re.findall(r"^(\w+) +(P.*|[\d.]+)$", said, re.MULTILINE))


def _shown(counts: CoreferenceCounts) -> dict[str, str]:
    rows = {name: getattr(counts, name) for name in ("mentions", "muc", "b3", "ceafe", "lea")}
    shown = {name: f"P {100 * a.precision:6.2f}  R {100 * a.recall:6.2f}  F {100 * a.f1:6.2f}" for name, a in rows.items()}
    return shown | {"conll": f"{100 * counts.conll:.2f}"}
