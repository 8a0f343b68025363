"""The arguments and options that several commands take, each written once."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Annotated

import typer

LOG = logging.getLogger("fabula")


def log_to_stderr(wanted: bool) -> bool:
    """Write what happens to stderr, if it is wanted: files, stages, counts and times, never the book's words."""
    if wanted and not LOG.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(relativeCreated)7.0f ms  %(message)s"))
        LOG.addHandler(handler)
        LOG.setLevel(logging.DEBUG)
    return wanted


StoryArgument = Annotated[
    Path, typer.Argument(metavar="STORY", help="A story file, as `fabula read` makes it.", show_default=False)
]
UntilOption = Annotated[
    str | None,
    typer.Option(
        "--until",
        metavar="WHERE",
        help='Only what is known up to and with this chapter (12, II.3), title, or share ("40%").',
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Write CSV (UTF-8, every value as it is).")]
VerboseOption = Annotated[
    bool,
    typer.Option(
        "--verbose", "-v", help="Tell on stderr what is done, and where a fault comes from.", callback=log_to_stderr, is_eager=True
    ),
]
