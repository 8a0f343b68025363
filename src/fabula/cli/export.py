"""`fabula export`: a story in a format that other programs read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from fabula.cli.options import LOG, StoryArgument, UntilOption, VerboseOption


class Format(StrEnum):
    """What can be written."""

    JSON = "json"


def export(
    story: StoryArgument,
    _to: Annotated[Format, typer.Option("--to", help="The format.", show_default=False)],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, whole or not at all; - is stdout.")
    ] = "-",
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Leave out the text and whatever quotes it, but for names and headings.")
    ] = False,
    until: UntilOption = None,
    _verbose: VerboseOption = False,
) -> None:
    """Write a story for other programs to compute with.

    docs/reference/json.md tells what stands in it.
    """
    from fabula.cli.data import write_json_text
    from fabula.cli.views import open_view
    from fabula.export.files import write_whole
    from fabula.export.story_json import describe_story, encode_story

    with open_view(story, until) as view:
        encoded = encode_story(describe_story(view, with_text=not no_text))
    if output == "-":
        write_json_text(encoded.decode())
        return
    write_whole(Path(output), encoded + b"\n")
    LOG.debug("wrote %d bytes", len(encoded))
