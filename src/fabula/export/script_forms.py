"""A script as it is written: JSON for programs, plain text and Markdown for readers, Fountain for the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from fabula.export.script import Script, ScriptChapter, Segment
from fabula.export.sheets import escape_markdown

_BREAK = "break"  # between two scenes: nobody reads it
_UNSURE = "?"  # behind a name that is not sure, and where there is none
_FOUNTAIN = re.compile(r"([\\*_\[\]/])")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")


def script_as_json(script: Script) -> bytes:
    """The document in UTF-8, set in for those who read it."""
    return msgspec.json.format(msgspec.json.encode(script), indent=2) + b"\n"


def script_as_text(script: Script) -> bytes:
    """A line for each segment, behind the name of who reads it; paragraphs parted by blank lines."""
    lines = [_title(script), ""]
    for chapter in script.chapters:
        lines += ["", _chapter_title(chapter), ""]
        for paragraph in _paragraphs(chapter):
            lines += [_words(s) if s.kind == _BREAK else f"{_name(script, s)}{_how(s)}: {_words(s)}" for s in paragraph]
            lines.append("")
    return _encode(lines)


def script_as_markdown(script: Script) -> bytes:
    """A heading for each chapter; narration as it is, what is said behind its speaker's name in bold letters."""
    lines = [f"# {escape_markdown(_title(script))}", ""]
    for chapter in script.chapters:
        lines += [f"## {escape_markdown(_chapter_title(chapter))}", ""]
        for paragraph in _paragraphs(chapter):
            for segment in paragraph:
                if segment.kind == _BREAK:
                    lines += ["* * *", ""]
                    continue
                name = f"**{escape_markdown(_name(script, segment))}**{escape_markdown(_how(segment))}: " if segment.voice else ""
                lines += [name + _as_prose(escape_markdown(_words(segment))), ""]
    return _encode(lines)


def script_as_fountain(script: Script) -> bytes:
    """Narration as action, what is said as dialogue, chapters as sections (fountain.io)."""
    lines = [f"Title: {_plain(script.title)}", *([f"Author: {_plain(script.author)}"] if script.author else []), ""]
    for chapter in script.chapters:
        lines += [f"# {_plain(_chapter_title(chapter))}", ""]
        for paragraph in _paragraphs(chapter):
            for segment in paragraph:
                words = _FOUNTAIN.sub(r"\\\1", _words(segment))
                if not segment.voice:
                    lines += [f"!{words}", ""]
                    continue
                lines += [
                    f"@{_plain(_name(script, segment))}",
                    *([f"({_plain(segment.manner)})"] if segment.manner else []),
                    words,
                    "",
                ]
    return _encode(lines)


def _title(script: Script) -> str:
    return _plain(f"{script.title}, by {script.author}" if script.author else script.title)


def _chapter_title(chapter: ScriptChapter) -> str:
    """As `fabula show STORY chapters` calls it."""
    title = chapter.heading or chapter.title
    if chapter.title and chapter.title not in chapter.heading:
        title = f"{chapter.heading} {chapter.title}".strip()
    return _plain(title or (f"{chapter.number}" if chapter.number is not None else "-"))


def _paragraphs(chapter: ScriptChapter) -> Iterator[Sequence[Segment]]:
    """The segments of each paragraph; without headings, which stand above."""
    told = (s for s in chapter.segments if s.kind != "heading" or chapter.number is None)
    for _, segments in groupby(told, key=lambda segment: segment.paragraph):
        yield list(segments)


def _name(script: Script, segment: Segment) -> str:
    """Who reads: NARRATOR, or a name, with a mark if it is not sure."""
    if not segment.voice:
        return "NARRATOR"
    if segment.speaker is None:
        return _UNSURE
    return _plain(script.voices[segment.voice].name) + ("" if segment.sure else _UNSURE)


def _how(segment: Segment) -> str:
    return f" ({_plain(segment.manner)})" if segment.manner else ""


def _words(segment: Segment) -> str:
    return _plain(segment.text) if isinstance(segment.text, str) else ""


def _plain(text: str) -> str:
    """On one line, without control characters."""
    return _CONTROLS.sub("\ufffd", " ".join(text.split()))


def _as_prose(text: str) -> str:
    """A line of Markdown that would begin a list, a heading or a rule, as prose: the mark is escaped.

    >>> _as_prose("1. Go"), _as_prose("# Go"), _as_prose("--- Go"), _as_prose("Go")
    ('1\\\\. Go', '\\\\# Go', '\\\\--- Go', 'Go')
    """
    text = re.sub(r"^(\d+)([.)])", r"\1\\\2", text)
    return re.sub(r"^([#+=-])", r"\\\1", text)


def _encode(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
