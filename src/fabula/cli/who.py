"""`fabula who`: one person on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.options import JsonOption, StoryArgument, UntilOption, VerboseOption

if TYPE_CHECKING:
    from fabula import StoryView
    from fabula.cli.portrait import Portrait


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

    Their names, gender, where they are named first and last, with whom, and what they say.

    With --until nothing is used, and nothing counted, that comes later in the book.
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

    def entry(head: str, text: str) -> None:
        terminal.paragraph(text, head=dim(head), indent=_INDENT)

    terminal.line(bold(one.name))
    book = f"{view.book.title}, by {view.book.author}" if view.book.author else view.book.title
    terminal.paragraph(f"in {book}" + ("" if one.until is None else f", as far as chapter {one.until}"))
    terminal.line()
    entry("names", "; ".join(_describe(view, n.text, n.count, n.kind, n.first) for n in one.names))
    entry(
        "gender",
        one.gender + (f" ({', '.join(f'{word} {n:,}' for word, n in one.gender_evidence.items())})" if one.gender_evidence else ""),
    )
    chapters = (
        f"in chapter {one.first.chapter}"
        if one.first.chapter == one.last.chapter
        else f"from chapter {one.first.chapter} to {one.last.chapter}"
    )
    entry("named", f"{counted(one.mentions, 'time')}, {chapters}")
    entry("first", one.first.sentence)
    if one.last.start != one.first.start:
        entry("last", one.last.sentence)
    if one.company:
        entry("with", ", ".join(f"{c.name} {c.paragraphs:,}" for c in one.company))
    if "speakers" in view.layers:
        entry(
            "says",
            counted(one.quotes, "quotation")
            + ("; " + ", ".join(f"{m} {n:,}" for m, n in one.manners.items()) if one.manners else ""),
        )
        for n, quote in enumerate(one.said):
            terminal.lines([[]] if n == 0 else [["          ..."]] if n == N_FIRST_QUOTES and one.quotes > len(one.said) else [])
            terminal.paragraph(quote.text, head=dim(f"  ch. {quote.chapter}"), indent=_INDENT)


_INDENT = 10  # columns, of what stands beside the heads


def _describe(view: StoryView, text: str, count: int, kind: str, first: int) -> str:
    from fabula.cli.views import NAME_KINDS, chapter_number
    from fabula.records import NameKind

    said = NAME_KINDS[NameKind(kind)]
    return f"{text} {count:,} ({said}{', ' if said else ''}ch. {chapter_number(view, first)})"
