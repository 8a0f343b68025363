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
    EVENTS = "events"
    CHAPTERS = "chapters"


def show(
    story: StoryArgument,
    table: Annotated[Table, typer.Argument(metavar="TABLE", help="What to show.", show_default=False)],
    of: Annotated[
        str | None,
        typer.Option(
            "--of",
            metavar="NAME",
            help="Only this person: their row, what they say, what they take part in, the chapters that name them.",
            show_default=False,
        ),
    ] = None,
    until: UntilOption = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="The first N rows only.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
    _verbose: VerboseOption = False,
) -> None:
    """Show people, quotations, events or chapters as a table.

    In the terminal a long text is cut to the width, and a row's number or id is what the other commands take; --json and --csv
    give everything in full.
    """
    if as_json and as_csv:
        raise typer.BadParameter("give --json or --csv, not both")
    from fabula.cli.views import open_view

    with open_view(story, until) as view:
        _write(_list(view, table, of), limit, as_json=as_json, as_csv=as_csv)


def _list(view: StoryView, table: Table, of: str | None) -> Listing[Any]:
    from fabula.cli.show.cast import list_cast
    from fabula.cli.show.chapters import list_chapters
    from fabula.cli.show.events import list_events
    from fabula.cli.show.quotes import list_quotes

    match table:
        case Table.CAST:
            return list_cast(view, of)
        case Table.QUOTES:
            return list_quotes(view, of)
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
        write_table(stdout(), listing.heads, [listing.cells(r) for r in records])
        if len(records) < len(listing.records):
            stderr().line(dim(f"{len(records):,} of {counted(len(listing.records), *listing.noun)}"))
        elif not records:
            stderr().line(dim(f"no {listing.noun[1]}"))
