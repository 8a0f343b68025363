"""Parse HTML, XHTML and XML from strangers into element trees.

No DTD is read, so no entity can grow or fetch anything: the document type is cut off before parsing, and HTML's own named
entities are put in as characters. Only then may texts be as long as they like.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html.entities import html5
from pathlib import Path
from typing import Any

from lxml import etree

from fabula.errors import DamagedSourceError

Element = Any  # lxml has no types of its own

DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{0,40});")
XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
SELF_CLOSED = re.compile(r"<([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>")
VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "image", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
# Without these tags a page reads the same; old pages open thousands of them and close none.
INLINE_TAG = re.compile(
    r"</?(?:a|abbr|acronym|b|big|em|font|i|ins|label|nobr|s|small|span|strike|strong|sub|sup|tt|u)\b[^<>]*>", re.IGNORECASE
)
ANY_TAG = re.compile(r"</?(?!(?:p|br|hr|h[1-6]|title|body|html|head)\b)[A-Za-z][^<>]*>", re.IGNORECASE)
LAST_LINE = 65_535  # libxml2 counts the lines of HTML no further


def parse_page(text: str) -> Element:
    """The root element of a page, however broken its HTML is."""
    root = _parse_html(text)
    if root is None:  # nested deeper than the parser goes, which then drops the rest
        root = _parse_html(INLINE_TAG.sub("", text))
    if root is None:
        root = _parse_html(ANY_TAG.sub("", text))
    return etree.Element("html") if root is None else root


def parse_xhtml(text: str) -> Element:
    """The root element of an EPUB's page: as XML if it is any, else as HTML."""
    cleaned = _without_doctype(text)
    try:
        return etree.fromstring(ENTITY.sub(_named, cleaned).encode("utf-8", "replace"), _xml_parser())
    except (etree.XMLSyntaxError, ValueError):
        return parse_page(DECLARATION.sub("", SELF_CLOSED.sub(_closed, text)))


def parse_xml(text: str, path: Path, name: str) -> Element:
    """The root element of an XML file; `name` is what to call it where it is broken.

    Raises DamagedSourceError.
    """
    cleaned = ENTITY.sub(_named, _without_doctype(text))
    try:
        return etree.fromstring(cleaned.encode("utf-8", "replace"), _xml_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DamagedSourceError(path, f"`{name}` is broken XML") from error


def local(element: Element) -> str:
    """An element's name, without namespace and in small letters; "" for what is no element."""
    tag = element.tag
    return _local_name(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=4096)
def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def attribute(element: Element, name: str) -> str:
    """An attribute's value by its local name (`type` finds `epub:type`), "" if it is not there."""
    value = element.get(name)
    if value is not None:
        return str(value)
    for key, other in element.attrib.items():
        if str(key).rpartition("}")[2].rpartition(":")[2] == name:
            return str(other)
    return ""


def line_of(element: Element) -> int:
    """The line in the file, 0 where it is not known."""
    line = element.sourceline
    return int(line) if line and line != LAST_LINE else 0


def content(element: Element, limit: int = 0) -> str:
    """All text inside an element, white space folded; with `limit`, perhaps cut somewhere beyond so many code points."""
    if not limit:
        return " ".join("".join(element.itertext()).split())
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        if stripped := piece[: 4 * limit].strip():
            size += len(stripped)
        pieces.append(piece[: 4 * limit])
        if size > limit:
            break
    return " ".join("".join(pieces).split())


def _parse_html(text: str) -> Element | None:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, etree.ParserError, ValueError):
        return None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        return None
    return root


def _xml_parser() -> Any:
    # huge_tree lifts the limit of 10 MB a text; what it guards against, entities, is gone by now.
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )


def _without_doctype(text: str) -> str:
    found = DOCTYPE.search(text)
    # Its line ends stay, so that the lines of the file keep their numbers.
    return text if found is None else text[: found.start()] + "\n" * found[0].count("\n") + text[found.end() :]


def _named(match: re.Match[str]) -> str:
    name = match[1]
    if name in XML_ENTITIES:
        return match[0]
    meant = html5.get(f"{name};")
    return f"&amp;{name};" if meant is None else "".join(f"&#{ord(character)};" for character in meant)


def _closed(match: re.Match[str]) -> str:
    return match[0] if match[1].lower() in VOID else f"<{match[1]}{match[2]}></{match[1]}>"
