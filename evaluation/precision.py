"""What eight bits cost the reading model, with VNNI and without: every figure against that of the same model in float.

    python -m evaluation.precision --data DIR --models DIR [--fold K]

--models: a folder of the weights of one model, `float`, `int8` and `int8-reduced`, each as `python -m training --model foldK
--precision ...` exports it. They are scored on LitBank's test documents of the fold (0 if not given), EWT's test documents and
GUM's fiction, by the protocols of `evaluation/litbank.py` and `evaluation/syntax.py`.

The columns of float, int8 and int8-reduced are what ONNX Runtime says on the machine at hand. That of int8 without VNNI is
computed by `evaluation/saturation.py`. Whether ONNX Runtime's own sums are exact or saturated here is measured and said.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from evaluation import litbank, syntax
from evaluation.command import print_made
from evaluation.counts import Figure, Summed, measure
from evaluation.litbank_scores import COREFERENCE, EVENTS, GIVEN, MENTIONS, LitBankCounts, Ratio
from evaluation.readings import ReadingModel
from evaluation.report import markdown_table
from evaluation.saturation import NumpyEncoder, PairCounts
from evaluation.syntax import SyntaxCounts
from fabula.neural.encoder import Encoder, cut_segment
from fabula.neural.model import Model
from fabula.neural.segments import Segment
from fabula.neural.session import OnnxEncoder, Weights, read_weights
from training.corpora.litbank import LitBankDocument, read_document, read_fold
from training.corpora.universal_dependencies import ParsedDocument

FLOAT, INT8, REDUCED = "float", "int8", "int8-reduced"
WITHOUT_VNNI = "int8 without VNNI"
BAR = 0.5  # points that may be lost
_EVERY = {**MENTIONS, **EVENTS, **COREFERENCE, **GIVEN}
LITBANK: Mapping[str, Ratio] = {
    name: _EVERY[name]
    for name in (
        "mentions: F1",
        "typed names and nominals, layer of coreference: F1",
        "events: F1",
        "coreference: CoNLL",
        "gold mentions: CoNLL",
        "quotations, gold mentions and chains given: speaker",
    )
}

S = TypeVar("S", bound=Summed)


@dataclass(frozen=True, slots=True)
class Column:
    """What a model was right about, document by document. treebanks: by name."""

    name: str
    litbank: Sequence[LitBankCounts]
    treebanks: Mapping[str, Sequence[SyntaxCounts]]


@dataclass(frozen=True, slots=True)
class Pair(Summed, Generic[S]):
    """A document by two models."""

    before: S
    after: S


@dataclass(frozen=True, slots=True)
class Saturation:
    """risky: of all pairs of weights, those whose products could leave 16 bits. counts: of pairs of products in what was read.
    exact, saturated: cosine of ONNX Runtime's vectors with those of either emulation, mean over the pieces of a document;
    apart: of the two emulations."""

    risky: float
    counts: PairCounts
    exact: float
    saturated: float
    apart: float


class RememberingEncoder:
    """An encoder that is asked about every window once, though a document is read several times."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[bytes, NDArray[np.float32]] = {}

    def __call__(self, pieces: NDArray[np.int64], cases: NDArray[np.int64]) -> NDArray[np.float32]:
        key = pieces.tobytes() + cases.tobytes()
        if key not in self._known:
            self._known[key] = self._encoder(pieces, cases)
        return self._known[key]


def evaluate(data: Path, models: Path, *, fold: int = 0) -> str:
    """The section of the results. Raises MissingWeightsError before anything is read if a precision is not there."""
    for name in (FLOAT, INT8, REDUCED):
        if not (models / name).is_dir():
            raise litbank.MissingWeightsError(models / name)
    documents = [read_document(data, id_) for id_ in read_fold(data, fold).test]
    treebanks = dict(syntax.read_test(data))
    columns = []
    for name in (FLOAT, INT8, REDUCED):
        weights = read_weights(models / name)
        columns.append(_score(name, _model(weights, OnnxEncoder(weights.encoder)), documents, treebanks))
    weights = read_weights(models / INT8)
    saturating = NumpyEncoder(weights.encoder, saturating=True)
    columns.append(_score(WITHOUT_VNNI, _model(weights, saturating), documents, treebanks))
    return to_markdown(columns, _saturation(weights, saturating, documents[0]), fold=fold)


def _model(weights: Weights, encoder: Encoder) -> Model:
    return Model(weights.config, weights.key, weights.pieces, RememberingEncoder(encoder), weights.parameters, threads=1)


def _score(
    name: str, model: ReadingModel, documents: Sequence[LitBankDocument], treebanks: Mapping[str, Sequence[ParsedDocument]]
) -> Column:
    counts = litbank.score(litbank.Run(name, model, documents), gold_mentions=True)
    parsed: dict[str, Sequence[SyntaxCounts]] = {}
    for treebank, some in treebanks.items():
        parsed[treebank] = syntax.score(model, some)
        print(f"{name}: {treebank}", file=sys.stderr)
    return Column(name, counts, parsed)


def _saturation(weights: Weights, saturating: NumpyEncoder, document: LitBankDocument) -> Saturation:
    counts = PairCounts(saturating.counts.all, saturating.counts.cut)  # before it is asked again
    words = tuple(document.alignment.words())
    encoders = (OnnxEncoder(weights.encoder), NumpyEncoder(weights.encoder, saturating=False), saturating)
    runtime, exact, saturated = (_vectors(weights, encoder, Segment(words, (0,))) for encoder in encoders)
    return Saturation(saturating.risky_share, counts, cosine(runtime, exact), cosine(runtime, saturated), cosine(exact, saturated))


def _vectors(weights: Weights, encoder: Encoder, segment: Segment) -> NDArray[np.float32]:
    """Of all pieces of all windows."""
    config = weights.config
    cut = cut_segment(segment, weights.pieces, window=config.window, context=config.context)
    return np.concatenate([encoder(*cut.inputs(window)) for window in cut.windows])


def cosine(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    """Mean over rows.

    >>> cosine(np.array([[1, 0], [0, 2]], np.float32), np.array([[3, 0], [1, 0]], np.float32))
    0.5
    """
    norms = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    return float(((a * b).sum(1) / norms).mean())


def compare(
    before: Sequence[S], after: Sequence[S], ratios: Mapping[str, Callable[[S], float]]
) -> tuple[dict[str, Figure], dict[str, Figure]]:
    """The ratios of `after`, and what they are more than those of `before`, the same documents in the same order.

    The interval of a difference is of resamples in which a document is drawn for both.
    """
    pairs = [Pair(one, other) for one, other in zip(before, after, strict=True)]

    def difference(ratio: Callable[[S], float]) -> Callable[[Pair[S]], float]:
        return lambda pair: ratio(pair.after) - ratio(pair.before)

    return (
        measure([after], ratios, n_resamples=0),
        measure([pairs], {name: difference(ratio) for name, ratio in ratios.items()}),
    )


def to_markdown(columns: Sequence[Column], saturation: Saturation, *, fold: int) -> str:
    """A row a figure; the first column is what the others are held against."""
    first, *others = columns
    header = ["figure", first.name, *(cell for column in others for cell in (column.name, "difference"))]
    rows: list[list[str]] = []
    lost: list[str] = []

    def add(corpus: str, counts: Sequence[Sequence[S]], ratios: Mapping[str, Callable[[S], float]]) -> None:
        """counts: of every column."""
        own = measure([counts[0]], ratios, n_resamples=0)
        compared = [compare(counts[0], some, ratios) for some in counts[1:]]
        for name in ratios:
            row = [f"{corpus}, {name}", f"{100 * own[name].value:.2f}"]
            for column, (values, differences) in zip(others, compared, strict=True):
                row += [f"{100 * values[name].value:.2f}", _signed(differences[name])]
                if round(-100 * differences[name].value, 6) > BAR:
                    lost.append(f"{column.name}: {corpus}, {name} ({100 * differences[name].value:+.2f})")
            rows.append(row)

    add("LitBank", [column.litbank for column in columns], LITBANK)
    for treebank in first.treebanks:
        add(treebank, [column.treebanks[treebank] for column in columns], syntax.RATIOS)
    sizes = [f"LitBank: the {len(first.litbank)} test documents of fold {fold}"]
    sizes += [f"{name}: {len(counts)} documents" for name, counts in first.treebanks.items()]
    parts = [
        markdown_table(header, rows),
        _verdict(lost),
        f"{'; '.join(sizes)}. {NOTES}",
        format_saturation(saturation),
    ]
    return "\n\n".join(parts)


def _signed(figure: Figure) -> str:
    return f"{100 * figure.value:+.2f} [{100 * figure.low:+.2f}, {100 * figure.high:+.2f}]"


def _verdict(lost: Iterable[str]) -> str:
    said = "; ".join(lost)
    return f"Bar: no figure loses more than {BAR} points against float. " + (f"Missed by {said}." if said else "Kept by all.")


NOTES = (
    "One model, exported in each precision; all documents, the same for every column. Differences are in points, to float, and "
    "their intervals hold 95 % of 1,000 resamples of the documents, a document drawn for both. The bar is held against the "
    "differences themselves: with as few documents as a fold has, rounding alone moves LitBank's by tenths of a point, and some "
    "intervals reach beyond it. int8-reduced has weights of seven bits, of which no two can leave 16 bits."
)


def format_saturation(saturation: Saturation) -> str:
    """What is cut off without VNNI, and how near the emulation is to ONNX Runtime."""
    counts = saturation.counts
    per_million = 1e6 * counts.cut / counts.all if counts.all else 0.0
    return (
        "Without VNNI (AVX2 or AVX-512 alone) the products of two neighbouring inputs are added in 16 bits. "
        f"{100 * saturation.risky:.2f} % of all pairs of weights could leave them; in all that was read, {counts.cut:,} of "
        f"{counts.all:,} pairs of products did ({per_million:.1f} in a million). Cosine of ONNX Runtime's vectors on this machine, "
        f"mean over the pieces of a document: {saturation.exact:.5f} with the emulation whose sums are exact, "
        f"{saturation.saturated:.5f} with the one that saturates; of these two with one another {saturation.apart:.5f}."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.precision", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--models", type=Path, required=True, metavar="DIR", help="the folder of the weights of every precision")
    parser.add_argument(
        "--fold", type=int, default=0, metavar="K", help="whose test documents the model has not seen; 0 if not given"
    )
    options = parser.parse_args(arguments)
    return print_made(lambda: evaluate(options.data, options.models, fold=options.fold))


if __name__ == "__main__":
    sys.exit(main())
