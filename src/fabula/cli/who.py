"""`fabula who`: one person on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.options import JsonOption, StoryArgument, UntilOption, VerboseOption

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fabula import StoryView
    from fabula.cli.portrait import Portrait
    from fabula.cli.show.cast import NameRecord

_INDENT = 10  # columns, of what stands beside the heads
_MOST_LINES = 4  # of a passage


def who(
    story: StoryArgument,
    name: Annotated[
        list[str],
        typer.Argument(metavar="NAME", help="Any name that the person goes by; several words need no quotes.", show_default=False),
    ],
    until: UntilOption = None,
    as_json: JsonOption = False,
    _verbose: VerboseOption = False,
) -> None:
    """Tell who somebody is, on one page.

    Their names, gender, where they are named first and last, with whom, and what they say. With --until nothing is used, and
    nothing counted, that comes later in the book.
    """
    from fabula.cli.data import write_json
    from fabula.cli.portrait import draw_portrait
    from fabula.cli.views import open_view

    with open_view(story, until) as view:
        portrait = draw_portrait(view, " ".join(name))
        if as_json:
            write_json(portrait)
        else:
            _write(view, portrait)


def _write(view: StoryView, one: Portrait) -> None:
    from fabula.cli.terminal import bold, dim, stdout
    from fabula.cli.views import counted

    terminal = stdout()

    def entry(head: str, text: str, most: int | None = None) -> None:
        if text:
            terminal.paragraph(text, head=dim(head), indent=_INDENT, most=most)

    terminal.line(bold(one.name))
    book = f"{view.book.title}, by {view.book.author}" if view.book.author else view.book.title
    terminal.paragraph(f"in {book}" + ("" if one.until is None else f", as far as chapter {one.until}"))
    terminal.line()
    entry("names", "; ".join(_describe_name(view, n) for n in one.names))
    entry("gender", f"{one.gender} ({_counts(one.gender_evidence)})" if one.gender_evidence else one.gender)
    entry("named", f"{counted(one.mentions, 'time')}, {_describe_chapters(one.first.chapter, one.last.chapter)}")
    entry("first", one.first.sentence, _MOST_LINES)
    entry("last", one.last.sentence if one.last.start != one.first.start else "", _MOST_LINES)
    entry("with", ", ".join(f"{c.name} {c.paragraphs:,}" for c in one.company))
    if "speakers" not in view.layers:
        return
    entry("says", counted(one.quotes, "quotation"))
    entry("how", _counts(one.manners))
    for n, quote in enumerate(one.said):
        if n == 0:
            terminal.line()
        elif n == len(one.said) - 1 and one.quotes > len(one.said):
            terminal.line(" " * _INDENT, dim("..."))
        terminal.paragraph(quote.text, head=dim(f"  ch. {quote.chapter}"), indent=_INDENT, most=_MOST_LINES)


def _describe_name(view: StoryView, name: NameRecord) -> str:
    from fabula.cli.views import NAME_KINDS, chapter_number
    from fabula.records import NameKind

    kind = NAME_KINDS[NameKind(name.kind)]
    return f"{name.text} {name.count:,} ({kind}{', ' if kind else ''}ch. {chapter_number(view, name.first)})"


def _describe_chapters(first: int, last: int) -> str:
    return f"in chapter {first}" if first == last else f"from chapter {first} to {last}"


def _counts(words: Mapping[str, int]) -> str:
    return ", ".join(f"{word} {n:,}" for word, n in words.items())
