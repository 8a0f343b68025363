"""What it costs to read a book from its file into a story file, and to show what is in it.

    python -m benchmarks.reading --data DIR

DIR is the folder of the corpora. Every figure is the median of several fresh processes. Writes the sections "reading", "growth",
"rereading" and "showing" of benchmarks/RESULTS.md, and benchmarks/reading.svg; exit code 1 if a bar is missed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.books import SECRET_GARDEN, SHERLOCK_HOLMES, WAR_AND_PEACE, Book, place_books
from benchmarks.growth import WORDS, Line, Point, fit_line, plot_growth
from benchmarks.processes import REPEATS, Cost, measure, warn_if_busy
from benchmarks.results import FOLDER, verdict, write_result
from evaluation.report import Section, markdown_table

COMMAND = "python -m benchmarks.reading --data DIR"
READING_BARS = {SECRET_GARDEN: 12.0, WAR_AND_PEACE: 90.0}  # seconds of wall time, on two cores
PEAK_BARS = {SECRET_GARDEN: 1_000_000_000, WAR_AND_PEACE: 2_500_000_000}  # bytes
SHOWING_BAR = 0.5  # seconds of wall time
REREADING_BAR = 3.0  # seconds of wall time, a chapter of a hundred thousand words changed
SIZE_BAR = 8.0  # the story file's size over its text's
SHOWN = ("cast", "quotes")
PLOT = FOLDER / "reading.svg"


@dataclass(frozen=True, slots=True)
class Reading:
    """A book that was read. size: the story file's bytes over those of its text in UTF-8."""

    book: Book
    n_words: int
    cost: Cost
    size: float

    @property
    def is_fast(self) -> bool | None:
        """Whether the bars of time and memory are met; None: the book has none."""
        if self.book not in READING_BARS:
            return None
        return self.cost.wall <= READING_BARS[self.book] and self.cost.peak <= PEAK_BARS.get(self.book, self.cost.peak)


def fabula(*arguments: str | Path) -> list[str]:
    """The command line of a `fabula` command of this checkout."""
    return [sys.executable, "-m", "fabula.cli", *map(str, arguments)]


def describe(book: Book, cost: Cost, path: Path) -> Reading:
    """A reading with what its story file says."""
    import fabula as package  # late: what the measuring process holds counts as memory of those it starts

    with package.open(path) as story:
        return Reading(book, story.book.n_words, cost, path.stat().st_size / len(story.text.encode()))


def tabulate_readings(readings: Sequence[Reading]) -> str:
    header = ("book", "words", "wall s", "CPU s", "peak MB", "bar", "met", "story file / text")
    return markdown_table(header, [_reading_row(r) for r in readings])


def _reading_row(reading: Reading) -> tuple[str, ...]:
    bars = [f"≤ {READING_BARS[reading.book]:g} s"] if reading.book in READING_BARS else []
    bars += [f"≤ {PEAK_BARS[reading.book] / 1e6:.0f} MB"] if reading.book in PEAK_BARS else []
    cost = reading.cost
    return (
        reading.book.title,
        f"{reading.n_words:,}",
        f"{cost.wall:.2f}",
        f"{cost.cpu:.2f}",
        f"{cost.peak / 1e6:.0f}",
        ", ".join(bars),
        verdict(reading.is_fast),
        f"{reading.size:.2f}",
    )


def describe_growth(line: Line) -> str:
    rows = [
        (f"seconds per {WORDS:,} words", f"{line.rate:.2f}"),
        ("seconds before the first word", f"{line.start:.2f}"),
        ("largest deviation from the line", f"{100 * line.deviation:.0f} % ({line.worst.title})"),
    ]
    return f"{markdown_table(('line fitted to CPU time', 'figure'), rows)}\n\n![Seconds over words, with the line]({PLOT.name})"


def tabulate_showing(costs: Sequence[Cost]) -> str:
    rows = [_showing_row(layer, cost) for layer, cost in zip(SHOWN, costs, strict=True)]
    return markdown_table(("command", "wall s", "CPU s", "peak MB", "bar", "met"), rows)


def _showing_row(layer: str, cost: Cost) -> tuple[str, ...]:
    figures = (f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.peak / 1e6:.0f}")
    return (f"`fabula show STORY {layer}`", *figures, f"≤ {SHOWING_BAR} s", verdict(cost.wall <= SHOWING_BAR))


def change(book: str, number: int) -> str:
    """The text of a book with another paragraph in the middle of it."""
    at = book.index("\n\n", len(book) // 2)
    return f"{book[:at]}\n\nThe clock struck {number}, and he went out into the street.{book[at:]}"


def measure_readings(places: Mapping[Book, Path], stories: Mapping[Book, Path], repeats: int) -> list[Cost]:
    """What it costs to read each book of which there is no story yet; the last one is left."""
    rounds = []
    for _ in range(repeats):
        for story in stories.values():
            story.unlink(missing_ok=True)  # what has been read before would not be read anew
        rounds.append(measure([fabula("read", path, "-o", stories[book], "-q") for book, path in places.items()], 1))
    return [_median_of(costs) for costs in zip(*rounds, strict=True)]


def _median_of(costs: Sequence[Cost]) -> Cost:
    return Cost(*(median(getattr(cost, figure) for cost in costs) for figure in ("wall", "cpu", "peak")))


def measure_rereading(path: Path, story: Path, folder: Path, repeats: int) -> Cost:
    """What it costs to read a book again of which a paragraph has changed. story: of the unchanged one; it is left as it is."""
    text, edited, again = path.read_text(encoding="utf-8"), folder / path.name, folder / f"again-{story.name}"
    shutil.copy(story, again)
    costs = []
    for number in range(1, repeats + 1):
        edited.write_text(change(text, number), encoding="utf-8")
        costs += measure([fabula("read", edited, "-o", again, "-q")], 1)
    return _median_of(costs)


def tabulate_rereading(cost: Cost) -> str:
    figures = (
        f"{cost.wall:.2f}",
        f"{cost.cpu:.2f}",
        f"{cost.peak / 1e6:.0f}",
        f"≤ {REREADING_BAR:g} s",
        verdict(cost.wall <= REREADING_BAR),
    )
    return markdown_table(("book", "wall s", "CPU s", "peak MB", "bar", "met"), [(SHERLOCK_HOLMES.title, *figures)])


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description="Measure reading and showing.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--repeats", type=int, default=REPEATS, metavar="N", help=f"fresh processes for each figure; {REPEATS}")
    options = parser.parse_args(arguments)
    warn_if_busy()
    with tempfile.TemporaryDirectory() as name:
        places = place_books(options.data, Path(name))
        stories = {book: Path(name) / f"{number}.fabula" for number, book in enumerate(places)}
        costs = measure_readings(places, stories, options.repeats)
        rereading = measure_rereading(places[SHERLOCK_HOLMES], stories[SHERLOCK_HOLMES], Path(name), REPEATS)
        showing = measure([fabula("show", stories[WAR_AND_PEACE], layer) for layer in SHOWN])
        readings = [describe(book, cost, stories[book]) for book, cost in zip(places, costs, strict=True)]
    points = [Point(r.book.title, r.n_words, r.cost.cpu) for r in readings]
    line = fit_line(points)
    plot_growth(points, line, PLOT)
    largest = max(r.size for r in readings)
    sizes = f"Largest story file: {largest:.2f} times its text in UTF-8 (bar: ≤ {SIZE_BAR:g}; met: {verdict(largest <= SIZE_BAR)})."
    how, read_in = (f"the median of {n} fresh processes" if n > 1 else "one fresh process" for n in (REPEATS, options.repeats))
    reading = f"{tabulate_readings(readings)}\n\n{sizes}"
    story = f"the story of {WAR_AND_PEACE.title}, all rows; {how}"
    for section in (
        Section("reading", "`fabula read`, from file to story", COMMAND, f"plain text; {read_in}", reading),
        Section("growth", "Growth with the length of the book", COMMAND, "the readings above", describe_growth(line)),
        Section(
            "rereading", "`fabula read` again, a paragraph changed", COMMAND, f"plain text; {how}", tabulate_rereading(rereading)
        ),
        Section("showing", "`fabula show`", COMMAND, story, tabulate_showing(showing)),
    ):
        write_result(section)
        print(section.body)
    is_met = [r.is_fast is not False for r in readings] + [largest <= SIZE_BAR, rereading.wall <= REREADING_BAR]
    is_met += [c.wall <= SHOWING_BAR for c in showing]
    return 0 if all(is_met) else 1


if __name__ == "__main__":
    sys.exit(main())
