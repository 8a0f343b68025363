"""The cast of whole books, from the file alone: names over the book, coreference of the whole story, whom a page's mentions mean.

    python -m evaluation.cast --data DIR [--stories DIR] [NOVEL ...] [--only PART ...]
    python -m evaluation.cast --data DIR [--stories DIR] --errors NOVEL [NOVEL ...]

--stories: keep the story of every text in this folder, and take it from there as long as neither the text nor fabula has changed.
--only: `names` (PDNC's novels, or those that are named), `chains` (GUM's fiction, FantasyCoref), `pages` (the examples).
--errors: instead print what is wrong with the cast of these novels of PDNC, to be read.

Everything is scored of stories as users get them: a text is read from its file, and its story is asked.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from evaluation.cast_errors import find_errors, format_errors
from evaluation.chained_texts import ANDERSEN, GRIMM, ChainedText, only_somebody, read_fantasy, read_gum_fiction
from evaluation.command import print_made
from evaluation.coreference import CoreferenceCounts
from evaluation.counts import Figure, measure
from evaluation.expectations import read_expectations
from evaluation.page_cast import RATIOS as PAGE_RATIOS
from evaluation.page_cast import RIGHT, RIGHT_PRONOUNS, PageCastCounts, count_page_cast, place_said, place_story
from evaluation.pages import EXAMPLES, HELD_OUT, read_held_out
from evaluation.pdnc import IN_LITBANK, NOT_IN_LITBANK, Counts, GoldNovel, read_novel, score_cast
from evaluation.report import markdown_table
from evaluation.stories import Shelf
from evaluation.story_chains import RATIOS as CHAIN_RATIOS
from evaluation.story_chains import count_story
from fabula.errors import FabulaError
from training.corpora.errors import CorpusMissingError

NAMES, CHAINS, PAGES = PARTS = ("names", "chains", "pages")
NAME_RATIOS: Mapping[str, Callable[[Counts], float]] = {
    "cast": lambda c: c.cast,
    "purity": lambda c: c.purity,
    "pieces": lambda c: c.pieces,
    "false": lambda c: c.false,
}
NAME_BARS = {"cast": "96.0", "purity": "97.5", "pieces": "1.20", "false": "8.0"}  # for the novels in LitBank and the others alike
CONLL = "CoNLL"
GUM, GUM_LINKED, FANTASY, FANTASY_SOMEBODY = "GUM fiction", "GUM fiction, no singletons", "FantasyCoref dev", "the same, somebody"
CHAIN_BARS = {GUM: 65.0}
SCORED = "scored"
PAGE_BARS = {RIGHT: 82.0, RIGHT_PRONOUNS: 80.0}


class NoSuchNovelError(FabulaError):
    """A novel was named that is not among PDNC's."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"there is no novel `{name}` in PDNC", f"name one of {', '.join(known)}")


def run(data: Path, *, shelf: Shelf | None = None, novels: Sequence[str] = (), only: Sequence[str] = PARTS) -> str:
    """The section of the results. data: the folder of the corpora. novels: names; all if empty. Raises FabulaError."""
    shelf = shelf or Shelf()
    parts: list[str] = []
    if NAMES in only:
        parts.append(_format_names(score_names(data, shelf, novels)))
    if CHAINS in only:
        parts.append(_format_chains(score_chains(data, shelf)))
    if PAGES in only:
        parts.append(_format_pages(score_pages(shelf)))
    return "\n\n".join(parts)


def score_names(data: Path, shelf: Shelf, novels: Sequence[str] = ()) -> dict[str, Counts]:
    """The counts of PDNC's novels, or those that are named, by name."""
    counts: dict[str, Counts] = {}
    for gold in read_gold(data, novels):
        with shelf.read(gold.path, gold.name) as story:
            counts[gold.name] = score_cast(gold, story.cast)
        print(gold.name, file=sys.stderr)
    return counts


def read_gold(data: Path, novels: Sequence[str]) -> list[GoldNovel]:
    """PDNC's novels, all if none is named. Raises CorpusMissingError, NoSuchNovelError."""
    folder = data / "pdnc" / "data"
    known = sorted(path.parent.name for path in folder.glob("*/novel_text.txt"))
    if not known:
        raise CorpusMissingError(folder)
    for name in novels:
        if name not in known:
            raise NoSuchNovelError(name, known)
    return [read_novel(folder / name) for name in novels or known]


def group_novels(counts: Mapping[str, Counts]) -> Iterator[tuple[str, Sequence[str], list[Counts]]]:
    """All novels, those of which LitBank has the first chapters, the others: a title, the names, the counts of those at hand."""
    groups: Mapping[str, Sequence[str]] = {
        "all": tuple(counts),
        f"{len(IN_LITBANK)} whose first chapters are in LitBank": IN_LITBANK,
        f"the other {len(NOT_IN_LITBANK)}": NOT_IN_LITBANK,
    }
    for title, names in groups.items():
        yield title, names, [counts[name] for name in names if name in counts]


def _format_names(counts: Mapping[str, Counts]) -> str:
    """A row a novel; all, the novels in LitBank and the others with intervals."""
    rows = [(name, *(_show(heading, value(one)) for heading, value in NAME_RATIOS.items())) for name, one in counts.items()]
    for title, names, chosen in group_novels(counts):
        if chosen:
            figures = measure([chosen], NAME_RATIOS)
            here = "" if title == "all" or len(chosen) == len(names) else f", {len(chosen)} of them"
            rows.append((f"**{title}{here}**", *(_show_figure(heading, figure) for heading, figure in figures.items())))
    rows.append(("bar", *NAME_BARS.values()))
    return f"**{len(counts)} novels of PDNC, names**\n\n{markdown_table(('novel', *NAME_RATIOS), rows)}\n\n{NAME_NOTES}"


def _show(heading: str, value: float) -> str:
    if math.isnan(value):
        return "–"
    return f"{value:.2f}" if heading == "pieces" else f"{100 * value:.1f}"


def _show_figure(heading: str, figure: Figure) -> str:
    if heading != "pieces" or math.isnan(figure.value):
        return str(figure)
    return f"{figure.value:.2f} [{figure.low:.2f}, {figure.high:.2f}]"


NAME_NOTES = (
    "A novel is given as its plain text. Cast: of the major and intermediate characters, those who have one of the story's who "
    "stands for them and holds half of their name mentions. Purity: name mentions of whom their character stands for. Pieces: 1 / "
    "sum of squared shares of a character's name mentions, the mean; 1 is whole. False: characters of five or more name mentions "
    'none of which is a name of the cast\'s. Descriptions ("the old woman") are no names, and count nowhere here. Intervals hold '
    "95 % of 1,000 resamples of the novels."
)


def score_chains(data: Path, shelf: Shelf) -> dict[str, list[CoreferenceCounts]]:
    """The counts of every text with gold chains, by the column that they are of; columns whose corpus is not there are left out."""
    fiction = read_gum_fiction(data)
    columns: dict[str, list[CoreferenceCounts]] = {GUM: [], GUM_LINKED: []}
    for text in fiction:
        with shelf.read_text(text.text, text.id) as story:
            columns[GUM].append(count_story(text, story, singletons=True))
            columns[GUM_LINKED].append(count_story(text, story, singletons=False))
        print(text.id, file=sys.stderr)
    for title, pattern in ((FANTASY, GRIMM), ("AFT", ANDERSEN)):
        for text in read_fantasy(data, pattern):
            with shelf.read_text(text.text, _file_name(text)) as story:
                columns.setdefault(title, []).append(count_story(text, story, singletons=False))
                somebody = FANTASY_SOMEBODY if title == FANTASY else f"{title}, somebody"
                columns.setdefault(somebody, []).append(count_story(only_somebody(text), story, singletons=False))
            print(text.id, file=sys.stderr)
    return columns


def _file_name(text: ChainedText) -> str:
    """A tale's id without what a file's name may not have everywhere."""
    return "".join(char if char.isascii() and (char.isalnum() or char in "_-") else "_" for char in text.id)


def _format_chains(columns: Mapping[str, Sequence[CoreferenceCounts]]) -> str:
    """A row a figure, a column a corpus."""
    figures = {name: measure([counts], CHAIN_RATIOS) for name, counts in columns.items() if counts}
    bars = {name: f" (bar {CHAIN_BARS[name]:.0f})" if name in CHAIN_BARS else "" for name in figures}
    rows = [
        (row, *(f"{found[row]}{bars[name] if row == CONLL else ''}" for name, found in figures.items())) for row in CHAIN_RATIOS
    ]
    header = ("figure", *(f"{name} ({len(columns[name])})" for name in figures))
    missing = "" if "AFT" in columns else " FantasyCoref's AFT is not at hand, and so not measured."
    return f"**Whole stories: characters as chains**\n\n{markdown_table(header, rows)}\n\n{CHAIN_NOTES}{missing}"


CHAIN_NOTES = (
    "Each text is joined to plain text, read, and its story asked; spans are compared exactly, on fabula's tokens. Predicted: the "
    "mentions of persons, a chain for each character, whatever refers to it (names, nominals, pronouns); a mention of a person "
    "without a character is a chain by itself. GUM's gold: the chains that it calls persons (animals that talk are none), with "
    "those of one mention, as it has them; appositions and predicates belong to the chain. The second column leaves chains of one "
    "mention out on both sides. FantasyCoref's gold: all its chains, things and places among them, which no character can match; "
    "none has one mention, and those predicted are left out. *Somebody*: only its chains that hold a pronoun of persons (I, we, "
    "you, he, she), for it does not say which are persons; other characters of the story then count as wrong. It has no "
    "paragraphs: each tale is one. Counts are summed over the texts; intervals hold 95 % of 1,000 resamples of them."
)


def score_pages(shelf: Shelf, examples: Path = EXAMPLES, held_out: Path = HELD_OUT) -> dict[str, list[PageCastCounts]]:
    """The counts of every example, by use: pages that may be looked at, pages that are only scored, longer examples; and of the
    pages that are held out of training.
    """
    groups: dict[str, list[PageCastCounts]] = {"development": [], SCORED: [], "longer examples": [], "held out": []}
    for path in sorted(examples.glob("*.expected.toml")):
        expected = read_expectations(path)
        book = path.parent / expected.tables["story"]["file"]
        with shelf.read(book, book.stem) as story:
            counts = count_page_cast(expected, place_story(story, expected.text), place_said(story, expected.text))
        is_page, is_scored = path.name.startswith("page-"), expected.tables["story"]["use"] == "scored"
        groups["longer examples" if not is_page else SCORED if is_scored else "development"].append(counts)
        print(path.name, file=sys.stderr)
    for expected in read_held_out(held_out):
        with shelf.read_text(expected.text, expected.path.stem) as story:
            groups["held out"].append(
                count_page_cast(expected, place_story(story, expected.text), place_said(story, expected.text))
            )
    return groups


def _format_pages(groups: Mapping[str, Sequence[PageCastCounts]]) -> str:
    """A row a figure, a column a group; the bars are for the pages that are only scored."""
    figures = {name: measure([counts], PAGE_RATIOS) for name, counts in groups.items() if counts}
    rows = [
        (row, *(str(found[row]) for found in figures.values()), f"{PAGE_BARS[row]:.1f}" if row in PAGE_BARS else "")
        for row in PAGE_RATIOS
    ]
    header = ("figure", *(f"{name} ({len(groups[name])})" for name in figures), f"bar, {SCORED}")
    return f"**Amateur pages: whom a mention means**\n\n{markdown_table(header, rows)}\n\n{PAGE_NOTES}"


PAGE_NOTES = (
    "Of all mentions that the example's file marks (persons, groups, several joined), by exact spans: not found is wrong, and so "
    "is found without a character. A character of the story stands for whom most of its names mean, else its nominals, else its "
    "pronouns; of several that stand for one person, the one with most of the person's mentions is right, and the others are wrong "
    "(but where pieces are taken for the whole). The examples that are only scored, and the pages that are held out, are never "
    "looked at to make a reader better. Intervals hold 95 % of 1,000 resamples of the examples, of which there are few."
)


def show_errors(data: Path, novels: Sequence[str], shelf: Shelf) -> str:
    """What is wrong with the cast of novels of PDNC, as text."""
    shown: list[str] = []
    for gold in read_gold(data, novels):
        with shelf.read(gold.path, gold.name) as story:
            counts = score_cast(gold, story.cast)
            head = ", ".join(f"{name} {_show(name, value(counts))}" for name, value in NAME_RATIOS.items())
            shown.append(f"{gold.name}: {head}\n\n{format_errors(find_errors(gold, story.cast), story)}")
    return "\n\n\n".join(shown)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.cast", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--stories", type=Path, metavar="DIR", help="keep stories in this folder, and take them from there")
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="the parts to measure; all if not given")
    chosen.add_argument("--errors", nargs="+", metavar="NOVEL", help="print what is wrong with the cast of these novels")
    parser.add_argument("novels", nargs="*", metavar="NOVEL", help="names of novels; all if none is given")
    options = parser.parse_args(arguments)
    shelf = Shelf(options.stories)
    if options.errors:
        return print_made(lambda: show_errors(options.data, options.errors, shelf))
    return print_made(lambda: run(options.data, shelf=shelf, novels=options.novels, only=options.only))


if __name__ == "__main__":
    sys.exit(main())
