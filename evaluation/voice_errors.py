"""Draw wrong speakers from the novels of PDNC, for a reader to sort by cause.

    python -m evaluation.voice_errors --data DIR --out errors.jsonl [--total 50] [--seed 7] [--stories DIR] [NOVEL ...]

Of all novels together every wrong part is as likely to be drawn. Each line is one, in the form of `evaluation/sample.py`, with the
verdict "wrong"; the reader adds `cause` and `why`, and `python -m evaluation.sample --strip` writes what may be committed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from evaluation.cast import read_gold
from evaluation.pdnc import from_story, judge_parts
from evaluation.pdnc_novels import GoldNovel
from evaluation.stories import Shelf
from fabula.errors import FabulaError
from fabula.records import Quote
from fabula.story.story import StoryView

BEFORE, AFTER = 1_500, 500  # characters of the novel


def find_errors(gold: GoldNovel, story: StoryView) -> Iterator[dict[str, object]]:
    """Every part of which the story has another speaker than the novel's list, or none. Offsets are into the novel's text."""
    for part, quote, is_right in judge_parts(gold, from_story(story)):
        if is_right:
            continue
        start, end = part.start, part.end
        before, after = gold.text[max(0, start - BEFORE) : start], gold.text[end : end + AFTER]
        yield {
            "book": gold.name,
            "kind": f"wrong speaker, {part.cue.value.lower() if part.cue else 'unknown'}",
            "start": start,
            "end": end,
            "says": f"spoken by {_name(story, quote)}; it is {part.speaker}",
            "passage": f"{before}⟦{gold.text[start:end]}⟧{after}",
            "verdict": "wrong",
        }


def _name(story: StoryView, quote: Quote | None) -> str:
    if quote is None or quote.speaker is None:
        return "nobody"
    who = story.cast.by_id(quote.speaker)
    return f"{who.name} ({'' if who.names else 'without a name, '}{quote.probability:.2f})"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.voice_errors", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--total", type=int, default=50, metavar="N", help="how many; fewer where there are fewer")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--stories", type=Path, metavar="DIR", help="keep stories in this folder, and take them from there")
    parser.add_argument("novels", nargs="*", metavar="NOVEL", help="names of novels; all if none is given")
    options = parser.parse_args(arguments)
    shelf = Shelf(options.stories)
    errors: list[dict[str, object]] = []
    try:
        for gold in read_gold(options.data, options.novels):
            with shelf.read(gold.path, gold.name) as story:
                errors += find_errors(gold, story)
            print(gold.name, file=sys.stderr)
    except FabulaError as error:
        print(error, file=sys.stderr)
        return 2
    drawn = random.Random(options.seed).sample(errors, min(options.total, len(errors)))
    options.out.write_text("".join(json.dumps(error, ensure_ascii=False) + "\n" for error in drawn), encoding="utf-8")
    print(f"{len(drawn)} of {len(errors)} errors in {options.out}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
