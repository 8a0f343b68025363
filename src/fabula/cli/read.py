"""`fabula read`: a book in, a story file out, and what is in it at a glance."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from fabula.cli.options import LOG, JsonOption, VerboseOption

STAGES = {
    "source": "reading the file",
    "text": "finding chapters, sentences and words",
    "quotes": "finding quotations",
    "language": "reading",
    "people": "finding people",
    "events": "finding what happens",
    "speakers": "telling who speaks",
    "save": "writing the story",
}
"""What a stage of `fabula.read` does, as the user is told it."""


def read(
    book: Annotated[
        Path,
        typer.Argument(
            metavar="BOOK|FOLDER",
            help="The book: EPUB, DOCX, ODT, RTF, HTML, Markdown, plain text, or a folder of chapters.",
            show_default=False,
        ),
    ],
    story: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="STORY",
            help="Write the story here. [default: BOOK's name with .fabula, beside it]",
            show_default=False,
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Nothing on stderr but faults.")] = False,
    as_json: JsonOption = False,
    _verbose: VerboseOption = False,
) -> None:
    """Read a book into a story file.

    The story is written beside the book, or into the current folder if that one is write-protected. It holds the whole text:
    the book is not needed again.
    """
    import fabula
    from fabula.cli.correct.telling import tell_unmatched
    from fabula.cli.data import write_json
    from fabula.cli.overview import draw_overview, write_overview
    from fabula.cli.targets import choose_target
    from fabula.cli.terminal import dim, stderr

    target = choose_target(book, story)
    started = time.perf_counter()
    with show_progress(shown=not quiet) as progress:
        read_story = fabula.read(book, save=target, progress=progress)
    if not quiet:
        stderr().line(dim(f"read in {time.perf_counter() - started:.1f} s; the story is in {target}"))
    with read_story:
        tell_unmatched(stderr(), read_story.corrections, target)
        overview = draw_overview(read_story, target)
    if as_json:
        write_json(overview)
    else:
        write_overview(overview)


@contextlib.contextmanager
def show_progress(*, shown: bool) -> Iterator[Callable[[str, float], None]]:
    """What a stage and the share done of it are reported to: a line that tells them and the time, if stderr is a terminal."""
    from fabula.cli.terminal import stderr

    terminal = stderr()
    if not shown or not terminal.is_terminal or os.environ.get("TERM") == "dumb" or LOG.handlers:
        yield lambda stage, share: None if share else LOG.debug("%s", STAGES.get(stage, stage))
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, highlight=False, markup=False)
    with Progress(
        SpinnerColumn("line"), TextColumn("{task.description}", markup=False), TimeElapsedColumn(), console=console, transient=True
    ) as bar:
        task = bar.add_task(STAGES["source"], total=None)
        yield lambda stage, share: bar.update(task, description=_describe(stage, share))


def _describe(stage: str, share: float) -> str:
    """
    >>> _describe("language", 0.425)
    'reading: 42 %'
    """
    said = STAGES.get(stage, stage)
    return f"{said}: {int(100 * share)} %" if share else said
