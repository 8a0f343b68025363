"""Draw the foremost people of stories for a reader to judge: their names and nouns, and a sample of their mentions, by a seed.

    python -m evaluation.foremost STORY ... --out DIR [--seed 9] [--people 20]

STORY is a story file. For each, DIR gets NAME.txt, for the reader, and NAME.jsonl, a claim a person as evaluation/judged/ keeps
them, without the words of the book; the reader adds `verdict` and `why`. Who is wrong: no person; split, where another of the
foremost sixty is the same one and has more mentions; fused, where another one has a tenth of the names and nouns, or an eighth of
all mentions (three of the eighteen pronouns that are drawn).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import fabula
from fabula.errors import FabulaError
from fabula.records import Character, Mention, MentionKind
from fabula.story.story import StoryView

LISTED = 60  # people whose names the reader sees, for the same one twice
NOUNS, PRONOUNS = 10, 18  # mentions that are drawn of each person
BEFORE, AFTER = 420, 160  # characters of the book around each
MOST_NAMES, MOST_NOUNS = 40, 50


def describe(story: StoryView, *, seed: int, people: int) -> Iterator[str]:
    """The lines that a reader judges by."""
    foremost = story.cast[:LISTED]
    yield "ALL THE FOREMOST: " + "; ".join(f"{n}. {c.name} ({c.n_mentions})" for n, c in enumerate(foremost, 1))
    for place, character in enumerate(foremost[:people]):
        yield from _describe_one(story, place + 1, character, random.Random(f"{seed} {place}"))


def _describe_one(story: StoryView, number: int, character: Character, rng: random.Random) -> Iterator[str]:
    of_kind = {kind: [m for m in story.mentions_of(character) if m.kind is kind] for kind in MentionKind}
    counts = ", ".join(f"{kind} {len(own)}" for kind, own in of_kind.items())
    yield f"\n########## {number}. {character.name} ({counts})"
    yield "NAMES: " + _count((_words(story, m) for m in of_kind[MentionKind.NAME]), MOST_NAMES)
    yield "NOUNS: " + _count((_words(story, m).lower() for m in of_kind[MentionKind.NOMINAL]), MOST_NOUNS)
    for kind, n in ((MentionKind.NOMINAL, NOUNS), (MentionKind.PRONOUN, PRONOUNS)):
        own = of_kind[kind]
        for mention in sorted(rng.sample(own, min(n, len(own))), key=lambda m: m.span):
            start, end = mention.span
            passage = f"{story.text[max(0, start - BEFORE) : start]}⟦{story.text[start:end]}⟧{story.text[end : end + AFTER]}"
            yield f"[{kind} {start}] " + " ".join(passage.split())


def claim(story: StoryView, character: Character) -> dict[str, object]:
    """A person as evaluation/judged/ keeps one: by the first name, or else the first noun or pronoun."""
    order = tuple(MentionKind)
    first = min(story.mentions_of(character), key=lambda m: (order.index(m.kind), m.span))
    return {"book": story.book.title, "kind": "character", "start": first.span.start, "end": first.span.end}


def _words(story: StoryView, mention: Mention) -> str:
    return " ".join(story.text[mention.span.start : mention.span.end].split())


def _count(strings: Iterable[str], most: int) -> str:
    return ", ".join(f"{string} x{n}" for string, n in Counter(strings).most_common(most))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.foremost", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("stories", type=Path, nargs="+", metavar="STORY")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--people", type=int, default=20)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    for path in options.stories:
        try:
            with fabula.open(path) as story:
                lines = list(describe(story, seed=options.seed, people=options.people))
                claims = [json.dumps(claim(story, character), ensure_ascii=False) for character in story.cast[: options.people]]
        except FabulaError as error:
            print(f"error: {error}", file=sys.stderr)
            return 1
        (options.out / f"{path.stem}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        (options.out / f"{path.stem}.jsonl").write_text("\n".join(claims) + "\n", encoding="utf-8", newline="\n")
        print(f"{path.stem}: {len(claims)} people")
    return 0


if __name__ == "__main__":
    sys.exit(main())
