from __future__ import annotations

from pathlib import Path

import pytest

import fabula
from evaluation import results, voices
from evaluation.pdnc import ScoredStory, judge_speakers, read_novel
from fabula.records import Character, CharacterName, Gender, NameKind, Quote, QuoteKind, Span
from tests.evaluation.test_pdnc import write_csv
from tests.evaluation.told import make_told

TEXT = "“Go,” said Tom. “No,” said Ann. “Why?”"


def write_novel(data: Path, name: str = "Emma") -> Path:
    """“Go,” is Tom's, “No,” and “Why?” are Ann's; marks are left out, as PDNC does."""
    folder = data / "pdnc" / "data" / name
    folder.mkdir(parents=True)
    (folder / "novel_text.txt").write_text(TEXT, encoding="utf-8")
    write_csv(
        folder / "character_info.csv",
        ("Character ID", "Main Name", "Aliases", "Gender", "Category"),
        ("0", "Tom", "{'Tom'}", "M", "major"),
        ("1", "Ann", "{'Ann'}", "F", "major"),
    )
    write_csv(
        folder / "quotation_info.csv",
        ("quoteID", "quoteByteSpans", "speaker", "addressees", "quoteType"),
        ("Q0", "[[1, 4]]", "Tom", "['Ann']", "Explicit"),
        ("Q1", "[[17, 20]]", "Ann", "['Tom']", "Explicit"),
        ("Q2", "[[33, 37]]", "Ann", "['Tom']", "Implicit"),
    )
    return folder


def somebody(id_: int, name: str) -> Character:
    names = (CharacterName(name, 1, NameKind.SINGLE, Span(0, 1)),)
    return Character(id_, name, names, Gender.UNKNOWN, 0, False, False, (), 1, 0, 0)


def quote(id_: int, start: int, end: int, speaker: int | None, probability: float) -> Quote:
    return Quote(id_, (Span(start, end),), QuoteKind.SPEECH, speaker, (), None, "", probability)


def test_every_part_is_judged_with_its_probability(tmp_path: Path) -> None:
    """“Go,” said Tom. “No,” said Ann. “Why?”"""
    quotes = (quote(0, 0, 5, 0, 0.9), quote(1, 16, 21, 0, 0.6), quote(2, 32, 38, None, 0.0))
    story = ScoredStory(TEXT, quotes, (somebody(0, "Tom"), somebody(1, "Ann")))
    assert judge_speakers(read_novel(write_novel(tmp_path)), story) == [(0.9, True), (0.6, False), (-1.0, False)]


def test_the_curve_counts_those_from_a_probability_on() -> None:
    curve = voices._format_curve([(0.9, True), (0.6, False), (0.6, True), (-1.0, False)])
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in curve.splitlines() if line.startswith("| 0")]
    assert rows[0] == ["0.00", "66.7", "75.0"]
    assert ["0.70", "100.0", "25.0"] in rows
    assert rows[-1] == ["0.95", "–", "0.0"]


def test_the_section_has_a_row_a_novel_and_the_worst_of_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A story without quotations: nobody says anything."""
    write_novel(tmp_path)
    monkeypatch.setattr(fabula, "read", lambda _book: make_told("[0 Tom] sat. [1 Ann] sat."))
    section = voices.run(tmp_path)
    assert "| Emma | 0.0 |" in section
    assert "Worst novel: Emma, 0.0 (bar 65.0)." in section
    assert "**all**" in section


def test_a_novel_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_novel(tmp_path)
    assert voices.main(["--data", str(tmp_path), "Ema"]) == 2
    assert "there is no novel `Ema` in PDNC" in capsys.readouterr().err


def test_the_results_have_a_section_of_it() -> None:
    assert any(evaluation.name == "voices" for evaluation in results.EVALUATIONS)
