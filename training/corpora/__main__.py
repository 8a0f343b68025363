"""Print how the labels of the corpora come over to our tokens: `python -m training.corpora --data DIR [--widened]`."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fabula.errors import FabulaError
from training.corpora.alignment import Moves, Widened
from training.corpora.gum import read_gum_entities
from training.corpora.litbank import read_litbank
from training.corpora.universal_dependencies import Fit, ParsedDocument, read_ewt

EXAMPLES = 20  # commonest of a layer
EXAMPLE_LENGTH = 60  # code points


@dataclass(slots=True)
class Row:
    """One layer of one corpus. n_inexact: labels that grew, or that a word's parts and pieces made unsure."""

    layer: str
    n_documents: int = 0
    n_theirs: int = 0
    n_ours: int = 0
    n_labels: int = 0
    n_inexact: int = 0
    n_merged: int = 0
    widened: Counter[Widened] = field(default_factory=Counter)

    def add(self, n_theirs: int, n_ours: int, moves: Moves) -> None:
        self.n_documents += 1
        self.n_theirs += n_theirs
        self.n_ours += n_ours
        self.n_labels += moves.n_labels
        self.n_inexact += len(moves.widened)
        self.n_merged += moves.n_merged
        self.widened.update(moves.widened)


def count(data: Path) -> list[Row]:
    """Every layer of LitBank, EWT and GUM; of the treebanks by genre."""
    rows: dict[str, Row] = {}

    def row(layer: str) -> Row:
        return rows.setdefault(layer, Row(layer))

    for document in read_litbank(data):
        for layer, moves in document.moves:
            row(f"litbank {layer}").add(len(document.alignment.theirs), len(document.alignment.ours), moves)
    for parsed in read_ewt(data):
        _add_parse(row(f"ewt words, {parsed.genre}"), parsed)
    for gum in read_gum_entities(data):
        _add_parse(row(f"gum words, {gum.parsed.genre}"), gum.parsed)
        row(f"gum entities, {gum.parsed.genre}").add(len(gum.parsed.alignment.theirs), len(gum.parsed.alignment.ours), gum.moves)
    return [rows[layer] for layer in sorted(rows)]


def _add_parse(row: Row, parsed: ParsedDocument) -> None:
    """A label a word of the corpus: inexact where ours has but a part of it, or joins words of which no one governs the rest."""
    alignment = parsed.alignment
    row.add(len(alignment.theirs), len(alignment.ours), Moves(len(alignment.theirs)))
    fits = Counter(word.fit for word in parsed.words)
    row.n_inexact += fits[Fit.PART] + fits[Fit.MIXED]
    row.n_merged += len(alignment.theirs) + fits[Fit.REST] - len(alignment.ours)


def format_table(rows: Iterable[Row]) -> str:
    """One line a layer, numbers to the right.

    >>> print(format_table([Row("tales events", 1, 9, 8, 2, 1)]))
    layer           documents    theirs      ours    labels   inexact    merged
    tales events            1         9         8         2         1         0
    """
    rows = list(rows)
    width = max([len(row.layer) for row in rows] + [12]) + 2
    heads = ("documents", "theirs", "ours", "labels", "inexact", "merged")
    lines = ["layer".ljust(width) + "".join(f"{head:>{11 if head == heads[0] else 10}}" for head in heads)]
    for row in rows:
        numbers = (row.n_documents, row.n_theirs, row.n_ours, row.n_labels, row.n_inexact, row.n_merged)
        lines.append(row.layer.ljust(width) + f"{numbers[0]:>11}" + "".join(f"{number:>10}" for number in numbers[1:]))
    return "\n".join(lines)


def format_widened(rows: Iterable[Row]) -> str:
    """The commonest labels of each layer that grew, as the corpus has them and as they lie on our tokens."""
    lines: list[str] = []
    for row in rows:
        for widened, n in row.widened.most_common(EXAMPLES):
            shown = " -> ".join(words if len(words) <= EXAMPLE_LENGTH else f"... {words[-EXAMPLE_LENGTH:]}" for words in widened)
            lines.append(f"{row.layer}: {n} x {shown}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 2 where a corpus is missing or damaged."""
    parser = argparse.ArgumentParser(prog="python -m training.corpora", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--widened", action="store_true", help="list the commonest labels that could not be moved exactly")
    options = parser.parse_args(arguments)
    try:
        rows = count(options.data)
    except FabulaError as error:
        print(error, file=sys.stderr)
        return 2
    print(format_table(rows))
    if options.widened:
        print(format_widened(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
