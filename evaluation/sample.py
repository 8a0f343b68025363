"""Draw what only a reader can judge: claims about whole novels, with their context, by a seeded command.

    python -m evaluation.sample --novels DIR --out claims.jsonl [--seed 7] [--each 12]

DIR holds plain texts. Each line of the output is one claim: what kind it is, where, what fabula says, and the passage with the
words in question between ⟦ and ⟧. A reader who has not seen the code adds `verdict` ("right", "wrong" or "unclear") and `why`.
What is committed of that, to evaluation/judged/, has offsets and verdicts but no words of the books (`strip`).

The kinds: `quotation` (its extent and kind), `speaker` (where one is said), `unread` (marks that were not taken for a quotation),
`person` (a name taken for a person's).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import fabula
from fabula import Story
from fabula.records import Quote, Span

CONTEXT = 350  # characters on either side
KINDS = ("quotation", "speaker", "unread", "person")
_MARKED = re.compile(r"[\"“«][^\"“”«»\n]{1,300}[\"”»]")


def draw(book: Path, *, seed: int, each: int) -> list[dict[str, object]]:
    """`each` claims of every kind about a book, fewer where there are fewer; the same for the same seed."""
    rng = random.Random(f"{seed} {book.stem}")
    claims: list[dict[str, object]] = []
    with fabula.read(book) as story:
        for kind in KINDS:
            found = list(_claims(story, kind))
            for span, said in rng.sample(found, min(each, len(found))):
                claims.append(
                    {
                        "book": book.stem,
                        "kind": kind,
                        "start": span.start,
                        "end": span.end,
                        "says": said,
                        "passage": _show(story, span),
                    }
                )
    return claims


def _claims(story: Story, kind: str) -> Iterator[tuple[Span, str]]:
    if kind == "person":
        for mention in story.mentions:
            yield mention.span, f"a person's name; the person is listed as {_name(story, mention.character)}"
        return
    if kind == "unread":
        taken = sorted(part for quote in story.quotes for part in quote.parts)
        for found in _MARKED.finditer(story.text):
            span = Span(*found.span())
            if not any(part.overlaps(span) for part in taken):
                yield span, "no quotation: a title, a scare quote, words that are mentioned"
        return
    for quote in story.quotes:
        if kind == "speaker":
            if quote.speaker is not None:
                yield quote.span, f"spoken by {_name(story, quote.speaker)}"
        else:
            yield quote.span, _describe(story, quote)


def _describe(story: Story, quote: Quote) -> str:
    parts = "; ".join(
        repr(story.quote(part)) if len(story.quote(part)) < 60 else repr(story.quote(part)[:25] + " ... " + story.quote(part)[-25:])
        for part in quote.parts
    )
    return f"one quotation, kind {quote.kind.value}, parts: {parts}"


def _name(story: Story, character: int | None) -> str:
    return "nobody" if character is None else story.cast.by_id(character).name


def _show(story: Story, span: Span) -> str:
    before, after = story.text[max(0, span.start - CONTEXT) : span.start], story.text[span.end : span.end + CONTEXT]
    return f"{before}⟦{story.text[span.start : span.end]}⟧{after}"


def strip(lines: Sequence[str]) -> list[str]:
    """Judged claims without the words of the books, as they are committed; what is said of names stays out too.

    Raises ValueError where a verdict is missing.
    """
    kept = []
    for line in lines:
        claim = json.loads(line)
        if claim.get("verdict") not in ("right", "wrong", "unclear"):
            raise ValueError(f"no verdict: {claim['book']} {claim['start']}")
        kept.append(
            json.dumps({key: claim[key] for key in ("book", "kind", "start", "end", "verdict")} | {"why": claim.get("why", "")})
        )
    return kept


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.sample", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--novels", type=Path, help="a folder of plain texts")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--each", type=int, default=12, help="claims of each kind for each novel")
    parser.add_argument("--strip", type=Path, metavar="JUDGED", help="instead write what may be committed of a judged file")
    options = parser.parse_args(arguments)
    if options.strip:
        lines = strip(options.strip.read_text(encoding="utf-8").splitlines())
    elif options.novels:
        claims = [c for book in sorted(options.novels.glob("*.txt")) for c in draw(book, seed=options.seed, each=options.each)]
        lines = [json.dumps(c, ensure_ascii=False) for c in claims]
    else:
        sys.exit("either --novels or --strip")
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} claims in {options.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
