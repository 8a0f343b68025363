"""Write evaluation/RESULTS.md: run the evaluations and put what they find in its sections.

    python -m evaluation.results --data DIR [--models DIR] [--precisions DIR] [--stories DIR] [--only SECTION ...]

--data is the folder of the corpora, --models that of the reading model's weights for every fold, --precisions that of the weights
of one model in every precision; without them the sections that need them are left as they are. --stories: keep the stories that
`cast` reads in this folder, and take them from there. A section that is not named stays as it is. Exit code 2 if a section cannot
be made.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Literal

from evaluation.report import Section, markdown_table, write_sections
from fabula.errors import FabulaError

RESULTS = Path(__file__).parent / "RESULTS.md"


@dataclass(frozen=True, slots=True)
class Published:
    """A figure of somebody else's to hold ours against; percentages. protocol: on what, and how, it was measured."""

    metric: str
    figure: str
    by: str
    protocol: str


Need = Literal["", "models", "precisions"]  # an option without which a section cannot be made
NEEDED: Mapping[Need, str] = {"models": "the weights of every fold", "precisions": "the weights of one model in every precision"}


@dataclass(frozen=True, slots=True)
class Inputs:
    """What evaluations are given.

    data: the folder of the corpora; models: of the weights of every fold, None if there are none; precisions: of those of one model
    in every precision; stories: where they are kept.
    """

    data: Path
    models: Path | None = None
    stories: Path | None = None
    precisions: Path | None = None

    def has(self, need: Need) -> bool:
        """Whether there is what a section needs."""
        return {"": True, "models": self.models is not None, "precisions": self.precisions is not None}[need]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What makes a section.

    module: its name; loaded only when the section is made. run: given the module and what there is, gives the section's body in
    Markdown. needs: what it cannot be made without.
    """

    name: str
    title: str
    module: str
    data: str
    run: Callable[[ModuleType, Inputs], str]
    published: tuple[Published, ...] = ()
    needs: Need = ""


def _run_quotes(quotes: ModuleType, inputs: Inputs) -> str:
    return str(quotes.run(inputs.data, shelf=quotes.Shelf(inputs.stories)))


def _run_cast(cast: ModuleType, inputs: Inputs) -> str:
    return str(cast.run(inputs.data, shelf=cast.Shelf(inputs.stories)))


def _run_voices(voices: ModuleType, inputs: Inputs) -> str:
    return str(voices.run(inputs.data, shelf=voices.Shelf(inputs.stories)))


def _run_litbank(litbank: ModuleType, inputs: Inputs) -> str:
    return str(litbank.score_models(inputs.data, inputs.models))


def _run_gold_speakers(gold_speakers: ModuleType, inputs: Inputs) -> str:
    return str(gold_speakers.evaluate(inputs.data, gold_speakers.load_model()))


def _run_syntax(syntax: ModuleType, inputs: Inputs) -> str:
    return str(syntax.evaluate(inputs.data, syntax.load_model()))


def _run_precision(precision: ModuleType, inputs: Inputs) -> str:
    return str(precision.evaluate(inputs.data, inputs.precisions))


def _run_pages(pages: ModuleType, _inputs: Inputs) -> str:
    return str(pages.evaluate(pages.load_model()))


def _run_chapters(chapters: ModuleType, inputs: Inputs) -> str:
    return str(chapters.to_markdown(chapters.evaluate(inputs.data)))


def _run_judged(judged: ModuleType, _inputs: Inputs) -> str:
    return str(judged.to_markdown())


def _run_formats(formats: ModuleType, inputs: Inputs) -> str:
    rows = []
    for path in (inputs.data / name for name in REWRITTEN):
        for row in formats.evaluate(path):
            n_different = len(row.differences)
            rows.append((path.stem, row.format, f"{row.n_blocks:,}", f"{row.n_blocks - n_different:,}", f"{n_different:,}"))
    return markdown_table(("book", "format", "blocks", "the same", "different"), rows) + f"\n\n{formats.NOT_CARRIED}"


REWRITTEN = (
    "novels/11_alices_adventures_in_wonderland.txt",
    "novels/113_the_secret_garden.txt",
    "novels/1661_the_adventures_of_sherlock_holmes.txt",
)
_BY_KIND = "speaker (explicit / anaphoric / implicit)"
_SAME_SCORER = "15 of these novels, end to end, this scorer, from its published outputs"
_GOLD_CAST = "PDNC, gold cast and mentions given"
_WHOLE_BOOKS = "BookCoref gold, whole books: other texts than ours"
_ENTITIES = "LitBank, layer of entities, names and nominals, nested"
_MORE_DATA = f"{_ENTITIES}; trained with 968 K tokens of unreleased data"
_TEN_FOLDS = "LitBank, predicted mentions, ten folds, singletons kept"
_UNSTATED = "LitBank, protocol unstated, by its size with gold mentions"
_OWN_CAST = "PDNC, 35,760 parts of quotations of 22 novels, end to end, own cast, from its published outputs"
_CAST_OF_BOOKNLP = (
    Published("cast", "91.0", "BookNLP big", _SAME_SCORER),
    Published("purity", "94.7", "BookNLP big", _SAME_SCORER),
    Published("pieces", "1.93", "BookNLP big", _SAME_SCORER),
    Published("false", "24.7", "BookNLP big", _SAME_SCORER),
)
EVALUATIONS = (
    Evaluation(
        "quotes",
        "Quotations",
        "evaluation.quotes",
        "PDNC, 21 whole novels, plain text only (`evaluation/pdnc.py`)",
        _run_quotes,
        published=(
            Published("chars precision", "93.3", "BookNLP big", _SAME_SCORER),
            Published("chars recall", "99.8", "BookNLP big", _SAME_SCORER),
            Published("found", "99.6", "BookNLP big", _SAME_SCORER),
            Published("extra", "6.2", "BookNLP big", _SAME_SCORER),
            Published("swallowed", "0.8", "BookNLP big", _SAME_SCORER),
        ),
    ),
    Evaluation(
        "cast",
        "The cast of whole books",
        "evaluation.cast",
        "PDNC, 21 whole novels; GUM's fiction and FantasyCoref's development tales, none of which is ever trained on; the nine "
        "examples, and the pages that are held out; plain text only (`evaluation/cast.py`)",
        _run_cast,
        published=(
            *_CAST_OF_BOOKNLP,
            Published("CoNLL", "42.2", "BookNLP", f"{_WHOLE_BOOKS}; off the shelf; seen second-hand"),
            Published("CoNLL", "61.0-67.0", "Maverick-xl, Longdoc", f"{_WHOLE_BOOKS}; fine-tuned"),
        ),
    ),
    Evaluation(
        "voices",
        "Who says what to whom",
        "evaluation.voices",
        "PDNC, 21 whole novels, plain text only, with the cast that the story has found (`evaluation/voices.py`)",
        _run_voices,
        published=(
            Published(_BY_KIND, "58.9 (86.2 / 50.6 / 36.3)", "BookNLP big", _SAME_SCORER),
            Published("speaker", "40.0", "BookNLP big", f"{_OWN_CAST}; a cluster is whom its name as printed says"),
            Published("speaker", "79.5", "BookNLP big", f"{_OWN_CAST}; a cluster is whoever suits it best"),
            Published("sure @ share", "59.2 @ 99.6", "BookNLP big", _SAME_SCORER),
            Published("extra", "6.2", "BookNLP big", _SAME_SCORER),
            Published("swallowed", "0.8", "BookNLP big", _SAME_SCORER),
            Published("worst novel", "44.7", "BookNLP big", _SAME_SCORER),
        ),
    ),
    Evaluation(
        "gold_speakers",
        "Speakers, quotations and names of the cast given",
        "evaluation.gold_speakers",
        "PDNC, 21 whole novels; given: quotations, and every place where an alias is written (`evaluation/given_novels.py`)",
        _run_gold_speakers,
        published=(
            Published("speaker", "78.5", "BookNLP, fine-tuned", _GOLD_CAST),
            Published("speaker", "89.8", "Llama-3 8B", f"{_GOLD_CAST}; seen second-hand"),
            Published(_BY_KIND, "94.5 (99.3 / 95.5 / 89.3)", "ModernBERT-large, joint, 2026", _GOLD_CAST),
        ),
    ),
    Evaluation(
        "litbank",
        "The reading model on LitBank",
        "evaluation.litbank",
        "LitBank, the test documents of folds 0, 3 and 7, each read by a model that has not seen them in any layer; events also on "
        "their published split, by a model of its own (`evaluation/litbank.py`)",
        _run_litbank,
        needs="models",
        published=(
            Published("typed names and nominals: F1", "68.3", "Bamman 2019", f"{_ENTITIES}; trained on LitBank alone"),
            Published("typed names and nominals: F1", "88.2", "BookNLP small", _MORE_DATA),
            Published("typed names and nominals: F1", "90.0", "BookNLP big", _MORE_DATA),
            Published("events: F1", "73.9", "Sims 2019", "LitBank, the whole published test split"),
            Published("events: F1", "70.6", "BookNLP small", "LitBank, the whole published test split"),
            Published("events: F1", "74.1", "BookNLP big", "LitBank, the whole published test split"),
            Published("coreference: CoNLL", "78.0-78.3", "Maverick, 400 M parameters", _TEN_FOLDS),
            Published("coreference: CoNLL", "81.3", "MEIC-DT", f"{_TEN_FOLDS}; seen second-hand"),
            Published("coreference: CoNLL", "76.4", "BookNLP small", _UNSTATED),
            Published("coreference: CoNLL", "79.0", "BookNLP big", _UNSTATED),
        ),
    ),
    Evaluation(
        "syntax",
        "The reading model on Universal Dependencies",
        "evaluation.syntax",
        "the English Web Treebank's test documents; all of GUM's fiction, which is never trained on (`evaluation/syntax.py`)",
        _run_syntax,
        published=(
            Published("LAS", "about 90", "large models", "English Web Treebank, test"),
            Published("LAS", "89.9", "spaCy small", "its own scheme, and news: another task"),
        ),
    ),
    Evaluation(
        "precision",
        "The reading model in eight bits",
        "evaluation.precision",
        "LitBank's test documents of fold 0, EWT's test documents, GUM's fiction; the model of fold 0 (`evaluation/precision.py`)",
        _run_precision,
        needs="precisions",
    ),
    Evaluation(
        "pages",
        "The reading model on the examples",
        "evaluation.pages",
        "the nine examples and what is written beside them, and 24 pages that are held out of training (`evaluation/pages.py`)",
        _run_pages,
    ),
    Evaluation(
        "chapters",
        "Chapters",
        "evaluation.chapters",
        "whole novels in plain text, against lists made by hand (`evaluation/gold/chapters.toml`)",
        _run_chapters,
    ),
    Evaluation(
        "formats",
        "File formats",
        "evaluation.formats",
        "novels in plain text, written in each format by a script and read back (`evaluation/formats.py`)",
        _run_formats,
    ),
    Evaluation(
        "judged",
        "Judged by reading",
        "evaluation.judged",
        "claims of novels without gold, judged by a reader who has not seen the code: those of 1 and 2 drawn by "
        '`evaluation/sample.py`; 3: the twenty foremost people of six books; 4: who tells nine books that are told as "I"; the '
        "errors of 3 and 4 that have been mended since are still in them; 5, 7, 8: the people of 3 again, in 8 also by their "
        "pronouns, by which ten of the 120 are wrong that 7 would have let pass; 9: the people of 3 again, by "
        "another reader, from a sample of their mentions drawn by `evaluation/foremost.py`, by whom three of eighteen pronouns "
        "that are one other person's make somebody wrong; 6: wrong speakers of PDNC's novels, drawn by "
        "`evaluation/voice_errors.py` and sorted by cause",
        _run_judged,
    ),
)


class MissingEvaluationError(Exception):
    """A section was asked for whose evaluation is not there."""

    def __init__(self, evaluation: Evaluation) -> None:
        super().__init__(f"the section `{evaluation.name}` cannot be made: there is no module `{evaluation.module}`")


class MissingModelsError(Exception):
    """A section was asked for that needs weights which were not given."""

    def __init__(self, evaluation: Evaluation) -> None:
        need = evaluation.needs
        super().__init__(f"the section `{evaluation.name}` needs {NEEDED[need]}: say where they are with --{need} DIR")


def check_is_there(evaluation: Evaluation) -> None:
    """Raise MissingEvaluationError if the evaluation's module is not there; it is not loaded."""
    try:
        is_there = importlib.util.find_spec(evaluation.module) is not None
    except ModuleNotFoundError:  # of its package
        is_there = False
    if not is_there:
        raise MissingEvaluationError(evaluation)


def make_section(evaluation: Evaluation, inputs: Inputs) -> Section:
    """Run an evaluation; the published figures, if any, follow its own."""
    body = evaluation.run(importlib.import_module(evaluation.module), inputs).strip()
    if evaluation.published:
        rows = [(p.metric, p.figure, p.by, p.protocol) for p in evaluation.published]
        body += "\n\nPublished figures to hold against it:\n\n" + markdown_table(("metric", "figure", "by", "protocol"), rows)
    needed = f" --{evaluation.needs} DIR" if evaluation.needs else ""
    command = f"python -m evaluation.results --data DIR{needed} --only {evaluation.name}"
    return Section(evaluation.name, evaluation.title, command, evaluation.data, body)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evaluation.results", description="Run the evaluations and write RESULTS.md.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--models", type=Path, help="the folder of the reading model's weights for every fold")
    parser.add_argument("--precisions", type=Path, help="the folder of the weights of one model in every precision")
    parser.add_argument("--stories", type=Path, help="a folder in which to keep stories, and to take them from")
    parser.add_argument("--only", nargs="+", choices=[e.name for e in EVALUATIONS], help="the sections to make; all if not given")
    options = parser.parse_args(arguments)
    inputs = Inputs(options.data, options.models, options.stories, options.precisions)
    chosen = [e for e in EVALUATIONS if options.only is None or e.name in options.only]
    try:
        for evaluation in chosen:  # all of them before minutes of work
            check_is_there(evaluation)
            if not inputs.has(evaluation.needs) and options.only is not None:
                raise MissingModelsError(evaluation)
    except (MissingEvaluationError, MissingModelsError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    for evaluation in chosen:
        if not inputs.has(evaluation.needs):
            print(f"{evaluation.name}: left as it is, for lack of --{evaluation.needs} DIR", file=sys.stderr)
            continue
        print(f"{evaluation.name} ...", file=sys.stderr, flush=True)
        try:
            section = make_section(evaluation, inputs)
        except FabulaError as error:
            print(f"error: {error}", file=sys.stderr)
            return 2
        write_sections(RESULTS, "Quality", [section])
    return 0


if __name__ == "__main__":
    sys.exit(main())
