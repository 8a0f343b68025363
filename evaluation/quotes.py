"""Quotations of PDNC's whole novels, from their plain text alone; then in other printers' marks. Who says them, `voices.py` tells.

    python -m evaluation.quotes --data DIR [--out DIR] [--stories DIR] [NOVEL ...]

DIR is the folder `pdnc`, or that of the corpora. --out: also write each story's JSON there, for other scorers. --stories: keep the
story of every novel in this folder, and take it from there as long as neither the text nor fabula has changed.

PDNC annotates what is thought in quotation marks as a quotation like any other, and leaves letters out. So its quotations are held
against speech and thought here; against speech alone recall falls by what is marked as thought, and that is printed too.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from evaluation.pdnc import (
    IN_LITBANK,
    NOT_IN_LITBANK,
    SPEECH_AND_THOUGHT,
    Counts,
    GoldNovel,
    ScoredStory,
    from_story,
    read_novels,
    score_story,
)
from evaluation.report import markdown_table
from evaluation.rewrite import STYLES
from evaluation.stories import Shelf
from fabula.export.story_json import describe_story, encode_story
from fabula.readers.quotes import find_quotes
from fabula.source.plaintext import read_plaintext
from fabula.text.compose import compose_text

COLUMNS: tuple[tuple[str, Callable[[Counts], float]], ...] = (
    ("chars P", lambda c: c.chars_precision),
    ("chars R", lambda c: c.chars_recall),
    ("found", lambda c: c.found),
    ("extra", lambda c: c.extra),
    ("swallowed", lambda c: c.swallowed),
)
BARS = ("bar", "94.0", "99.5", "", "5.0", "0.50")
# Novels whose text at PDNC lost its curly marks, or the opening single ones: there nested quotations cannot be told.
WITHOUT_NESTED_MARKS = (
    "HowardsEnd",
    "NightAndDay",
    "NorthangerAbbey",
    "SenseAndSensibility",
    "TheInvisibleMan",
    "ThePictureOfDorianGray",
    "TheSignOfTheFour",
    "MansfieldPark",
    "TheManWhoWasThursday",
    "AnneOfGreenGables",
)


def run(data: Path, novels: Sequence[str] = (), out: Path | None = None, *, shelf: Shelf | None = None) -> str:
    """Score all novels (or those named) and give the tables in Markdown. data: the folder that holds `pdnc`, or `pdnc` itself."""
    gold = [g for g in read_novels(data if (data / "data").is_dir() else data / "pdnc") if not novels or g.name in novels]
    shelf = shelf or Shelf()
    rows, total, plain, groups = [], Counts(), Counts(), {name: Counts() for name in ("13", "8", "marked")}
    for novel in gold:
        with shelf.read(novel.path, novel.name) as story:
            counts = score_story(novel, from_story(story, SPEECH_AND_THOUGHT))
            plain += score_story(novel, from_story(story))
            if out is not None:
                (out / f"{novel.name}.json").write_bytes(encode_story(describe_story(story)))
        total += counts
        if novel.name in IN_LITBANK:
            groups["13"] += counts
        if novel.name in NOT_IN_LITBANK:
            groups["8"] += counts
        if novel.name not in WITHOUT_NESTED_MARKS:
            groups["marked"] += counts
        rows.append(_row(novel.name, counts))
        print(novel.name, file=sys.stderr)
    rows.append(_row("**all**", total))
    rows.append(_row("**13 whose first chapters are in LitBank**", groups["13"]))
    rows.append(_row("**the other 8**", groups["8"]))
    rows.append(_row("all, only what is marked as speech", plain))
    rows.append(_row("novels whose nested marks are whole", groups["marked"]))
    rows.append(BARS)
    table = markdown_table(("novel", *(name for name, _ in COLUMNS)), rows)
    notes = (
        f"In {len(WITHOUT_NESTED_MARKS)} of the novels PDNC's plain text has lost its curly or single marks, so that a quotation "
        "within a quotation cannot be told from the outer one; PDNC leaves nested quotations out. These letters count as swallowed."
    )
    return f"{table}\n\n{notes}\n\n**The same novels in other printers' marks** (`evaluation/rewrite.py`)\n\n{_rewritten(gold)}"


def _row(name: str, counts: Counts) -> tuple[str, ...]:
    cells = [f"{100 * value(counts):.2f}" if heading == "swallowed" else f"{100 * value(counts):.1f}" for heading, value in COLUMNS]
    return (name, *cells)


def _rewritten(gold: Sequence[GoldNovel]) -> str:
    """The figures of the quotations for each style of marks."""
    rows = []
    for style, rewrite in {"as printed": lambda text: text, **STYLES}.items():
        total = Counts()
        for novel in gold:
            # line ends are white space to a printer's rule; offsets are compared by letters
            raw = novel.path.read_bytes().decode("utf-8").replace("\r\n", "\n")
            text = compose_text(read_plaintext(rewrite(raw), file=novel.path.name, sha256=""))
            quotes, _ = find_quotes(text)
            kept = tuple(q for q in quotes if q.kind in SPEECH_AND_THOUGHT)
            total += score_story(novel, ScoredStory(text.string, kept))
        rows.append((style, *(f"{100 * value(total):.2f}" for _, value in COLUMNS)))
        print(style, file=sys.stderr)
    return markdown_table(("marks", *(name for name, _ in COLUMNS)), rows)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.quotes", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder `pdnc`")
    parser.add_argument("--out", type=Path, help="write each story's JSON to this folder")
    parser.add_argument("--stories", type=Path, metavar="DIR", help="keep stories in this folder, and take them from there")
    parser.add_argument("novels", nargs="*", metavar="NOVEL", help="names of novels; all if none is given")
    options = parser.parse_args(arguments)
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
    print(run(options.data, options.novels, options.out, shelf=Shelf(options.stories)))


if __name__ == "__main__":
    main()
