"""Score the reading model on the examples: mentions of people, and whom a pronoun means.

    python -m evaluation.pages [--model FOLDER] [--examples DIR]

The examples are read from their files, as a user reads them; `NAME.expected.toml` says what is in them. A mention is right if its
span is exact, letter by letter; those that the model calls persons are held against those of characters and groups. A pronoun is
right if its chain stands for whom it means: a chain stands for whom most of its names mean, if it has none its nominals, if none
its pronouns. Beside it the base line that takes every pronoun for the one who is mentioned most. Three examples are only scored.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.calibration import Calibration
from evaluation.command import print_made
from evaluation.counts import Agreement, Share, Summed, measure
from evaluation.expectations import Expectations, read_expectations
from evaluation.letters import Letters, align
from evaluation.readings import Linker, ReadingModel, find_mentions, link_mentions, load_model, make_segment
from evaluation.report import markdown_table
from fabula.lexicons.gender import PRONOUN_PERSONS, Person
from fabula.readers.quotes import find_quotes
from fabula.records import MentionKind, MentionType, Span, Text
from fabula.source import read_manuscript
from fabula.text.compose import compose_text
from training.corpora.marked_text import Mark

EXAMPLES = Path("examples")
HELD_OUT = Path(__file__).parent / "gold" / "pages"
RECIPROCAL = frozenset({"each other", "one another"})
THIRD = frozenset({Person.HE, Person.SHE})
KINDS = tuple(MentionKind)
BAR = {"persons: F1": 90.0}

Place = tuple[int, int]  # a stretch of the example's letters and digits


@dataclass(frozen=True, slots=True)
class PageMention:
    """A mention as the model has it. place: None where it holds a letter that the example has not."""

    place: Place | None
    type: MentionType
    probability: float


@dataclass(frozen=True, slots=True)
class PagePrediction:
    """chains: of places in `mentions`, each in one."""

    mentions: tuple[PageMention, ...]
    chains: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class PageCounts(Summed):
    """What was counted in an example, or in several.

    persons: exact spans. found: gold ones of a kind that were found as persons. pronouns: those whose referent is right; third: of
    "he" and "she"; always: the same for the base line.
    """

    persons: Agreement = field(default_factory=Agreement)
    found_names: Share = field(default_factory=Share)
    found_nominals: Share = field(default_factory=Share)
    found_pronouns: Share = field(default_factory=Share)
    pronouns: Share = field(default_factory=Share)
    pronouns_always: Share = field(default_factory=Share)
    third: Share = field(default_factory=Share)
    third_always: Share = field(default_factory=Share)
    calibration: Calibration = field(default_factory=Calibration)


RATIOS: Mapping[str, Callable[[PageCounts], float]] = {
    "persons: precision": lambda c: c.persons.precision,
    "persons: recall": lambda c: c.persons.recall,
    "persons: F1": lambda c: c.persons.f1,
    "names: recall": lambda c: c.found_names.value,
    "nominals: recall": lambda c: c.found_nominals.value,
    "pronouns: recall": lambda c: c.found_pronouns.value,
    "pronoun's referent": lambda c: c.pronouns.value,
    "the same, always the protagonist": lambda c: c.pronouns_always.value,
    "referent of he, she": lambda c: c.third.value,
    "he, she: always the protagonist": lambda c: c.third_always.value,
    "persons: calibration error": lambda c: c.calibration.error,
}


def predict_page(model: ReadingModel, text: Text, story: str, *, link: Linker = link_mentions) -> PagePrediction:
    """Read a text, a chapter a segment. story: what its file says, for the places."""
    quotes, _ = find_quotes(text)
    ours = Letters.of(text.string)
    theirs = align(Letters.of(story).folded, ours.folded)

    def place(span: Span) -> Place | None:
        letters = theirs[ours.within(span.start, span.end)].tolist()
        return (letters[0], letters[-1] + 1) if letters and min(letters) >= 0 else None

    mentions: list[PageMention] = []
    chains: list[tuple[int, ...]] = []
    for chapter in text.chapters:
        segment, first = make_segment(text, chapter.span, [quote.parts for quote in quotes])
        reading = model.read(segment)
        chains.extend(tuple(len(mentions) + at for at in chain) for chain in link(segment, reading))
        for mention in find_mentions(model, reading):
            span = Span(text.tokens[first + mention.span.start].start, text.tokens[first + mention.span.end - 1].end)
            mentions.append(PageMention(place(span), mention.type, mention.probability))
    return PagePrediction(tuple(mentions), tuple(chains))


def count_page(expected: Expectations, prediction: PagePrediction) -> PageCounts:
    """Score one example."""
    gold = place_marks(expected)
    kinds = {place: tell_kind(expected, mark) for place, mark in gold.items()}
    persons = [m for m in prediction.mentions if m.type is MentionType.PERSON]
    found = {mention.place for mention in persons}
    referents = _name_chains(gold, kinds, prediction)
    protagonist = find_protagonist(expected)

    def recall(kind: MentionKind) -> Share:
        places = [place for place in gold if kinds[place] is kind]
        return Share(sum(place in found for place in places), len(places))

    def right(places: Sequence[Place]) -> Share:
        return Share(sum(referents.get(place) == gold[place].whom for place in places), len(places))

    def always(places: Sequence[Place]) -> Share:
        return Share(sum(gold[place].whom == protagonist for place in places), len(places))

    pronouns = [place for place in gold if kinds[place] is MentionKind.PRONOUN]
    third = [place for place in pronouns if _person(expected, gold[place]) in THIRD]
    return PageCounts(
        # A mention of words that the example has not is wrong, and no two of them are the same.
        Agreement.of(gold, [mention.place or (-1, at) for at, mention in enumerate(persons)]),
        recall(MentionKind.NAME),
        recall(MentionKind.NOMINAL),
        recall(MentionKind.PRONOUN),
        right(pronouns),
        always(pronouns),
        right(third),
        always(third),
        Calibration.of((mention.probability, mention.place in gold) for mention in persons),
    )


def place_marks(expected: Expectations) -> dict[Place, Mark]:
    """The example's mentions by their places; of two in one place, the outer."""
    letters = Letters.of(expected.text)
    gold: dict[Place, Mark] = {}
    for mark in expected.mentions:
        within = letters.within(mark.start, mark.end)
        gold.setdefault((within.start, within.stop), mark)
    return gold


def _name_chains(gold: Mapping[Place, Mark], kinds: Mapping[Place, MentionKind], prediction: PagePrediction) -> dict[Place, str]:
    """Whom each place's chain stands for, of the places that are in chains with a gold mention."""
    referents: dict[Place, str] = {}
    for chain in prediction.chains:
        places = [place for at in chain if (place := prediction.mentions[at].place) in gold and place is not None]
        for kind in KINDS:
            if keys := [gold[place].whom for place in places if kinds[place] is kind]:
                [(key, _)] = Counter(keys).most_common(1)
                referents.update(dict.fromkeys(places, key))
                break
    return referents


def find_protagonist(expected: Expectations) -> str:
    """Who is mentioned most."""
    [(key, _)] = Counter(mark.whom for mark in expected.mentions).most_common(1)
    return key


def tell_kind(expected: Expectations, mark: Mark) -> MentionKind:
    """A pronoun by its word, a name if it is one that the file lists for whom it means, else a nominal."""
    words = _words(expected, mark)
    if words in PRONOUN_PERSONS or words in RECIPROCAL:
        return MentionKind.PRONOUN
    people = [*expected.tables.get("characters", ()), *expected.tables.get("groups", ())]
    names = {name.casefold() for one in people if one["id"] in mark.referents for name in one.get("names", ())}
    return MentionKind.NAME if words in names else MentionKind.NOMINAL


def _words(expected: Expectations, mark: Mark) -> str:
    return " ".join(expected.text[mark.start : mark.end].casefold().split())


def _person(expected: Expectations, mark: Mark) -> Person:
    return PRONOUN_PERSONS.get(_words(expected, mark), Person.UNKNOWN)


def read_held_out(folder: Path = HELD_OUT) -> Iterator[Expectations]:
    """The pages like those of `training/pages` that no model is trained on, by name."""
    for path in sorted(folder.glob("*.toml")):
        yield read_expectations(path)


def evaluate(model: ReadingModel, examples: Path = EXAMPLES, held_out: Path = HELD_OUT, *, link: Linker = link_mentions) -> str:
    """All examples, as a table in Markdown: the six pages, those of them that are looked at or only scored, the longer ones; and
    the pages that are held out of training.
    """
    groups: dict[str, list[PageCounts]] = {"six pages": [], "development": [], "scored": [], "longer examples": [], "held out": []}
    for path in sorted(examples.glob("*.expected.toml")):
        expected = read_expectations(path)
        text = compose_text(read_manuscript(path.parent / expected.tables["story"]["file"]))
        counts = count_page(expected, predict_page(model, text, expected.text, link=link))
        if path.name.startswith("page-"):
            groups["six pages"].append(counts)
            groups["scored" if expected.tables["story"]["use"] == "scored" else "development"].append(counts)
        else:
            groups["longer examples"].append(counts)
        print(path.name, file=sys.stderr)
    for expected in read_held_out(held_out):
        with tempfile.TemporaryDirectory() as folder:
            book = Path(folder) / "page.txt"
            book.write_text(expected.text, encoding="utf-8", newline="\n")
            text = compose_text(read_manuscript(book))
        groups["held out"].append(count_page(expected, predict_page(model, text, expected.text, link=link)))
    return to_markdown({name: counts for name, counts in groups.items() if counts})


def to_markdown(groups: Mapping[str, Sequence[PageCounts]]) -> str:
    """A row a figure, a column a group."""
    figures = [measure([counts], RATIOS) for counts in groups.values()]
    rows = [(name, *(str(found[name]) for found in figures), f"{BAR[name]:.1f}" if name in BAR else "") for name in RATIOS]
    header = ("figure", *(f"{name} ({len(counts)})" for name, counts in groups.items()), "bar")
    return f"{markdown_table(header, rows)}\n\n{NOTES}"


NOTES = (
    "Exact spans; a mention's kind is told by its words and the names that the example's file lists. A chain stands for whom most "
    "of its names mean, else its nominals, else its pronouns; chains end with the chapter. Intervals hold 95 % of 1,000 resamples "
    "of the examples, of which there are few. The examples that are only scored, and the pages that are held out, are never looked "
    "at to make a reader better."
)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.pages", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="a folder of weights; the package's own if not given")
    parser.add_argument("--examples", type=Path, default=EXAMPLES, metavar="DIR", help="the folder of the examples")
    options = parser.parse_args(arguments)
    return print_made(lambda: evaluate(load_model(options.model), options.examples))


if __name__ == "__main__":
    sys.exit(main())
