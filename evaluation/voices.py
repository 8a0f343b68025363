"""Who says what to whom in whole novels, from the file alone: speakers, addressees, and how sure the story is of them.

    python -m evaluation.voices --data DIR [--stories DIR] [NOVEL ...]

--stories: keep the story of every novel in this folder, and take it from there as long as neither the text nor fabula has changed.

A gold part of a quotation is right if the quotation that holds half of it has a speaker who stands for the gold one, by the names
of the story's own cast (`evaluation/pdnc.py`).
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from evaluation.cast import group_novels, read_gold
from evaluation.command import print_made
from evaluation.counts import measure
from evaluation.pdnc import SPEECH_AND_THOUGHT, Counts, from_story, judge_speakers, score_story
from evaluation.report import markdown_table
from evaluation.stories import Shelf

RATIOS: Mapping[str, Callable[[Counts], float]] = {
    "speaker": lambda c: c.speaker,
    "explicit": lambda c: c.explicit,
    "anaphoric": lambda c: c.anaphoric,
    "implicit": lambda c: c.implicit,
    "sure": lambda c: c.sure_accuracy,
    "@ share": lambda c: c.sure_share,
    "unsaid": lambda c: c.unsaid,
    "addressee": lambda c: c.addressee,
    "extra": lambda c: c.extra,
    "swallowed": lambda c: c.swallowed,
}
BARS = ("77.0", "95.0", "73.0", "61.0", "92.0", "65.0", "", "50.0", "4.5", "0.4")  # for the novels in LitBank and the others alike
STEPS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)  # probabilities of the curve
NOTES = (
    "A novel is given as its plain text; only what the story marks as speech counts, so that a thought in marks, which PDNC has as "
    "a quotation, is missed; in the last row it counts. Speaker: parts whose speaker is right, of all with "
    "one known speaker; explicit, anaphoric and implicit by how the narration names them. Sure: right, of the parts that are "
    "given with a probability of 0.8 or more, and their share. Addressee: F1 of the sets. A speaker without a name in the story "
    "stands for nobody, and is wrong. Intervals hold 95 % of 1,000 resamples of the novels."
)


def run(data: Path, *, shelf: Shelf | None = None, novels: Sequence[str] = ()) -> str:
    """The section of the results. data: the folder of the corpora. novels: names; all if empty. Raises FabulaError."""
    shelf = shelf or Shelf()
    counts: dict[str, Counts] = {}
    with_thoughts: list[Counts] = []
    judged: list[tuple[float, bool]] = []
    for gold in read_gold(data, novels):
        with shelf.read(gold.path, gold.name) as story:
            scored = from_story(story)
            counts[gold.name] = score_story(gold, scored)
            with_thoughts.append(score_story(gold, from_story(story, SPEECH_AND_THOUGHT)))
            judged += judge_speakers(gold, scored)
        print(gold.name, file=sys.stderr)
    return f"{_format_counts(counts, with_thoughts)}\n\n{NOTES}\n\n{_format_curve(judged)}"


def _format_counts(counts: Mapping[str, Counts], with_thoughts: Sequence[Counts]) -> str:
    rows = [(name, *(_percent(ratio(one)) for ratio in RATIOS.values())) for name, one in counts.items()]
    for title, _, chosen in group_novels(counts):
        if chosen:
            rows.append((f"**{title}**", *(str(figure) for figure in measure([chosen], RATIOS).values())))
    rows.append(("all, thoughts in marks among them", *(str(figure) for figure in measure([with_thoughts], RATIOS).values())))
    rows.append(("bar", *BARS))
    worst = min(counts, key=lambda name: counts[name].speaker)
    table = markdown_table(("novel", *RATIOS), rows)
    return f"**{len(counts)} novels of PDNC**\n\n{table}\n\nWorst novel: {worst}, {_percent(counts[worst].speaker)} (bar 65.0)."


def _format_curve(judged: Sequence[tuple[float, bool]]) -> str:
    """How many are right of those that are given with a probability from so much on, and how many are given."""
    rows = []
    for least in STEPS:
        given = [right for probability, right in judged if probability >= least]
        accuracy = sum(given) / len(given) if given else math.nan
        rows.append((f"{least:.2f}", _percent(accuracy), _percent(len(given) / max(1, len(judged)))))
    return f"**Accuracy against coverage**\n\n{markdown_table(('probability from', 'right', 'of all parts'), rows)}"


def _percent(value: float) -> str:
    return "–" if math.isnan(value) else f"{100 * value:.1f}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.voices", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--stories", type=Path, metavar="DIR", help="keep stories in this folder, and take them from there")
    parser.add_argument("novels", nargs="*", metavar="NOVEL", help="names of novels; all if none is given")
    options = parser.parse_args(arguments)
    return print_made(lambda: run(options.data, shelf=Shelf(options.stories), novels=options.novels))


if __name__ == "__main__":
    sys.exit(main())
