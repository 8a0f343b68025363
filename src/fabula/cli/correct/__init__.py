"""`fabula correct`: what the user knows better about the people of a story, and about who speaks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fabula.cli.correct.sheet import Sheet
from fabula.cli.options import JsonOption, StoryArgument, VerboseOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fabula.cli.correct.rows import Told


def _option(name: str, metavar: str | None, text: str) -> Any:
    return typer.Option(name, metavar=metavar, help=text, show_default=False)


def correct(
    story: StoryArgument,
    more: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[X ...]", help="More of what is listed: names, mentions, members, addressees, quotations.", show_default=False
        ),
    ] = None,
    merge: Annotated[tuple[str, str] | None, _option("--merge", "A B", "A and B are one person.")] = None,
    split: Annotated[
        str | None, _option("--split", "A", "Some --names of A, or --mentions, are somebody else's (called --as).")
    ] = None,
    rename: Annotated[tuple[str, str] | None, _option("--rename", "A NAME", "Show A under this name.")] = None,
    not_a_person: Annotated[str | None, _option("--not-a-person", "A", "A is no person.")] = None,
    group: Annotated[str | None, _option("--group", "A", "A is a group, of --members if they are known.")] = None,
    not_a_group: Annotated[str | None, _option("--not-a-group", "A", "A is one person, no group.")] = None,
    gender: Annotated[tuple[str, str] | None, _option("--gender", "A GENDER", "A is female, male or unknown.")] = None,
    speaker: Annotated[str | None, _option("--speaker", "A", "A says what --quote is; `unknown`: nobody is known to.")] = None,
    addressees: Annotated[
        list[str] | None, _option("--addressees", "B ...", "B is spoken to in what --quote is; `none`: nobody is known to be.")
    ] = None,
    quotes: Annotated[
        list[str] | None, _option("--quote", "WORDS|ID ...", "With --speaker, --addressees: some words of a quotation, or its id.")
    ] = None,
    names: Annotated[list[str] | None, _option("--names", "X ...", "With --split: names.")] = None,
    mentions: Annotated[
        list[str] | None, _option("--mentions", "WORDS ...", "With --split: words of the book round one mention of A, each.")
    ] = None,
    called: Annotated[str, _option("--as", "NAME", "With --split: what the other person is called.")] = "",
    members: Annotated[list[str] | None, _option("--members", "B ...", "With --group: the members.")] = None,
    list_: Annotated[bool, _option("--list", None, "List the corrections, and what does not fit.")] = False,
    undo: Annotated[bool, _option("--undo", None, "Take the last correction back.")] = False,
    to: Annotated[Path | None, _option("--to", "FILE.csv", "Write the cast, or another --table, to be edited.")] = None,
    table: Annotated[Sheet | None, _option("--table", "cast|quotes", "With --to: which table.")] = None,
    from_: Annotated[Path | None, _option("--from", "FILE.csv", "Read the table back: what was changed in it.")] = None,
    as_json: JsonOption = False,
    _verbose: VerboseOption = False,
) -> None:
    """Correct who is who, and who speaks to whom; without options, apply what stands in STORY.toml.

    Corrections stand in STORY.toml (emma.fabula.toml), which you may edit, and are applied whenever the book is read again. A and B
    are any names that people go by. The story is resolved anew from its own text: the book is not needed.
    """
    import fabula
    from fabula.cli.correct import doing
    from fabula.cli.correct.asked import Asked

    asked = Asked(
        merge=merge,
        split=split,
        rename=rename,
        not_a_person=not_a_person,
        group=group,
        not_a_group=not_a_group,
        gender=gender,
        names=tuple(names or ()),
        mentions=tuple(mentions or ()),
        members=tuple(members or ()),
        called=called,
        speaker=speaker,
        addressees=tuple(addressees or ()),
        quotes=tuple(quotes or ()),
    ).with_more(tuple(more or ()))
    wanted = [*asked.actions, *(o for o, given in (("--list", list_), ("--undo", undo), ("--to", to), ("--from", from_)) if given)]
    if len(wanted) > 1:
        raise typer.BadParameter(f"{' and '.join(wanted)}: one correction at a time")
    if table is not None and to is None:
        raise typer.BadParameter("--table goes with --to; --from tells by itself")
    if as_json and not list_:
        raise typer.BadParameter("--json goes with --list")
    if list_:
        doing.list_corrections(story, as_json=as_json)
    elif to is not None:
        doing.write_table(story, to, table or Sheet.CAST)
    elif undo:
        doing.undo(story)
    else:
        with fabula.open(story) as opened:
            new: Sequence[Told]
            new = doing.read_table(opened, from_) if from_ is not None else [(0, c) for c in asked.corrections(opened)]
        doing.apply(story, new, table=from_)
