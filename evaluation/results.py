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
from pathlib import Path
from types import ModuleType

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

    module: its name; loaded only when the section is made. run: given the module and the folder of the corpora, gives the section's
    body in Markdown.
    """

    name: str
    title: str
    module: str
    data: str
    run: Callable[[ModuleType, Path], str]
    published: tuple[Published, ...] = ()


def _run_quotes(quotes: ModuleType, data: Path) -> str:
    return str(quotes.run(data))


def _run_chapters(chapters: ModuleType, data: Path) -> str:
    return str(chapters.to_markdown(chapters.evaluate(data)))


def _run_judged(judged: ModuleType, _data: Path) -> str:
    return str(judged.to_markdown())


def _run_formats(formats: ModuleType, data: Path) -> str:
    rows = []
    for path in (data / name for name in REWRITTEN):
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
_GOLD_CAST = "PDNC, gold cast and mentions given: an easier task than ours"
_OWN_CAST = "PDNC, 35,760 parts of quotations of 22 novels, end to end, own cast, from its published outputs"
EVALUATIONS = (
    Evaluation(
        "quotes",
        "Quotations, speakers and cast",
        "evaluation.quotes",
        "PDNC, 21 whole novels, plain text only (`evaluation/pdnc.py`)",
        _run_quotes,
        published=(
            Published(_BY_KIND, "58.9 (86.2 / 50.6 / 36.3)", "BookNLP big", _SAME_SCORER),
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
        "claims drawn by `evaluation/sample.py` from novels without gold, judged by a reader who has not seen the code",
        _run_judged,
    ),
)


class MissingEvaluationError(Exception):
    """A section was asked for whose evaluation is not there."""

    def __init__(self, evaluation: Evaluation) -> None:
        super().__init__(f"the section `{evaluation.name}` cannot be made: there is no module `{evaluation.module}`")


def check_is_there(evaluation: Evaluation) -> None:
    """Raise MissingEvaluationError if the evaluation's module is not there; it is not loaded."""
    try:
        is_there = importlib.util.find_spec(evaluation.module) is not None
    except ModuleNotFoundError:  # of its package
        is_there = False
    if not is_there:
        raise MissingEvaluationError(evaluation)


def make_section(evaluation: Evaluation, data: Path) -> Section:
    """Run an evaluation; the published figures, if any, follow its own."""
    body = evaluation.run(importlib.import_module(evaluation.module), data).strip()
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
        for evaluation in chosen:  # all of them before minutes of work
            check_is_there(evaluation)
    except MissingEvaluationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    for evaluation in chosen:
        print(f"{evaluation.name} ...", file=sys.stderr, flush=True)
        write_sections(RESULTS, "Quality", [make_section(evaluation, options.data)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
