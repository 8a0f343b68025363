"""`fabula show`: what was found in a story, as tables."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fabula.cli.options import CsvOption, JsonOption, StoryArgument, UntilOption, VerboseOption

if TYPE_CHECKING:
    from fabula import StoryView
    from fabula.cli.show.listing import Listing


class Table(StrEnum):
    """What can be shown."""

    CAST = "cast"
    QUOTES = "quotes"
    VOICES = "voices"
    EVENTS = "events"
    CHAPTERS = "chapters"


def show(
    story: StoryArgument,
    table: Annotated[Table, typer.Argument(metavar="TABLE", help="cast, quotes, voices, events or chapters.", show_default=False)],
    of: Annotated[
        str | None,
        typer.Option(
            "--of",
            metavar="NAME",
            help="Only this person: their row, what they say, what they take part in, the chapters that name them.",
            show_default=False,
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="NAME", help="Of `quotes`, `voices`: what is said to this person.", show_default=False),
    ] = None,
    unsure: Annotated[bool, typer.Option("--unsure", help="Of `quotes`: only those whose speaker is unknown or not sure.")] = False,
    until: UntilOption = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="The first N rows only.", show_default=False)
    ] = None,
    least: Annotated[
        int | None,
        typer.Option("--min", metavar="N", min=1, help="Of `cast`: who is mentioned N times or more.", show_default=False),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Of `cast`: everybody, not only the foremost.")] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    _verbose: VerboseOption = False,
) -> None:
    """Show people, quotations, who speaks to whom, events or chapters as a table.

    In the terminal a long text is cut to the width, of the cast only the foremost are shown, and a row's number or id is what
    the other commands take; --json and --csv give everything in full.
    """
    if as_json and as_csv:
        raise typer.BadParameter("give --json or --csv, not both")
    if table is not Table.CAST and (least is not None or every):
        raise typer.BadParameter(f"--min and --all are for `cast`; `{table}` has no foremost rows")
    if unsure and table is not Table.QUOTES:
        raise typer.BadParameter(f"--unsure is for `quotes`, not `{table}`")
    if to is not None and table not in (Table.QUOTES, Table.VOICES):
        raise typer.BadParameter(f"--to is for `quotes` and `voices`, not `{table}`")
    if every and (limit is not None or least is not None):
        raise typer.BadParameter("give --all, or --limit and --min, not both")
    from fabula.cli.views import open_view

    with open_view(story, until) as view:
        listing = _list(view, table, of, to, least, unsure=unsure)
        if limit is None and not every and least is None and not as_json and not as_csv:
            limit = listing.most
        _write(listing, limit, as_json=as_json, as_csv=as_csv)


def _list(view: StoryView, table: Table, of: str | None, to: str | None, least: int | None, *, unsure: bool) -> Listing[Any]:
    from fabula.cli.show.cast import list_cast
    from fabula.cli.show.chapters import list_chapters
    from fabula.cli.show.events import list_events
    from fabula.cli.show.quotes import list_quotes
    from fabula.cli.show.voices import list_voices
    from fabula.cli.terminal import stdout

    match table:
        case Table.CAST:
            return list_cast(view, of, least=least or 1)
        case Table.QUOTES:
            return list_quotes(view, of, to, unsure=unsure, width=stdout().width)
        case Table.VOICES:
            return list_voices(view, of, to, width=stdout().width)
        case Table.EVENTS:
            return list_events(view, of)
        case Table.CHAPTERS:
            return list_chapters(view, of)


def _write(listing: Listing[Any], limit: int | None, *, as_json: bool, as_csv: bool) -> None:
    from fabula.cli.data import write_csv, write_json
    from fabula.cli.tables import write_table
    from fabula.cli.terminal import dim, stderr, stdout
    from fabula.cli.views import counted

    records = listing.records[:limit]
    if as_json:
        write_json(list(records))
    elif as_csv:
        write_csv(listing.fields, map(listing.csv, records))
    else:
        table = listing.table[:limit] if listing.table is not None else [listing.cells(r) for r in records]
        widths = write_table(stdout(), listing.heads, table)
        notes = [listing.explain(widths)]
        if listing.table is None and len(records) < len(listing.records):
            rest = "; --all shows all" if len(records) == listing.most else ""
            notes.append(f"{len(records):,} of {counted(len(listing.records), *listing.noun)}{rest}")
        elif not records:
            notes.append(f"no {listing.noun[1]}")
        for note in filter(None, notes):
            stderr().line(dim(note))
