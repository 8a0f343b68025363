"""Corrections listed, applied, taken back, written as a table and read from one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import fabula
from fabula import Story
from fabula.cli.correct.quote_rows import compare_quote_rows, rows_of_quotes
from fabula.cli.correct.rows import Told, compare_rows, rows_of
from fabula.cli.correct.sheet import Sheet, encode_sheet, read_sheet
from fabula.cli.correct.telling import tell_changes, tell_unmatched
from fabula.cli.read import show_progress
from fabula.cli.terminal import dim, stderr, stdout
from fabula.cli.views import counted, require_cast
from fabula.errors import RowError, SaveError, UnfitCorrectionError
from fabula.story.corrections.file import corrections_beside, read_corrections
from fabula.story.corrections.keeping import Corrector, Trial
from fabula.story.corrections.sentences import describe, line_of
from fabula.story.whole_files import write_whole


def list_corrections(path: Path, *, as_json: bool) -> None:
    """Write the corrections of a story, each with whether it fits."""
    from fabula.cli.data import write_json
    from fabula.cli.tables import Column, Fit, write_table

    with fabula.open(path) as story:
        tried = {o.correction: o.why for o in story.corrections}
    standing = read_corrections(corrections_beside(path))
    records = [line_of(n, c, tried.get(c)) for n, c in enumerate(standing, 1)]
    if as_json:
        write_json(records)
        return
    terminal = stdout()
    heads = (Column("", right=True), Column("kind"), Column("character"), Column("what", Fit.CUT), Column("state"))
    write_table(terminal, heads, [(str(r.number), r.kind, r.character, r.what, r.state) for r in records])
    for record in records:
        if record.why:
            terminal.paragraph(record.why, head=dim(f"{record.number}"), indent=4)
    if not records:
        stderr().line(dim("no corrections"))
    if any(r.state == "not applied yet" for r in records):
        stderr().line(dim(f"`fabula correct {path.name}` applies what is not applied yet"))


def apply(path: Path, new: Sequence[Told], *, table: Path | None = None) -> None:
    """Add corrections to those that stand in the file, apply them all, and tell what has changed.

    table: the file that the new ones were read from, of which errors name the row. Nothing is written where one of them does not
    fit.
    """
    if table is not None and not new:
        stderr().line(dim("nothing has been changed in it"))
        return
    beside = corrections_beside(path)
    if not new and not read_corrections(beside) and not _has_corrections(path):
        stderr().line(dim(f"no corrections in {beside}; `fabula correct --help` tells what can be corrected"))
        return
    corrector = Corrector(path)
    with show_progress(shown=True) as progress:
        try:
            trial = corrector.try_corrections([c for _, c in new], progress=progress)
        except UnfitCorrectionError as error:
            if table is None:
                raise
            raise RowError(table, new[error.number][0], error.message) from error
    _finish(corrector, trial, [describe(c) for _, c in new])


def _has_corrections(path: Path) -> bool:
    with fabula.open(path) as story:
        return bool(story.corrections)


def undo(path: Path) -> None:
    """Take the last correction back. Raises CorrectionsError where there is none."""
    corrector = Corrector(path)
    with show_progress(shown=True) as progress:
        trial = corrector.try_taking_back(progress=progress)
    _finish(corrector, trial, [] if trial.taken_back is None else [f"no longer: {describe(trial.taken_back)}"])


N_SAID = 12  # corrections that are named one by one


def _finish(corrector: Corrector, trial: Trial, said: Sequence[str]) -> None:
    """Put the story in place, and tell what has changed and what does not fit."""
    path = corrector.path
    with trial.story as after:
        with fabula.open(path) as before:
            terminal = stdout()
            for sentence in said[:N_SAID]:
                terminal.paragraph(sentence)
            if len(said) > N_SAID:
                terminal.line(f"and {counted(len(said) - N_SAID, 'more correction')}")
            tell_changes(terminal, before, after)
        corrector.keep(trial)
        tell_unmatched(stderr(), after.corrections, path)
        stderr().line(dim(f"{counted(len(after.corrections), 'correction')} in {corrections_beside(path)}"))


def write_table(path: Path, target: Path, sheet: Sheet) -> None:
    """Write the cast, or the quotations, as CSV. A file that is there already is left alone: it may have been edited."""
    with fabula.open(path) as story:
        require_cast(story)
        if target.exists():
            raise SaveError(target, "there is a file of that name, which may have been edited", "choose another name")
        rows = list(rows_of(story) if sheet is Sheet.CAST else rows_of_quotes(story))
        write_whole(target, encode_sheet(sheet, rows), hint="choose another place")
        noun = ("person", "people") if sheet is Sheet.CAST else ("quotation",)
        stderr().line(dim(f"{counted(len(rows), *noun)} in {target}"))


def read_table(story: Story, table: Path) -> list[Told]:
    """What has been changed in a table of the cast, or of the quotations. Raises RowError, CorrectionsError, SourceMissingError."""
    require_cast(story)
    sheet, rows = read_sheet(table)
    return compare_rows(story, table, rows) if sheet is Sheet.CAST else compare_quote_rows(story, table, rows)
