"""`fabula who`: one person on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.options import JsonOption, StoryArgument, UntilOption, VerboseOption

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fabula import StoryView
    from fabula.cli.portrait import AddressRecord, Passage, Portrait
    from fabula.cli.show.cast import DescriptionRecord, NameRecord
    from fabula.cli.terminal import Terminal

_INDENT = 11  # columns, of what stands beside the heads
_MOST_LINES = 4  # of a passage
_MOST_STRINGS = 6  # of what somebody is called besides names
_WIDEST_BAR = 60  # columns
_KINDS = {"name": "by name", "nominal": "by description", "pronoun": "by pronoun"}


def who(
    story: StoryArgument,
    name: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME",
            help="Any name, or a description of somebody without a name; several words need no quotes.",
            show_default=False,
        ),
    ],
    until: UntilOption = None,
    as_json: JsonOption = False,
    _verbose: VerboseOption = False,
) -> None:
    """Tell who somebody is, on one page.

    Names and what else they are called, gender, pronouns, where they are seen, with whom, and what they say. With --until nothing
    is used, and nothing counted, that comes later in the book.
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

    terminal.line(bold(one.label))
    book = f"{view.book.title}, by {view.book.author}" if view.book.author else view.book.title
    without = "" if one.names else "without a name, "
    terminal.paragraph(f"{without}in {book}" + ("" if one.until is None else f", as far as chapter {one.until}"))
    terminal.line()
    entry("is", _describe_standing(one))
    entry("names", "; ".join(_describe_name(view, n) for n in one.names))
    entry("also", _describe_first(view, one.descriptions))
    entry("addressed", _describe_first(view, one.addressed))
    entry("gender", f"{one.gender} ({_counts(one.gender_evidence)})" if one.gender_evidence else one.gender)
    entry("pronouns", _counts(one.pronouns))
    entry("seen", f"{_describe_kinds(one)}, {_describe_chapters(one.first.chapter, one.last.chapter)}")
    if len(one.presence) > 1:
        _write_presence(terminal, view, one)
    entry("first", _describe_passage(one.first), _MOST_LINES)
    entry("last", _describe_passage(one.last) if one.last.start != one.first.start else "", _MOST_LINES)
    entry("with", ", ".join(f"{c.label} {c.paragraphs:,}" for c in one.company))
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


def _write_presence(terminal: Terminal, view: StoryView, one: Portrait) -> None:
    """The bar, and under it what a mark is."""
    from fabula.cli.bars import draw_bar, group_size
    from fabula.cli.terminal import dim

    room = min(terminal.prose_width - _INDENT, _WIDEST_BAR)
    size = group_size(len(one.presence), room)
    terminal.line(dim("presence".ljust(_INDENT)), draw_bar(one.presence, room, terminal.bar_marks))
    what = "a mark a chapter" if size == 1 else f"a mark is {size} chapters"
    terminal.paragraph(f"chapters {view.chapters[0].number} to {view.chapters[-1].number}, {what}", head=" ", indent=_INDENT)


def _describe_standing(one: Portrait) -> str:
    """The narrator, a group, one of a group; "" for most people."""
    said = ["the narrator"] if one.narrator else []
    if one.group:
        members = f": {', '.join(m.name for m in one.members)}" if one.members else ""
        said.append(f"a group{members}")
    said += [f"one of {group.name}" for group in one.member_of]
    return "; ".join(said)


def _describe_name(view: StoryView, name: NameRecord) -> str:
    from fabula.cli.views import NAME_KINDS, chapter_number
    from fabula.records import NameKind

    kind = NAME_KINDS[NameKind(name.kind)]
    return f"{name.text} {name.count:,} ({kind}{', ' if kind else ''}ch. {chapter_number(view, name.first)})"


def _describe_first(view: StoryView, called: Sequence[DescriptionRecord | AddressRecord]) -> str:
    """The commonest strings, each with how often it is used and where first."""
    from fabula.cli.views import chapter_number

    shown = [f"{c.text} {c.count:,} (ch. {chapter_number(view, c.first)})" for c in called[:_MOST_STRINGS]]
    more = [f"and {len(called) - _MOST_STRINGS:,} more"] if len(called) > _MOST_STRINGS else []
    return "; ".join(shown + more)


def _describe_kinds(one: Portrait) -> str:
    """How often somebody is mentioned, and by what kind of words."""
    from fabula.cli.views import counted

    kinds = [f"{one.by_kind[kind]:,} {said}" for kind, said in _KINDS.items() if kind in one.by_kind]
    if len(kinds) > 1:
        return f"{counted(one.mentions, 'time')} ({', '.join(kinds)})"
    return f"{counted(one.mentions, 'time')} {next(said for kind, said in _KINDS.items() if kind in one.by_kind)}"


def _describe_passage(passage: Passage) -> str:
    return f"ch. {passage.chapter}: {passage.sentence}" if passage.sentence else f"ch. {passage.chapter}"


def _describe_chapters(first: int, last: int) -> str:
    return f"in chapter {first}" if first == last else f"from chapter {first} to {last}"


def _counts(words: Mapping[str, int]) -> str:
    return ", ".join(f"{word} {n:,}" for word, n in words.items())
