"""Write evaluation/RESULTS.md: run the evaluations and put what they find in its sections.

    python -m evaluation.results --data DIR [--only SECTION ...]

DIR is the folder of the corpora. A section that is not named stays as it is. Exit code 2 if a section cannot be made.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

from evaluation.report import Section, markdown_table, write_sections

RESULTS = Path(__file__).parent / "RESULTS.md"


@dataclass(frozen=True, slots=True)
class Published:
    """A figure of somebody else's to hold ours against; percentages. protocol: on what, and how, it was measured."""

    metric: str
    figure: str
    by: str
    protocol: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What makes a section.

    module, steps: functions of the module, the first of which is given the folder of the corpora and each other one what the one before
    it gives; the last gives the section's body in Markdown.
    """

    name: str
    title: str
    module: str
    data: str
    steps: tuple[str, ...] = ("run",)
    published: tuple[Published, ...] = ()


_SAME_SCORER = "15 of these novels, end to end, this scorer, from its published outputs"
_GOLD_CAST = "PDNC, gold cast and mentions given: an easier task than ours"
_OWN_CAST = "PDNC, 35,760 parts of quotations of 22 novels, end to end, own cast, from its published outputs"
EVALUATIONS = (
    Evaluation(
        "quotes",
        "Quotations, speakers and cast",
        "evaluation.quotes",
        "PDNC, 21 whole novels, plain text only (`evaluation/pdnc.py`)",
        published=(
            Published("speaker (explicit / anaphoric / implicit)", "58.9 (86.2 / 50.6 / 36.3)", "BookNLP big", _SAME_SCORER),
            Published("chars precision", "93.3", "BookNLP big", _SAME_SCORER),
            Published("chars recall", "99.8", "BookNLP big", _SAME_SCORER),
            Published("found", "99.6", "BookNLP big", _SAME_SCORER),
            Published("extra", "6.2", "BookNLP big", _SAME_SCORER),
            Published("swallowed", "0.8", "BookNLP big", _SAME_SCORER),
            Published("cast", "91.0", "BookNLP big", _SAME_SCORER),
            Published("purity", "94.7", "BookNLP big", _SAME_SCORER),
            Published("pieces", "1.93", "BookNLP big", _SAME_SCORER),
            Published("false", "24.7", "BookNLP big", _SAME_SCORER),
            Published("speaker", "40.0", "BookNLP big", f"{_OWN_CAST}; a cluster is whom its name as printed says"),
            Published("speaker", "79.5", "BookNLP big", f"{_OWN_CAST}; a cluster is whoever suits it best"),
            Published("speaker", "78.5", "BookNLP, fine-tuned", _GOLD_CAST),
            Published("speaker", "89.8", "Llama-3 8B", f"{_GOLD_CAST}; seen second-hand"),
            Published(
                "speaker (explicit / anaphoric / implicit)",
                "94.5 (99.3 / 95.5 / 89.3)",
                "ModernBERT-large, joint, 2026",
                _GOLD_CAST,
            ),
        ),
    ),
    Evaluation(
        "chapters",
        "Chapters",
        "evaluation.chapters",
        "whole novels in plain text, against lists made by hand (`evaluation/gold/chapters.toml`)",
        ("evaluate", "to_markdown"),
    ),
    Evaluation("formats", "File formats", "evaluation.formats", "public-domain novels, written as each format and read back"),
)


class MissingEvaluationError(Exception):
    """A section was asked for whose evaluation is not there, or cannot be run for it."""

    def __init__(self, evaluation: Evaluation, lack: str) -> None:
        super().__init__(f"the section `{evaluation.name}` cannot be made: {lack}")


def load_run(evaluation: Evaluation) -> Callable[[Path], str]:
    """The function that makes a section's body. Raises MissingEvaluationError, naming the module."""
    try:
        is_there = importlib.util.find_spec(evaluation.module) is not None
    except ModuleNotFoundError:  # of its package
        is_there = False
    if not is_there:
        raise MissingEvaluationError(evaluation, f"there is no module `{evaluation.module}`")
    module = importlib.import_module(evaluation.module)
    for step in evaluation.steps:
        if not hasattr(module, step):
            raise MissingEvaluationError(evaluation, f"`{evaluation.module}` has no function `{step}`")
    steps = [getattr(module, step) for step in evaluation.steps]
    return lambda data: str(reduce(lambda given, step: step(given), steps, data))


def make_section(evaluation: Evaluation, run: Callable[[Path], str], data: Path) -> Section:
    """Run an evaluation; the published figures, if any, follow its own."""
    body = run(data).strip()
    if evaluation.published:
        rows = [(p.metric, p.figure, p.by, p.protocol) for p in evaluation.published]
        body += "\n\nPublished figures to hold against it:\n\n" + markdown_table(("metric", "figure", "by", "protocol"), rows)
    command = f"python -m evaluation.results --data DIR --only {evaluation.name}"
    return Section(evaluation.name, evaluation.title, command, evaluation.data, body)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evaluation.results", description="Run the evaluations and write RESULTS.md.")
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--only", nargs="+", choices=[e.name for e in EVALUATIONS], help="the sections to make; all if not given")
    options = parser.parse_args(arguments)
    chosen = [e for e in EVALUATIONS if options.only is None or e.name in options.only]
    try:
        runs = [(evaluation, load_run(evaluation)) for evaluation in chosen]  # before minutes of work
    except MissingEvaluationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    for evaluation, run in runs:
        print(f"{evaluation.name} ...", file=sys.stderr, flush=True)
        write_sections(RESULTS, "Quality", [make_section(evaluation, run, options.data)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
