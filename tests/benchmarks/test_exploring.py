from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.exploring import BROWSER, Answer, is_met, measure_answers, measure_opening, tabulate_answers, tabulate_browser
from fabula import Story
from fabula.web import front as built
from tests.stories import make_weir

FIGURES = {name: 50.0 for name, _, _ in BROWSER}


def test_a_bar_that_is_missed_is_told() -> None:
    """A chapter in 300 ms; a first view of 130 KB"""
    quick, slow = Answer("a chapter", 0.2, 0.1, 0.1, 1000), Answer("a chapter", 0.2, 0.3, 0.3, 1000)
    free = Answer("a search", None, 3.0, 3.0, 1000)
    assert is_met(0.9, [quick, free], FIGURES)
    assert is_met(0.9, [quick], None)
    assert not is_met(1.1, [quick], FIGURES)
    assert not is_met(0.9, [slow], FIGURES)
    assert not is_met(0.9, [quick], {**FIGURES, "first_view_kb": 130.0})
    assert "| a chapter | 300 | 300 | 1 | ≤ 200 ms | **no** |" in tabulate_answers(0.9, [slow])
    assert "| first view loads, KB gzipped | 50 | ≤ 120 | yes |" in tabulate_browser(FIGURES)


@pytest.mark.slow
@pytest.mark.skipif(not (built.FRONT / built.INDEX).is_file(), reason="the pages have not been built")
def test_a_server_is_measured(tmp_path: Path) -> None:
    """Two chapters, three people"""
    story = tmp_path / "weir.fabula"
    Story.from_records(make_weir()).save(story)
    assert 0 < measure_opening(story) < 60
    assert {answer.what for answer in measure_answers(story)} > {"a chapter", "the cast"}
