from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from evaluation.counts import Agreement, Share
from evaluation.litbank import MissingWeightsError
from evaluation.litbank_scores import LitBankCounts
from evaluation.precision import Column, RememberingEncoder, Saturation, compare, evaluate, format_saturation, main, to_markdown
from evaluation.saturation import PairCounts
from evaluation.syntax import SyntaxCounts

SEEN = Saturation(0.01, PairCounts(all=2_000_000, cut=30), 0.9995, 0.9975, 0.9976)
UPOS = {"UPOS": lambda counts: counts.upos.value}


def tagged(*hits: int) -> list[SyntaxCounts]:
    """Documents of a hundred words."""
    return [SyntaxCounts(upos=Share(hit, 100)) for hit in hits]


def column(name: str, *hits: int, n_mentions: int = 80) -> Column:
    """Documents of a treebank, and one of LitBank with a hundred mentions, of which so many are found."""
    found = LitBankCounts(mentions=Agreement(Share(n_mentions, 100), Share(n_mentions, 100)))
    return Column(name, [found], {"EWT test": tagged(*hits)})


def row(text: str, name: str) -> list[str]:
    [line] = [line for line in text.splitlines() if line.startswith(f"| {name} |")]
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def test_a_difference_is_to_the_first_column() -> None:
    """97 and 96 of a hundred words; 80 and 81 of a hundred mentions"""
    said = to_markdown([column("float", 97), column("int8", 96, n_mentions=81), column("int8-reduced", 97)], SEEN, fold=0)
    assert said.startswith("| figure | float | int8 | difference | int8-reduced | difference |")
    assert row(said, "EWT test, UPOS") == ["97.00", "96.00", "-1.00 [-1.00, -1.00]", "97.00", "+0.00 [+0.00, +0.00]"]
    assert row(said, "LitBank, mentions: F1")[:3] == ["80.00", "81.00", "+1.00 [+1.00, +1.00]"]


def test_what_loses_more_than_the_bar_is_named() -> None:
    """a point of UPOS by int8, a point won by int8-reduced"""
    said = to_markdown([column("float", 97), column("int8", 96), column("int8-reduced", 98)], SEEN, fold=0)
    assert "Missed by int8: EWT test, UPOS (-1.00)." in said


def test_a_loss_within_the_bar_is_no_miss() -> None:
    """half a point of two hundred words"""
    said = to_markdown([column("float", 97, 97), column("int8", 96, 97)], SEEN, fold=0)
    assert "-0.50" in row(said, "EWT test, UPOS")[2]
    assert "Kept by all." in said and "Missed" not in said


def test_the_interval_is_of_the_same_documents_for_both() -> None:
    """an easy and a hard document, a point lost in either: the difference does not vary, though the figures do"""
    values, differences = compare(tagged(99, 50), tagged(98, 49), UPOS)
    assert values["UPOS"].value == pytest.approx(0.735)
    assert [round(100 * one, 6) for one in differences["UPOS"]] == [-1.0, -1.0, -1.0]


def test_other_documents_cannot_be_compared() -> None:
    """two documents, and one of them"""
    with pytest.raises(ValueError, match="zip"):
        compare(tagged(99, 50), tagged(98), UPOS)


def test_what_is_cut_off_is_said() -> None:
    """30 of two million"""
    said = format_saturation(SEEN)
    assert "1.00 % of all pairs of weights" in said
    assert "30 of 2,000,000 pairs of products did (15.0 in a million)" in said


def test_which_documents_is_said() -> None:
    """fold 3"""
    said = to_markdown([column("float", 97, 98), column("int8", 97, 98)], SEEN, fold=3)
    assert "LitBank: the 1 test documents of fold 3; EWT test: 2 documents." in said


def test_a_window_is_read_once() -> None:
    """the same pieces twice, then with other cases"""
    asked: list[list[int]] = []

    def encode(pieces: NDArray[np.int64], cases: NDArray[np.int64]) -> NDArray[np.float32]:
        asked.append([*pieces.tolist(), *cases.tolist()])
        return np.ones((len(pieces), 384), np.float32)

    encoder = RememberingEncoder(encode)
    for case in (0, 0, 1):
        encoder(np.array([7]), np.array([case]))
    assert asked == [[7, 0], [7, 1]]


def test_a_precision_that_is_missing_is_named_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """float and int8 alone"""
    for name in ("float", "int8"):
        (tmp_path / name).mkdir()
    with pytest.raises(MissingWeightsError, match="int8-reduced"):
        evaluate(tmp_path / "nothing", tmp_path)
    assert main(["--data", str(tmp_path / "nothing"), "--models", str(tmp_path)]) == 2
    assert "int8-reduced" in capsys.readouterr().err
