"""Read a Word document (DOCX): paragraphs by their styles, tracked insertions kept, deletions gone, footnotes apart."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any, NamedTuple

import mammoth
from mammoth import documents

from fabula.errors import DamagedSourceError
from fabula.records import BlockKind, Manuscript
from fabula.source.archive import Archive
from fabula.source.decoding import decode
from fabula.source.markup import DECLARATION, Element, attribute, content, local, parse_xml
from fabula.source.prose import ProseWriter

HEADING_STYLE = re.compile(r"heading\s*(\d)\b", re.IGNORECASE)
CONTENTS_STYLE = re.compile(r"(?:toc|contents)\s*(?:heading|\d)|table of (?:contents|figures)|index(?: \d| heading)", re.IGNORECASE)
INSET_STYLE = re.compile(r"(?:intense |block )?quot(?:e|ation)s?|block text|letter|inset|extract|epigraph", re.IGNORECASE)
VERSE_STYLE = re.compile(r"verse|poem|poetry|lyrics?|stanza", re.IGNORECASE)
INSET_TWIPS = 500  # set in from both margins by about a third of an inch
PIECE = 500_000  # code points
LONG_TEXT = re.compile(rf"(<([\w.-]+:t)\b[^<>]*>)([^<]{{{2 * PIECE},}})</\2>")
OFF = ("false", "0", "off", "none")


class _Styles(NamedTuple):
    """headings: style id -> level, also through the styles that one is based on. emphatic: ids of styles in italics or bold."""

    headings: dict[str, int]
    emphatic: frozenset[str]


def read_docx(archive: Archive, *, sha256: str) -> Manuscript:
    """The paragraphs of a Word document as blocks; an anchor's element counts its paragraphs, "p[12]".

    Headings are known by their styles, or the styles that those are based on. The title's style is a heading of level 1. Tracked
    insertions are text, deletions and comments are not; headers and footers are left out. Footnotes and endnotes become asides.

    Raises DamagedSourceError.
    """
    document = _open(archive)
    styles = _read_styles(archive)
    writer = ProseWriter(archive.path.name)
    for number, paragraph in enumerate(_paragraphs(document), 1):
        _write_paragraph(paragraph, number, styles, writer, document.notes)
    writer.end()
    title, author, language, metadata = _read_core(archive)
    return Manuscript(
        tuple(writer.blocks), "docx", sha256, title, author, language, writer.asides(), metadata, tuple(writer.oddities)
    )


def _open(archive: Archive) -> Any:
    """The document as mammoth reads it, out of a copy of the archive's XML that was bounded and has no document types."""
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w") as copy:
        for name in archive.names():
            if name.lower().endswith((".xml", ".rels")) and not name.startswith("customXml/"):
                text, _ = decode(archive.read(name), archive.path)
                if "<!DOCTYPE" in text:
                    raise DamagedSourceError(archive.path, f"`{name}` declares a document type, which no word processor writes")
                text = LONG_TEXT.sub(_in_pieces, DECLARATION.sub("", text))
                copy.writestr(name, text.encode("utf-8", "replace"))
    found: list[Any] = []

    def keep(document: Any) -> Any:
        found.append(document)
        return document.copy(children=[])

    try:
        mammoth.convert_to_html(clean, transform_document=keep, include_embedded_style_map=False)
    except RecursionError as error:
        raise DamagedSourceError(archive.path, "its elements are nested too deeply") from error
    except Exception as error:  # mammoth raises whatever a broken document makes it stumble over
        raise DamagedSourceError(archive.path, "it is no complete Word document") from error
    return found[0]


def _in_pieces(match: re.Match[str]) -> str:
    """One long text as several: mammoth's parser takes time that grows with the square of a text's length."""
    start, name, text = match.groups()
    pieces: list[str] = []
    at = 0
    while at < len(text):
        end = text.find(" ", at + PIECE) + 1 or len(text)  # after a space, so that no entity is cut
        pieces.append((start if at == 0 else f'<{name} xml:space="preserve">') + text[at:end] + f"</{name}>")
        at = end
    return "".join(pieces)


def _paragraphs(element: Any) -> list[Any]:
    """All paragraphs in order, those of tables too."""
    found: list[Any] = []
    stack = [element]
    while stack:
        one = stack.pop()
        if isinstance(one, documents.Paragraph):
            found.append(one)
        elif isinstance(one, documents.HasChildren):
            stack.extend(reversed(one.children))
    return found


def _write_paragraph(paragraph: Any, number: int, styles: _Styles, writer: ProseWriter, notes: Any) -> None:
    kind, level = _kind(paragraph, styles)
    if kind is None:
        return
    writer.begin(kind, f"p[{number}]", level=level)
    _write_runs(paragraph, styles, writer, notes)
    writer.end()


def _write_runs(paragraph: Any, styles: _Styles, writer: ProseWriter, notes: Any) -> None:
    stack: list[Any] = [paragraph]
    while stack:
        one = stack.pop()
        if one is _END_OF_EMPHASIS:
            writer.stop_emphasis()
        elif isinstance(one, documents.Text):
            writer.write(one.value)
        elif isinstance(one, documents.Tab):
            writer.write(" ")
        elif isinstance(one, documents.Break):
            if one.break_type == "line":
                writer.break_line()
            else:
                writer.write(" ")
        elif isinstance(one, documents.NoteReference):
            _write_note(one, writer, styles, notes)
        elif isinstance(one, documents.HasChildren):
            if isinstance(one, documents.Run) and (one.is_italic or one.is_bold or one.style_id in styles.emphatic):
                writer.start_emphasis()
                stack.append(_END_OF_EMPHASIS)
            stack.extend(reversed(one.children))


_END_OF_EMPHASIS = object()


def _write_note(reference: Any, writer: ProseWriter, styles: _Styles, notes: Any) -> None:
    key = f"{reference.note_type} {reference.note_id}"
    writer.call_note(key)
    try:
        note = notes.resolve(reference)
    except KeyError:
        return
    inner = ProseWriter(writer.file)
    for paragraph in _paragraphs(documents.document(note.body)):
        inner.begin(BlockKind.PARAGRAPH, "")
        _write_runs(paragraph, styles, inner, documents.notes([]))
    writer.add_note(key, inner.text())


def _kind(paragraph: Any, styles: _Styles) -> tuple[BlockKind | None, int]:
    name, key = paragraph.style_name or "", paragraph.style_id or ""
    if CONTENTS_STYLE.match(name) or CONTENTS_STYLE.match(key):
        return None, 0
    if key in styles.headings:
        return BlockKind.HEADING, styles.headings[key]
    if found := HEADING_STYLE.match(name) or HEADING_STYLE.match(key):
        return BlockKind.HEADING, max(1, int(found[1]))
    if name.lower() in ("title", "subtitle") or key in ("Title", "Subtitle"):
        return BlockKind.HEADING, 1 if "sub" not in (name or key).lower() else 2
    if VERSE_STYLE.search(name):
        return BlockKind.VERSE, 0
    indent = paragraph.indent
    if INSET_STYLE.search(name) or (_twips(indent.start) >= INSET_TWIPS and _twips(indent.end) >= INSET_TWIPS):
        return BlockKind.INSET, 0
    return BlockKind.PARAGRAPH, 0


def _twips(value: str | None) -> int:
    return int(value) if value is not None and value.lstrip("-").isdecimal() else 0


def _read_styles(archive: Archive) -> _Styles:
    data = archive.get("word/styles.xml")
    if data is None:
        return _Styles({}, frozenset())
    root = parse_xml(decode(data, archive.path)[0], archive.path, "word/styles.xml")
    bases: dict[str, str] = {}
    levels: dict[str, int] = {}
    emphatic: set[str] = set()
    for style in root.iter("{*}style"):
        key = attribute(style, "styleId")
        for child in style.iter():
            value = attribute(child, "val")
            if local(child) == "basedon":
                bases[key] = value
            elif local(child) == "outlinelvl" and value.isdecimal() and int(value) < 9:
                levels[key] = int(value) + 1
            elif local(child) in ("i", "b") and attribute(style, "type") == "character" and value not in OFF:
                emphatic.add(key)
            elif local(child) == "name" and (found := HEADING_STYLE.match(value)):
                levels.setdefault(key, max(1, int(found[1])))
    for key in bases:
        base, steps = key, 0
        while base not in levels and base in bases and steps < len(bases):
            base, steps = bases[base], steps + 1
        if base in levels:
            levels[key] = levels[base]
    return _Styles(levels, frozenset(emphatic))


def _read_core(archive: Archive) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
    data = archive.get("docProps/core.xml")
    if data is None:
        return "", "", "", ()
    root: Element = parse_xml(decode(data, archive.path)[0], archive.path, "docProps/core.xml")
    values = {local(element): content(element) for element in root if content(element)}
    names = {"description": "description", "subject": "subject", "keywords": "tags", "created": "created"}
    metadata = tuple((names[name], value) for name, value in values.items() if name in names)
    return values.get("title", ""), values.get("creator", ""), values.get("language", ""), metadata
