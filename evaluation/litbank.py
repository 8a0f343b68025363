"""Score the reading model on LitBank: mentions, events, coreference, and who says the gold quotations.

    python -m evaluation.litbank --data DIR [--model FOLDER] [--fold K | --split events | --docs FILE] [--gold-mentions] [--out DIR]
    python -m evaluation.litbank --data DIR --models DIR [--out DIR]

--model: a folder of weights; the package's own if not given. The documents: the test documents of a fold, or of the events'
published split, or those whose ids a file lists; all if none is said. --models: a folder of the weights `fold0`, `fold3`, `fold7`
and `events`, each trained without its test documents, and each scored on them; missing ones are named. --gold-mentions: score also
what is made of gold mentions. --out: write the predictions there, in the corpus's own formats.

Protocol. A document is one segment, of which the model sees the words, the corpus's sentences and paragraphs (the latter are in
its whole novels, `novels.tar.xz`; without that file they are not known), and the quotations that the rules find. Predictions are
held against the corpus's own tokens. Coreference: singletons kept, attributes (copula, apposition) chains of their own, counts
summed over documents, as the conll files and the reference scorer have it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.command import print_made
from evaluation.counts import Figure, measure
from evaluation.litbank_predictions import Prediction, predict, write_prediction
from evaluation.litbank_scores import COREFERENCE, EVENTS, GIVEN, MENTIONS, LitBankCounts, Ratio, count_documents
from evaluation.litbank_voices import score_voices
from evaluation.readings import Linker, ReadingModel, link_mentions, load_model
from evaluation.report import markdown_table
from fabula.errors import FabulaError
from training.corpora.litbank import LitBankDocument, document_ids, read_document, read_event_split, read_fold

FOLD_NUMBERS = (0, 3, 7)
EVENT_SPLIT = "events"
# What the model is to reach, by figure.
BARS = {
    "mentions: F1": 89.0,
    "typed names and nominals, layer of coreference: F1": 88.0,
    "coreference: CoNLL": 69.0,
    "gold mentions: CoNLL": 80.0,
    "quotations, gold mentions and chains given: speaker": 82.0,
}
EVENT_BAR = 72.0


@dataclass(frozen=True, slots=True)
class Run:
    """A model and the documents that it is scored on."""

    name: str
    model: ReadingModel
    documents: Sequence[LitBankDocument]


class MissingWeightsError(FabulaError):
    """A folder of models lacks one."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"there are no weights in `{folder}`", "train every fold, or score one model with `--model FOLDER`")


def score(run: Run, *, link: Linker = link_mentions, gold_mentions: bool = False, out: Path | None = None) -> list[LitBankCounts]:
    """Predict every document of a run, write the predictions if told where, and count."""
    predictions: dict[str, Prediction] = {}
    for document in run.documents:
        predictions[document.id] = predict(run.model, document, link=link, gold_mentions=gold_mentions)
        if out is not None:
            write_prediction(predictions[document.id], document, out)
        print(f"{run.name}: {document.id}", file=sys.stderr)
    return count_documents(run.documents, predictions)


def score_models(data: Path, models: Path, *, link: Linker = link_mentions, out: Path | None = None) -> str:
    """The section of the results: every fold's model on its test documents, their mean, and the events on their published split.

    A model that is not there is named as missing. Raises MissingWeightsError before anything is read if there is no fold's.
    """
    wanted = [*(f"fold{number}" for number in FOLD_NUMBERS), EVENT_SPLIT]
    missing = [name for name in wanted if not (models / name).is_dir()]
    names = [name for name in wanted if name not in missing and name != EVENT_SPLIT]
    if not names:
        raise MissingWeightsError(models / wanted[0])
    tested = {name: [read_document(data, id_) for id_ in read_fold(data, int(name.removeprefix("fold"))).test] for name in names}
    folds = [_score_model(name, models, documents, link, out) for name, documents in tested.items()]
    parts = [format_folds(names, folds), score_voices(tested, models)]
    if EVENT_SPLIT not in missing:
        documents = [read_document(data, id_) for id_ in read_event_split(data).test]
        parts.append(format_events(_score_model(EVENT_SPLIT, models, documents, link, out)))
    if missing:
        parts.append(f"Not trained, and so not measured: {', '.join(f'`{name}`' for name in missing)}.")
    return "\n\n".join([*parts, NOTES])


def _score_model(
    name: str, models: Path, documents: Sequence[LitBankDocument], link: Linker, out: Path | None
) -> list[LitBankCounts]:
    run = Run(name, load_model(models / name), documents)
    return score(run, link=link, gold_mentions=name != EVENT_SPLIT, out=out and out / name)


NOTES = (
    "Intervals hold 95 % of 1,000 resamples of the documents, within each fold. Mentions are those of the layer of coreference, "
    "attributes among them. The layer of entities was annotated apart: the two layers' gold says how far they agree. Nobody is no "
    "answer for a quotation: every one has a speaker, right if the chain is. Temperatures were fitted on fold 0's test documents: "
    "its calibration errors are not those of unseen ones."
)


def format_folds(names: Sequence[str], folds: Sequence[Sequence[LitBankCounts]]) -> str:
    """A row a figure: the mean over the folds with its interval, and each fold; events too, by these models."""
    ratios: dict[str, Ratio] = {**MENTIONS, **COREFERENCE, **GIVEN, **EVENTS}
    mean = measure(folds, ratios)
    each = [measure([fold], ratios, n_resamples=0) for fold in folds]
    rows = []
    for name in ratios:
        bar = f"{BARS[name]:.1f}" if name in BARS else ""
        rows.append((name, str(mean[name]), *(f"{100 * fold[name].value:.1f}" for fold in each), bar))
    n_documents = sum(map(len, folds))
    return f"**{n_documents} test documents**\n\n" + markdown_table(("figure", "mean", *names, "bar"), rows)


def format_events(counts: Sequence[LitBankCounts]) -> str:
    """The events on the test documents of their published split."""
    return f"**Events, published split, the {len(counts)} test documents at hand**\n\n" + _table(
        measure([counts], EVENTS), {"events: F1": EVENT_BAR}
    )


def format_run(counts: Sequence[LitBankCounts], *, gold_mentions: bool) -> str:
    """A row a figure for one model."""
    ratios = {**MENTIONS, **COREFERENCE, **(GIVEN if gold_mentions else {}), **EVENTS}
    return f"**{len(counts)} documents**\n\n" + _table(measure([counts], ratios), BARS)


def _table(figures: Mapping[str, Figure], bars: Mapping[str, float]) -> str:
    rows = [(name, str(figure), f"{bars[name]:.1f}" if name in bars else "") for name, figure in figures.items()]
    return markdown_table(("figure", "score", "bar"), rows)


def _choose(data: Path, options: argparse.Namespace) -> tuple[str, ...]:
    """The ids that a call asks for."""
    if options.fold is not None:
        return read_fold(data, options.fold).test
    if options.split is not None:
        return read_event_split(data).test
    if options.docs is not None:
        return tuple(options.docs.read_text(encoding="utf-8").split())
    return tuple(document_ids(data))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.litbank", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    models = parser.add_mutually_exclusive_group()
    models.add_argument("--model", type=Path, metavar="FOLDER", help="a folder of weights; the package's own if not given")
    models.add_argument("--models", type=Path, metavar="DIR", help="the folder of the weights of all folds")
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--fold", type=int, metavar="K", help="the test documents of a fold, from 0")
    chosen.add_argument("--split", choices=[EVENT_SPLIT], help="the test documents of the events' published split")
    chosen.add_argument("--docs", type=Path, metavar="FILE", help="a file of ids")
    parser.add_argument("--gold-mentions", action="store_true", help="score also what is made of gold mentions")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write the predictions to this folder")
    options = parser.parse_args(arguments)

    def make() -> str:
        if options.models is not None:
            if options.fold is not None or options.split or options.docs:
                parser.error("--models scores every model on its own test documents")
            return score_models(options.data, options.models, out=options.out)
        documents = [read_document(options.data, id_) for id_ in _choose(options.data, options)]
        if not documents:
            parser.error("there are no documents to score")
        run = Run(options.model.name if options.model else "the package's model", load_model(options.model), documents)
        counts = score(run, gold_mentions=options.gold_mentions, out=options.out)
        return format_run(counts, gold_mentions=options.gold_mentions)

    return print_made(make)


if __name__ == "__main__":
    sys.exit(main())
