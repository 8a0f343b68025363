from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.growth import Point, fit_line, plot_growth

POINTS = [Point("Short", 50_000, 1.5), Point("Middling", 100_000, 2.0), Point("Long", 500_000, 6.0)]


def test_the_book_that_is_off_the_line_is_named() -> None:
    """a book that takes twice as long as it should"""
    line = fit_line([*POINTS, Point("Slow", 300_000, 8.0)])
    assert line.worst.title == "Slow" and line.deviation > 0.3


def test_a_quadratic_reader_is_far_off_every_line() -> None:
    """seconds that grow with the square of the words"""
    assert fit_line([Point(str(n), n * 50_000, n * n) for n in range(1, 11)]).deviation > 0.3


def test_the_plot_names_every_book_and_is_the_same_each_time(tmp_path: Path) -> None:
    """three books"""
    pytest.importorskip("matplotlib")
    one, other = tmp_path / "one.svg", tmp_path / "other.svg"
    plot_growth(POINTS, fit_line(POINTS), one)
    plot_growth(POINTS, fit_line(POINTS), other)
    text = one.read_text(encoding="utf-8")
    assert all(point.title in text for point in POINTS)
    assert text == other.read_text(encoding="utf-8")
