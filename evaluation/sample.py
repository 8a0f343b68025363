"""Draw what only a reader can judge: claims about whole novels, with their context, by a seeded command.

    python -m evaluation.sample --novels DIR --out claims.jsonl [--seed 7] [--each 12] [--kinds KIND ...]
    python -m evaluation.sample NOVEL ... --kinds link --total 50 --out links.jsonl [--stories DIR] [--seed 7]

DIR holds plain texts; a NOVEL is one (PDNC's `novel_text.txt` is called by its folder). Each line of the output is one claim: what
kind it is, where, what fabula says, and the passage with the words in question between ⟦ and ⟧. A reader who has not seen the code
adds `verdict` ("right", "wrong" or "unclear") and `why`, and where errors are sorted `cause`. What is committed of that, to
evaluation/judged/, has offsets and verdicts but no words of the books (`strip`).

The kinds: `quotation` (its extent and kind), `speaker` (where one is said), `unread` (marks that were not taken for a quotation),
`person` (a name taken for a person's), `link` (a pronoun or a nominal, and the character that it is said to mean).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from evaluation.stories import Shelf
from fabula.records import MentionKind, MentionType, Quote, Span
from fabula.story.story import StoryView

CONTEXT = 350  # characters on either side
LINK_CONTEXT = 1_200  # characters before a link: whom a pronoun means may have been named long ago
KINDS = ("quotation", "speaker", "unread", "person", "link")
_MARKED = re.compile(r"[\"“«][^\"“”«»\n]{1,300}[\"”»]")


def draw(book: Path, *, seed: int, each: int, kinds: Sequence[str] = KINDS, shelf: Shelf | None = None) -> list[dict[str, object]]:
    """`each` claims of every kind about a book, fewer where there are fewer; the same for the same seed and kinds."""
    name = title(book)
    rng = random.Random(f"{seed} {name}")
    claims: list[dict[str, object]] = []
    with (shelf or Shelf()).read(book, name) as story:
        for kind in kinds:
            found = list(find_claims(story, kind))
            for span, said in rng.sample(found, min(each, len(found))):
                claims.append(
                    {
                        "book": name,
                        "kind": kind,
                        "start": span.start,
                        "end": span.end,
                        "says": said,
                        "passage": _show(story, span, before=LINK_CONTEXT if kind == "link" else CONTEXT),
                    }
                )
    return claims


def title(book: Path) -> str:
    """What a book is called in the claims.

    >>> title(Path("novels/11_alice.txt")), title(Path("pdnc/data/Emma/novel_text.txt"))
    ('11_alice', 'Emma')
    """
    return book.parent.name if book.stem == "novel_text" else book.stem


def share_out(total: int, n_books: int) -> list[int]:
    """How many claims each book has of so many altogether: as many as the others, the first ones one more.

    >>> share_out(50, 3)
    [17, 17, 16]
    """
    return [total // n_books + (number < total % n_books) for number in range(n_books)]


def find_claims(story: StoryView, kind: str) -> Iterator[tuple[Span, str]]:
    """All claims of a kind: where, and what is said."""
    if kind in ("person", "link"):
        for mention in story.mentions:
            if mention.character is None or mention.type is not MentionType.PERSON:
                continue
            if kind == "person" and mention.kind is MentionKind.NAME:
                yield mention.span, f"a person's name; the person is listed as {_name(story, mention.character)}"
            elif kind == "link" and mention.kind is not MentionKind.NAME:
                yield mention.span, f"this {mention.kind.value} means {_name(story, mention.character)}"
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


def _describe(story: StoryView, quote: Quote) -> str:
    parts = "; ".join(
        repr(story.quote(part)) if len(story.quote(part)) < 60 else repr(story.quote(part)[:25] + " ... " + story.quote(part)[-25:])
        for part in quote.parts
    )
    return f"one quotation, kind {quote.kind.value}, parts: {parts}"


def _name(story: StoryView, character: int | None) -> str:
    return "nobody" if character is None else story.cast.by_id(character).name


def _show(story: StoryView, span: Span, *, before: int) -> str:
    earlier, after = story.text[max(0, span.start - before) : span.start], story.text[span.end : span.end + CONTEXT]
    return f"{earlier}⟦{story.text[span.start : span.end]}⟧{after}"


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
            json.dumps(
                {key: claim[key] for key in ("book", "kind", "start", "end", "verdict", "cause") if key in claim}
                | {"why": claim.get("why", "")}
            )
        )
    return kept


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m evaluation.sample", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("books", nargs="*", type=Path, metavar="NOVEL", help="plain texts")
    parser.add_argument("--novels", type=Path, metavar="DIR", help="a folder of plain texts")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, metavar="KIND", help=f"of {', '.join(KINDS)}; all")
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--each", type=int, default=12, metavar="N", help="claims of each kind for each novel")
    amount.add_argument("--total", type=int, metavar="N", help="claims of each kind for all novels together")
    parser.add_argument("--stories", type=Path, metavar="DIR", help="keep stories in this folder, and take them from there")
    parser.add_argument("--strip", type=Path, metavar="JUDGED", help="instead write what may be committed of a judged file")
    options = parser.parse_args(arguments)
    books = [*options.books, *(sorted(options.novels.glob("*.txt")) if options.novels else ())]
    if options.strip:
        lines = strip(options.strip.read_text(encoding="utf-8").splitlines())
    elif books:
        amounts = [options.each] * len(books) if options.total is None else share_out(options.total, len(books))
        shelf = Shelf(options.stories)
        claims = [
            claim
            for book, each in zip(books, amounts, strict=True)
            for claim in draw(book, seed=options.seed, each=each, kinds=options.kinds, shelf=shelf)
        ]
        lines = [json.dumps(c, ensure_ascii=False) for c in claims]
    else:
        sys.exit("no novels: name some, or a folder of them with --novels; or give --strip")
    options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} claims in {options.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
