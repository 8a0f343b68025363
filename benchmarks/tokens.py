"""How many characters a second are parted into sentences and tokens.

    python -m benchmarks.tokens --data DIR

DIR is the folder of the corpora. Writes the section "tokens" of benchmarks/RESULTS.md; exit code 1 if the bar is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.books import ALICE, SHERLOCK_HOLMES, WAR_AND_PEACE, Book
from benchmarks.results import verdict, write_result
from evaluation.report import Section, markdown_table
from fabula.source import read_manuscript
from fabula.text.compose import compose_text
from fabula.text.tokens import find_tokens

BAR = 2_000_000  # characters a second
REPEATS = 5
MEASURED = (ALICE, SHERLOCK_HOLMES, WAR_AND_PEACE)


def measure_tokens(path: Path) -> tuple[int, int, float]:
    """A book's characters and tokens, and the seconds of work that it takes to find these: the median of `REPEATS`."""
    text = compose_text(read_manuscript(path))
    seconds = []
    for _ in range(REPEATS):
        began = time.process_time()
        find_tokens(text.string, text.paragraphs)
        seconds.append(time.process_time() - began)
    return len(text.string), len(text.tokens), median(seconds)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tokens", description="Measure how fast tokens are found.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    options = parser.parse_args(arguments)
    figures = [(book, *measure_tokens(options.data / book.path)) for book in MEASURED]
    rows = [_row(*figure) for figure in figures]
    table = markdown_table(("book", "characters", "tokens", "CPU s", "million characters/s", "bar", "met"), rows)
    data = f"plain text; the median of {REPEATS} runs"
    write_result(Section("tokens", "Tokens", "python -m benchmarks.tokens --data DIR", data, table))
    print(table)
    return 0 if all(n_characters / seconds >= BAR for _, n_characters, _, seconds in figures) else 1


def _row(book: Book, n_characters: int, n_tokens: int, seconds: float) -> tuple[str, ...]:
    rate = n_characters / seconds
    return (
        book.title,
        f"{n_characters:,}",
        f"{n_tokens:,}",
        f"{seconds:.3f}",
        f"{rate / 1e6:.2f}",
        f"≥ {BAR / 1e6:.0f}",
        verdict(rate >= BAR),
    )


if __name__ == "__main__":
    sys.exit(main())
