"""How the time of reading grows with the length of the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WORDS = 100_000  # words that the rate is given for
LABEL_HEIGHT = 0.04  # of the plot


@dataclass(frozen=True, slots=True)
class Point:
    """A book that was read. seconds: CPU time, which other work on the machine does not stretch as it does wall time."""

    title: str
    n_words: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Line:
    """seconds = start + rate * n_words / WORDS.

    worst: the point furthest from it. deviation: its distance, as a share of the line's own value there.
    """

    start: float
    rate: float
    worst: Point
    deviation: float

    def at(self, n_words: float) -> float:
        return self.start + self.rate * n_words / WORDS


def fit_line(points: Sequence[Point]) -> Line:
    """The line nearest to the points in relative terms, so that short books count as much as long ones.

    >>> line = fit_line([Point("a", 100_000, 2.0), Point("b", 200_000, 3.0), Point("c", 400_000, 5.0)])
    >>> round(line.start, 6), round(line.rate, 6), round(line.deviation, 6)
    (1.0, 1.0, 0.0)
    """
    import numpy as np  # late, for the sake of the memory that is measured: see `processes.measure`

    n_words = np.array([p.n_words for p in points], float)
    seconds = np.array([p.seconds for p in points])
    rate, start = np.polyfit(n_words / WORDS, seconds, 1, w=1 / seconds)
    fitted = start + rate * n_words / WORDS
    deviations = np.abs(seconds - fitted) / fitted
    worst = int(deviations.argmax())
    return Line(float(start), float(rate), points[worst], float(deviations[worst]))


def plot_growth(points: Sequence[Point], line: Line, path: Path) -> None:
    """Draw the books and the line into an SVG file, the same bytes for the same figures."""
    import matplotlib as mpl  # late, likewise
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "fabula", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9}):
        figure = Figure(figsize=(7, 4), layout="constrained")
        axes = figure.add_subplot()
        longest = max(p.n_words for p in points)
        axes.plot([0, longest / 1000], [line.start, line.at(longest)], color="#9aa5b1", linewidth=1.2, zorder=1)
        axes.scatter([p.n_words / 1000 for p in points], [p.seconds for p in points], color="#1f5f8b", s=22, zorder=2)
        free = line.at(longest) * 2  # below this height no label stands yet
        for point in sorted(points, key=lambda p: -p.seconds):
            free = min(point.seconds, free - LABEL_HEIGHT * line.at(longest))
            axes.annotate(
                point.title,
                (point.n_words / 1000, free),
                xytext=(6, 0),
                textcoords="offset points",
                va="top",
                fontsize=7.5,
            )
        axes.set_xlim(left=0, right=longest / 1000 * 1.2)
        axes.set_ylim(bottom=0)
        axes.set_xlabel("length, thousand words")
        axes.set_ylabel("fabula read, CPU seconds")
        axes.spines[["top", "right"]].set_visible(False)
        figure.savefig(path, metadata={"Date": None})
