"""`fabula export`: a story in a format that other programs read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fabula.cli.options import LOG, StoryArgument, UntilOption, VerboseOption

if TYPE_CHECKING:
    from fabula import StoryView


class Target(StrEnum):
    """What can be written."""

    JSON = "json"
    GLOSSARY = "glossary"
    SCRIPT = "script"
    HTML = "html"


class Format(StrEnum):
    """How a glossary or a script can be written."""

    CSV = "csv"
    MARKDOWN = "md"
    JSON = "json"
    TEXT = "txt"
    FOUNTAIN = "fountain"


_SUFFIXES = {f".{form}": form for form in Format} | {".markdown": Format.MARKDOWN}
_FORMATS = {
    Target.GLOSSARY: (Format.CSV, Format.MARKDOWN, Format.JSON),
    Target.SCRIPT: (Format.TEXT, Format.MARKDOWN, Format.JSON, Format.FOUNTAIN),
}
"""How each can be written, and first how it is where nobody says."""


def export(
    story: StoryArgument,
    to: Annotated[
        Target,
        typer.Option(
            "--to",
            help="All that is known, as JSON; a glossary of the people; a script, with who says what; pages for the browser.",
            show_default=False,
        ),
    ],
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file (html: folder), whole or not at all; - is stdout."),
    ] = "-",
    format_: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help="How a glossary (csv, md, json) or a script (txt, md, json, fountain) is written; else FILE's ending tells.",
            show_default=False,
        ),
    ] = None,
    least: Annotated[
        int | None,
        typer.Option("--min", metavar="N", min=1, help="Of a glossary: only who is mentioned N times or more.", show_default=False),
    ] = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Leave out the text and whatever quotes it, but for names and headings.")
    ] = False,
    until: UntilOption = None,
    _verbose: VerboseOption = False,
) -> None:
    """Write a story for other programs, as a glossary for translators, as a script for those who read it aloud, or as pages.

    docs/reference/json.md, glossary.md and script.md tell what stands in them.
    """
    from fabula.cli.data import write_file_text
    from fabula.cli.views import open_view
    from fabula.story.whole_files import write_whole

    if least is not None and to is not Target.GLOSSARY:
        raise typer.BadParameter("--min is for `--to glossary`")
    if to in _FORMATS:
        format_ = _tell_format(to, output, format_)
    elif format_ is not None:
        raise typer.BadParameter("--format is for `--to glossary` and `--to script`")
    if no_text and to is Target.SCRIPT and format_ is not Format.JSON:
        raise typer.BadParameter("a script without its text is written as JSON: say `--format json`")
    if to is Target.HTML:
        if no_text:
            raise typer.BadParameter("--no-text is not for `--to html`: its pages are the text")
        _write_pages(story, output, until)
        return
    with open_view(story, until) as view:
        encoded = _encode(view, to, format_, least or 1, with_text=not no_text)
    if output == "-":
        write_file_text(encoded, is_json=format_ in (None, Format.JSON))
        return
    write_whole(Path(output), encoded)
    LOG.debug("wrote %d bytes", len(encoded))


def _write_pages(path: Path, output: str, until: str | None) -> None:
    from fabula.cli.terminal import dim, stderr
    from fabula.cli.views import counted
    from fabula.story.story import Story
    from fabula.web.folder import write_folder

    if output == "-":
        raise typer.BadParameter("`--to html` writes a folder: say which with `-o DIR`")
    with Story.open(path) as story:
        n_files = write_folder(story, story.until(until) if until is not None else story, Path(output))
    stderr().line(dim(f"{counted(n_files, 'file')} in {output}; open {Path(output) / 'index.html'} in a browser"))


def _tell_format(to: Target, output: str, wanted: Format | None) -> Format:
    """The format that is asked for, or that FILE's ending tells, or the first one."""
    formats = _FORMATS[to]
    suffix = "" if output == "-" else Path(output).suffix.lower()
    format_ = wanted or (_SUFFIXES.get(suffix) if suffix else formats[0])
    if format_ not in formats:
        asked = wanted or suffix
        endings = ", ".join(f".{form}" for form in formats[:-1])
        raise typer.BadParameter(
            f"a {to} is not written as `{asked}`: give FILE the ending {endings} or .{formats[-1]}, or say --format"
        )
    return format_


def _encode(view: StoryView, to: Target, format_: Format | None, least: int, *, with_text: bool) -> bytes:
    """format_: None of the whole story."""
    if format_ is None:
        from fabula.export.story_json import describe_story, encode_story

        return encode_story(describe_story(view, with_text=with_text)) + b"\n"
    from fabula.cli.views import require_cast

    require_cast(view)
    if to is Target.SCRIPT:
        return _encode_script(view, format_, with_text=with_text)
    from fabula.export.glossary import describe_glossary, glossary_as_csv, glossary_as_json, glossary_as_markdown

    glossary = describe_glossary(view, least=least, with_text=with_text)
    write = {Format.CSV: glossary_as_csv, Format.MARKDOWN: glossary_as_markdown, Format.JSON: glossary_as_json}
    return write[format_](glossary)


def _encode_script(view: StoryView, format_: Format, *, with_text: bool) -> bytes:
    from fabula.export.script import describe_script
    from fabula.export.script_forms import script_as_fountain, script_as_json, script_as_markdown, script_as_text

    write = {
        Format.TEXT: script_as_text,
        Format.MARKDOWN: script_as_markdown,
        Format.JSON: script_as_json,
        Format.FOUNTAIN: script_as_fountain,
    }
    return write[format_](describe_script(view, with_text=with_text))
