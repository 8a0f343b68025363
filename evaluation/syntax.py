"""Score the reading model's tags and parses: EWT's test documents, and GUM's fiction, from which it has learnt nothing.

    python -m evaluation.syntax --data DIR [--model FOLDER]

Gold sentences and gold words, but ours: hyphened words that the treebanks part are whole, and bear the labels of the part that
governs the others (`training/corpora/universal_dependencies.py`). Where we part one of their words, the parts but the longest,
whose labels are made up, are left out. Everything else counts, punctuation too. UAS and the first LAS are as the CoNLL 2018 script
has them: relations without their subtypes ("nsubj:pass" is "nsubj"). Features are right if all of a word's are.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evaluation.command import print_made
from evaluation.counts import Share, Summed, measure, total
from evaluation.readings import PredictedWord, ReadingModel, find_words, load_model
from evaluation.report import markdown_table
from fabula.neural.segments import Segment
from training.corpora.universal_dependencies import EVALUATION_GENRES, Fit, ParsedDocument, Split, Word, read_ewt, read_gum

EWT, FICTION = "EWT test", "GUM fiction"
BARS: Mapping[str, Mapping[str, float]] = {
    EWT: {"UPOS": 96.5, "LAS": 88.5, "lemma": 97.0},
    FICTION: {"UPOS": 97.0, "LAS": 88.0, "lemma": 97.5},
}
# What says nothing of the sense: spelling, the way a number is written, a multi-word unit's part of speech.
FORMAL_FEATS = frozenset({"Typo", "Abbr", "NumForm", "ExtPos", "Style", "Foreign"})


@dataclass(frozen=True, slots=True)
class SyntaxCounts(Summed):
    """Words of a document whose label is right. subtyped: head and relation with its subtype. sense: features but FORMAL_FEATS."""

    upos: Share = field(default_factory=Share)
    unlabelled: Share = field(default_factory=Share)
    labelled: Share = field(default_factory=Share)
    subtyped: Share = field(default_factory=Share)
    lemma: Share = field(default_factory=Share)
    feats: Share = field(default_factory=Share)
    sense: Share = field(default_factory=Share)


RATIOS: Mapping[str, Callable[[SyntaxCounts], float]] = {
    "UPOS": lambda c: c.upos.value,
    "UAS": lambda c: c.unlabelled.value,
    "LAS": lambda c: c.labelled.value,
    "LAS, with subtypes": lambda c: c.subtyped.value,
    "lemma": lambda c: c.lemma.value,
    "features": lambda c: c.feats.value,
    "features of sense": lambda c: c.sense.value,
}


def count_words(gold: Sequence[Word], predicted: Sequence[PredictedWord]) -> SyntaxCounts:
    """Score one document, word by word.

    Raises ValueError where the two differ in their number of words.
    """
    right = [0] * 6
    n = 0
    lemmas = [word.lemma == said.lemma for word, said in zip(gold, predicted, strict=True) if word.fit not in (Fit.REST, Fit.PART)]
    for word, said in zip(gold, predicted, strict=True):
        if word.fit is Fit.REST:
            continue
        n += 1
        is_headed = word.head == said.head
        verdicts = (
            word.upos == said.upos,
            is_headed,
            is_headed and universal(word.deprel) == universal(said.deprel),
            is_headed and word.deprel == said.deprel,
            set(word.feats) == set(said.feats),
            _sense(word.feats) == _sense(said.feats),
        )
        right = [sum_ + verdict for sum_, verdict in zip(right, verdicts, strict=True)]
    upos, unlabelled, labelled, subtyped, feats, sense = (Share(hit, n) for hit in right)
    return SyntaxCounts(upos, unlabelled, labelled, subtyped, Share(sum(lemmas), len(lemmas)), feats, sense)


def universal(relation: str) -> str:
    """A relation without its subtype.

    >>> universal("nsubj:pass")
    'nsubj'
    """
    return relation.partition(":")[0]


def _sense(feats: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(name, value) for name, value in feats if name not in FORMAL_FEATS}


def score(model: ReadingModel, documents: Iterable[ParsedDocument]) -> list[SyntaxCounts]:
    """Read every document as one segment and count."""
    counts: list[SyntaxCounts] = []
    for document in documents:
        alignment = document.alignment
        segment = Segment(tuple(alignment.words()), tuple(s.start for s in alignment.our_sentences if s.start < s.end))
        counts.append(count_words(document.words, find_words(model, segment, model.read(segment))))
    return counts


def read_test(data: Path) -> Iterator[tuple[str, list[ParsedDocument]]]:
    """The documents to score on, by the name of what they are of."""
    yield EWT, [document for document in read_ewt(data) if document.split is Split.TEST]
    yield FICTION, [document for document in read_gum(data) if document.genre in EVALUATION_GENRES]


def evaluate(data: Path, model: ReadingModel) -> str:
    """Both, as a table in Markdown."""
    columns: list[tuple[str, list[SyntaxCounts]]] = []
    for name, documents in read_test(data):
        columns.append((name, score(model, documents)))
        print(name, file=sys.stderr)
    return to_markdown(columns)


def to_markdown(columns: Sequence[tuple[str, Sequence[SyntaxCounts]]]) -> str:
    """A row a figure, a column a treebank, its bar beside it."""
    header = ["figure", *(cell for name, _ in columns for cell in (name, "bar"))]
    figures = [(name, measure([counts], RATIOS)) for name, counts in columns]
    rows = [
        [
            ratio,
            *(
                cell
                for name, found in figures
                for cell in (str(found[ratio]), f"{BARS[name][ratio]:.1f}" if ratio in BARS[name] else "")
            ),
        ]
        for ratio in RATIOS
    ]
    sizes = "; ".join(f"{name}: {len(counts)} documents, {total(counts).upos.total:,.0f} words" for name, counts in columns)
    return f"{markdown_table(header, rows)}\n\n{sizes}. {NOTES}"


NOTES = (
    "Gold sentences, our tokens (hyphened words whole); of a treebank's word that ours part (an address, a date) the largest part "
    "is scored, and its lemma, which the treebank does not give, is not. UAS and the first LAS "
    "as in the CoNLL 2018 script, without the subtypes of relations. Intervals hold 95 % of 1,000 resamples of the documents. "
    f"Features of sense leave out {', '.join(sorted(FORMAL_FEATS))}."
)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.syntax", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="a folder of weights; the package's own if not given")
    options = parser.parse_args(arguments)
    return print_made(lambda: evaluate(options.data, load_model(options.model)))


if __name__ == "__main__":
    sys.exit(main())
