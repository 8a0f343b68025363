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
    HTML = "html"


class Format(StrEnum):
    """How a glossary can be written."""

    CSV = "csv"
    MARKDOWN = "md"
    JSON = "json"


_SUFFIXES = {"": Format.CSV, ".csv": Format.CSV, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN, ".json": Format.JSON}


def export(
    story: StoryArgument,
    to: Annotated[
        Target,
        typer.Option(
            "--to",
            help="All that is known, as JSON; a glossary of the people, as a table; or a folder of pages to be read in a browser.",
            show_default=False,
        ),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file (of `html`: folder), whole or not at all; - is stdout."
        ),
    ] = "-",
    format_: Annotated[
        Format | None,
        typer.Option(
            "--format", help="How a glossary is written; else FILE's ending tells, and it is CSV without one.", show_default=False
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
    """Write a story for other programs, a glossary for translators and voice artists, or pages for readers.

    docs/reference/json.md and docs/reference/glossary.md tell what stands in them.
    """
    from fabula.cli.data import write_file_text
    from fabula.cli.views import open_view
    from fabula.story.whole_files import write_whole

    if to is Target.HTML:
        _write_pages(story, output, until, plain=least is None and format_ is None and not no_text)
        return
    if to is Target.GLOSSARY:
        format_ = format_ or _tell_format(output)
    elif least is not None or format_ is not None:
        raise typer.BadParameter("--format and --min are for `--to glossary`")
    with open_view(story, until) as view:
        encoded = _encode(view, format_, least or 1, with_text=not no_text)
    if output == "-":
        write_file_text(encoded, is_json=format_ in (None, Format.JSON))
        return
    write_whole(Path(output), encoded)
    LOG.debug("wrote %d bytes", len(encoded))


def _write_pages(story: Path, output: str, until: str | None, *, plain: bool) -> None:
    """plain: none of the options that pages do not have."""
    from fabula.cli.terminal import dim, stderr
    from fabula.cli.views import counted
    from fabula.story.story import Story
    from fabula.web.folder import write_folder

    if not plain:
        raise typer.BadParameter("--format, --min and --no-text are not for `--to html`")
    if output == "-":
        raise typer.BadParameter("`--to html` writes a folder: say which with `-o DIR`")
    with Story.open(story) as opened:
        n_files = write_folder(opened, opened.until(until) if until is not None else opened, Path(output))
    stderr().line(dim(f"{counted(n_files, 'file')} in {output}; open {Path(output) / 'index.html'} in a browser"))


def _tell_format(output: str) -> Format:
    suffix = "" if output == "-" else Path(output).suffix.lower()
    if suffix not in _SUFFIXES:
        raise typer.BadParameter(
            f"a glossary is not written as `{suffix}`: give FILE the ending .csv, .md or .json, or say --format"
        )
    return _SUFFIXES[suffix]


def _encode(view: StoryView, format_: Format | None, least: int, *, with_text: bool) -> bytes:
    """format_: of a glossary; None is the whole story."""
    if format_ is None:
        from fabula.export.story_json import describe_story, encode_story

        return encode_story(describe_story(view, with_text=with_text)) + b"\n"
    from fabula.cli.views import require_cast
    from fabula.export.glossary import describe_glossary, glossary_as_csv, glossary_as_json, glossary_as_markdown

    require_cast(view)
    glossary = describe_glossary(view, least=least, with_text=with_text)
    match format_:
        case Format.CSV:
            return glossary_as_csv(glossary)
        case Format.MARKDOWN:
            return glossary_as_markdown(glossary)
        case Format.JSON:
            return glossary_as_json(glossary)
