"""Who says the quotations of LitBank's excerpts, end to end: from the running text, with the quotations and the cast of the story.

Two quotations are said by one if their chain, or the story's character, is the same: B-cubed over quotations, which the corpus
parts where the narration interrupts them. A part of a quotation of the story stands for the gold one with which it shares the most
letters, if that is half of either; one of the story's that stands for none is one too many, a gold one for which none stands is
missed, and so is one whose speaker the story does not know.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from evaluation.coreference import CoreferenceCounts, count_coreference
from evaluation.counts import Summed, measure
from evaluation.letters import Letters, align
from evaluation.report import markdown_table
from fabula.language.tagging import read_language
from fabula.neural.model import Model, load_model
from fabula.records import Quote, QuoteKind, Span, Text, TextReading
from fabula.story.build import read_records
from fabula.story.story import Story, StoryView
from training.corpora.litbank import LitBankDocument


@dataclass(frozen=True, slots=True)
class VoiceCounts(Summed):
    """given: without the quotations that are too many, as if it were known which there are."""

    found: CoreferenceCounts = field(default_factory=CoreferenceCounts)
    given: CoreferenceCounts = field(default_factory=CoreferenceCounts)


RATIOS: Mapping[str, Callable[[VoiceCounts], float]] = {
    "quotations with a speaker: precision": lambda c: c.found.mentions.precision,
    "quotations with a speaker: recall": lambda c: c.found.mentions.recall,
    "B3 of quotations by speaker: precision": lambda c: c.found.b3.precision,
    "B3 of quotations by speaker: recall": lambda c: c.found.b3.recall,
    "B3 of quotations by speaker: F1": lambda c: c.found.b3.f1,
    "the same without those too many": lambda c: c.given.b3.f1,
}
NOTES = (
    "Quotations as running text: each excerpt is read from a file of its text, paragraphs restored, with the weights of its fold. "
    "Beside it stand 86.4 and 89.9, B3 of quotations by speaker as BookNLP small and big publish it, with gold quotations given."
)


@dataclass(frozen=True, slots=True)
class GivenModel:
    """A reading model that is loaded already."""

    model: Model

    def read_text(
        self, text: Text, quotes: Sequence[Quote], *, cache: Mapping[str, bytes], progress: Callable[[float], None]
    ) -> TextReading:
        return read_language(text, quotes, model=self.model, cache=cache, progress=progress)


def score_voices(runs: Mapping[str, Iterable[LitBankDocument]], models: Path) -> str:
    """A table of documents, by the name of the weights in `models` that have not seen them."""
    counts: dict[str, list[VoiceCounts]] = {}
    for name, documents in runs.items():
        model = GivenModel(load_model(models / name))
        counts[name] = [count_voices(one, read_story(one, model)) for one in documents]
    mean = measure(list(counts.values()), RATIOS)
    each = [measure([own], RATIOS, n_resamples=0) for own in counts.values()]
    rows = [(name, str(mean[name]), *(f"{100 * one[name].value:.1f}" for one in each)) for name in RATIOS]
    return markdown_table(("figure", "mean", *counts), rows) + f"\n\n{NOTES}"


def read_story(document: LitBankDocument, model: GivenModel) -> StoryView:
    """The story of a document's text."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / f"{document.id}.txt"
        book.write_text(part_paragraphs(document), encoding="utf-8", newline="\n")
        return Story.from_records(read_records(book, model=model))


def part_paragraphs(document: LitBankDocument) -> str:
    """The text of a document, an empty line before each paragraph."""
    string, starts = document.alignment.string, document.alignment.ours.starts
    firsts = [0, *(starts[word] for word in document.paragraphs if word), len(string)]
    return "\n\n".join(string[start:end].strip() for start, end in pairwise(firsts))


def count_voices(document: LitBankDocument, story: StoryView) -> VoiceCounts:
    """Score the story of one document."""
    string, words = document.alignment.string, document.alignment.ours
    gold = [Span(words.starts[q.span.start], words.ends[q.span.end - 1]) for q in document.quotations]
    theirs, ours = Letters.of(string), Letters.of(story.text)
    moved = align(theirs.folded, ours.folded)
    said = [(part, quote.speaker) for quote in story.quotes if quote.kind is QuoteKind.SPEECH for part in quote.parts]
    places = [set(moved[ours.within(*part)].tolist()) - {-1} for part, _ in said]
    stands_for = match_quotations([set(range(*theirs.within(*span).indices(len(theirs)))) for span in gold], places)
    chains: dict[str, set[Hashable]] = defaultdict(set)
    for number, quotation in enumerate(document.quotations):
        chains[quotation.speaker].add(number)
    voices: dict[int, set[Hashable]] = defaultdict(set)
    given: dict[int, set[Hashable]] = defaultdict(set)
    for number, (_, speaker) in enumerate(said):
        if speaker is not None:
            voices[speaker].add(stands_for.get(number, ("too many", number)))
            if number in stands_for:
                given[speaker].add(stands_for[number])
    found, without = (count_coreference(chains.values(), own.values()) for own in (voices, given))
    return VoiceCounts(found, without)


def match_quotations(gold: Sequence[set[int]], ours: Sequence[set[int]]) -> dict[int, int]:
    """Of ours, by their numbers, the gold ones that they stand for, each for one at most, no two for one. All are sets of letters.

    >>> match_quotations([{1, 2, 3, 4}, {7, 8}], [{1, 2}, {3}, {8, 9}, {20}])
    {0: 0, 2: 1}
    """
    shared = sorted(
        (-len(letters & own), number, at)
        for number, own in enumerate(ours)
        for at, letters in enumerate(gold)
        if 2 * len(letters & own) >= min(len(letters), len(own)) > 0
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, at in shared:
        if number not in matched and at not in taken:
            matched[number] = at
            taken.add(at)
    return dict(sorted(matched.items()))
