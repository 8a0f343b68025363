"""What every table of `fabula show` is: records for programs, cells for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from fabula.cli.tables import Cell, Column

Record = TypeVar("Record")


def _nothing(_: Sequence[int]) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Listing(Generic[Record]):
    """One table, in all its forms.

    records: msgspec structs; as JSON they are the rows of `--json`. cells: a record's row on the terminal, under `heads`;
    csv: its row of `--csv`, under `fields`. noun: what the rows are, for one and for several. most: how many rows the terminal
    shows where nobody says how many. explain: what is to be said of the table, given its columns' widths. table: the rows of the
    terminal, where they are not those of the records.
    """

    records: Sequence[Record]
    heads: Sequence[Column]
    cells: Callable[[Record], Sequence[Cell]]
    fields: Sequence[str]
    csv: Callable[[Record], Sequence[object]]
    noun: tuple[str, str]
    most: int | None = None
    explain: Callable[[Sequence[int]], str] = _nothing
    table: Sequence[Sequence[Cell]] | None = None
