"""Read an OpenDocument text (ODT, or its flat form FODT) by a walk over its XML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from fabula.errors import DamagedSourceError, EncryptedSourceError
from fabula.records import BlockKind, Manuscript
from fabula.source.archive import Archive
from fabula.source.decoding import decode
from fabula.source.docx import CONTENTS_STYLE, HEADING_STYLE, INSET_STYLE, VERSE_STYLE
from fabula.source.markup import Element, attribute, content, line_of, local, parse_xml
from fabula.source.prose import ProseWriter

# What a document holds besides its text: lists of changes (deleted words), comments, indices, fields' settings.
# fmt: off
SKIPPED = frozenset((
    "tracked-changes", "annotation", "annotation-end", "table-of-content", "alphabetical-index", "illustration-index", "desc",
    "bibliography", "table-index", "object-index", "user-index", "forms", "sequence-decls", "variable-decls", "user-field-decls",
    "note-citation", "dde-connection-decls", "ruby-text", "scripts", "hidden-paragraph", "hidden-text", "title", "event-listeners",
))
# fmt: on
WORDED = frozenset(("p", "h", "span", "a", "meta", "meta-field", "ruby-base", "bookmark-ref", "sequence", "date", "time"))
BOLD = re.compile(r"bold|[6-9]00")
MAX_SPACES = 1000  # that one `<text:s/>` may stand for; they fold into one anyway


class _Style(NamedTuple):
    parent: str
    name: str  # as the user sees it
    emphatic: bool
    level: int
    hidden: bool


def read_odt(archive: Archive, *, sha256: str) -> Manuscript:
    """The paragraphs of an ODT as blocks; footnotes and endnotes become asides, comments and tracked deletions are gone.

    Raises EncryptedSourceError for one with a password, DamagedSourceError.
    """
    manifest = archive.get("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in manifest:
        raise EncryptedSourceError(archive.path)
    name = archive.find("content.xml")
    if name is None:
        raise DamagedSourceError(archive.path, "it has no content")
    root = parse_xml(decode(archive.read(name), archive.path)[0], archive.path, name)
    parts = [root]
    for other in ("styles.xml", "meta.xml"):
        data = archive.get(other)
        if data is not None:
            parts.append(parse_xml(decode(data, archive.path)[0], archive.path, other))
    return _read(parts, archive.path.name, sha256)


def read_flat_odt(text: str, path: Path, *, sha256: str) -> Manuscript:
    """The same for the form in one XML file."""
    return _read([parse_xml(text, path, path.name)], path.name, sha256)


def _read(parts: list[Element], file: str, sha256: str) -> Manuscript:
    styles: dict[str, _Style] = {}
    for part in parts:
        _read_styles(part, styles)
    writer = ProseWriter(file)
    for body in parts[0].iter("{*}body"):
        for text in body.iter("{*}text"):
            _Walk(text, styles, writer).run()
            break
    values: dict[str, str] = {}
    for part in parts:
        for meta in part.iter("{*}meta"):
            for element in meta:
                if content(element):
                    values.setdefault(local(element), content(element))
    names = {"description": "description", "subject": "subject", "keyword": "tags", "creation-date": "created"}
    return Manuscript(
        tuple(writer.blocks),
        "odt",
        sha256,
        values.get("title", ""),
        values.get("initial-creator", "") or values.get("creator", ""),
        values.get("language", "") or _language(parts),
        writer.asides(),
        tuple((names[name], value) for name, value in values.items() if name in names),
        tuple(writer.oddities),
    )


def _language(parts: list[Element]) -> str:
    for part in parts:
        for default in part.iter("{*}default-style"):
            for properties in default:
                language, country = attribute(properties, "language"), attribute(properties, "country")
                if language and language != "none":
                    return f"{language}-{country}" if country and country != "none" else language
    return ""


def _read_styles(root: Element, styles: dict[str, _Style]) -> None:
    for style in root.iter("{*}style"):
        emphatic = hidden = False
        for properties in style.iter("{*}text-properties"):
            slanted = attribute(properties, "font-style") in ("italic", "oblique")
            emphatic = emphatic or slanted or BOLD.fullmatch(attribute(properties, "font-weight")) is not None
            hidden = hidden or attribute(properties, "display") == "none"
        level = attribute(style, "default-outline-level")
        name = attribute(style, "display-name") or attribute(style, "name").replace("_20_", " ")
        parent = attribute(style, "parent-style-name")
        styles.setdefault(attribute(style, "name"), _Style(parent, name, emphatic, int(level) if level.isdecimal() else 0, hidden))


class _Walk:
    def __init__(self, root: Element, styles: dict[str, _Style], writer: ProseWriter, *, inside_note: bool = False) -> None:
        self.root, self.styles, self.writer, self.inside_note = root, styles, writer, inside_note
        self.number = 0
        self.skipping: Element | None = None

    def run(self) -> None:
        events = etree.iterwalk(self.root, events=("start", "end"))
        for event, element in events:
            if event == "start":
                if not self.start(element):
                    self.skipping = element
                    events.skip_subtree()
            else:
                if element is self.skipping:
                    self.skipping = None
                else:
                    self.stop(element)
                if element is not self.root and element.tail:
                    self.writer.write(element.tail)
        self.writer.end()

    def start(self, element: Element) -> bool:
        tag = local(element)
        if tag in SKIPPED:
            return False
        if tag == "note" and element is not self.root:
            self._write_note(element)
            return False
        if tag in ("p", "h"):
            self.number += 1
            kind, level = self._kind(element, tag)
            if kind is None:
                return False
            self.writer.begin(kind, f"{tag}[{self.number}]", line=line_of(element), level=level)
        elif tag == "span":
            style = self.styles.get(attribute(element, "style-name"))
            if style is not None and style.hidden:
                return False
        elif tag == "line-break":
            self.writer.break_line()
        elif tag == "tab":
            self.writer.write(" ")
        elif tag == "s":
            count = attribute(element, "c")
            self.writer.write(" " * min(int(count) if count.isdecimal() else 1, MAX_SPACES))
        if self._is_emphatic(element, tag):
            self.writer.start_emphasis()
        if element.text and tag in WORDED:
            self.writer.write(element.text)
        return True

    def stop(self, element: Element) -> None:
        tag = local(element)
        if self._is_emphatic(element, tag):
            self.writer.stop_emphasis()
        if tag in ("p", "h"):
            self.writer.end()

    def _write_note(self, element: Element) -> None:
        if self.inside_note:
            return
        key = attribute(element, "id") or f"note {self.number} {line_of(element)} {len(self.writer.blocks)}"
        self.writer.call_note(key)
        inner = ProseWriter(self.writer.file)
        for body in element.iter("{*}note-body"):
            _Walk(body, self.styles, inner, inside_note=True).run()
        self.writer.add_note(key, inner.text())

    def _is_emphatic(self, element: Element, tag: str) -> bool:
        if tag not in ("span", "p"):
            return False
        key = attribute(element, "style-name")
        # A paragraph's automatic style counts, the style that it is made from does not: "Text body" may be bold throughout.
        for _ in range(4 if tag == "span" else 1):
            style = self.styles.get(key)
            if style is None:
                return False
            if style.emphatic:
                return True
            key = style.parent
        return False

    def _kind(self, element: Element, tag: str) -> tuple[BlockKind | None, int]:
        level = attribute(element, "outline-level")
        if tag == "h":
            return BlockKind.HEADING, int(level) if level.isdecimal() and int(level) > 0 else 1
        key, steps = attribute(element, "style-name"), 0
        while key and steps < 10:
            style = self.styles.get(key)
            name = style.name if style else key.replace("_20_", " ")
            if CONTENTS_STYLE.match(name):
                return None, 0
            if found := HEADING_STYLE.match(name):
                return BlockKind.HEADING, max(1, int(found[1]))
            if style is not None and style.level:
                return BlockKind.HEADING, style.level
            if name in ("Title", "Subtitle"):
                return BlockKind.HEADING, 1 if name == "Title" else 2
            if VERSE_STYLE.search(name):
                return BlockKind.VERSE, 0
            if INSET_STYLE.search(name):
                return BlockKind.INSET, 0
            key, steps = (style.parent if style else ""), steps + 1
        return BlockKind.PARAGRAPH, 0
