"""Find in a page of HTML what is not its story: footnotes, contents, title pages, prefaces, notes of transcribers.

What it finds goes into a `Page`, for the walk to leave out or to keep apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from fabula.records import AsideKind
from fabula.source.archive import resolve
from fabula.source.markup import Element, attribute, content, local
from fabula.source.walk import BLOCKS, HEADINGS, Kept, Page

# EPUB's words for the parts of a book (epub:type, and role with "doc-"); story parts are not among them.
# fmt: off
FRONT = (
    "cover", "titlepage", "title-page", "halftitlepage", "copyright-page", "imprint", "imprimatur", "dedication", "frontispiece",
    "toc", "table-of-contents", "loi", "lot", "landmarks", "page-list", "pagelist", "contributors", "other-credits", "errata",
    "revision-history", "seriespage",
)
BACK = (
    "afterword", "colophon", "acknowledgments", "acknowledgements", "bibliography", "index", "glossary", "appendix", "credits",
    "endnotes", "footnotes", "rearnotes",
)
# fmt: on
PARTS = {
    **dict.fromkeys(FRONT, AsideKind.FRONT),
    **dict.fromkeys(("foreword", "preface", "introduction"), AsideKind.PREFACE),
    **dict.fromkeys(BACK, AsideKind.BACK),
}
NOTE_PARTS = frozenset(("footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"))
CALL_PARTS = frozenset(("noteref", "doc-noteref"))
BACK_PARTS = frozenset(("backlink", "referrer", "doc-backlink"))
SECTIONS = frozenset(("section", "div", "aside", "nav", "body", "article", "header", "footer"))
NOTE_CLASS = re.compile(r"(?:foot|end|rear)?notes?\d*|fn|footnote[-_]?\w{0,10}", re.IGNORECASE)
NOTE_LIST = re.compile(r"(?:foot|end|rear)?notes?|references", re.IGNORECASE)
TRANSCRIBER = re.compile(r"transnote|tnotes?|tn|transcribers?-?notes?|trnote|transcriber|tnbox", re.IGNORECASE)
CALL_TEXT = re.compile(r"[\[({]?(?:\d{1,4}|[*†‡§‖¶]{1,4}|[a-z]|[ivxl]{1,6})[\])}]?\.?")
BARE_CALL = re.compile(r"[\[({](?:\d{1,4}|[*†‡§‖¶]{1,4}|[A-Za-z]|[ivxl]{1,6})[\])}]|[*†‡§‖¶]{1,4}")
LABEL = re.compile(r"\s*[\[({]?(?:\d{1,4}|[*†‡§‖¶]{1,4}|[a-z])[\])}]?[.:]?\s*")
CONTENTS = re.compile(r"(?:table of )?contents\.?|toc", re.IGNORECASE)
CONTENTS_CLASS = re.compile(r"toc\w{0,8}|contents|table-?of-?contents|tableofcontents", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
CONTENTS_LINKS = 3  # a list of fewer links into the book is none
CONTENTS_LINE = 200  # code points in one line of it
NOTE_LENGTH = 20_000  # code points; what is longer is a chapter that something links to


class Document(NamedTuple):
    """A page of a book with what was found about it."""

    root: Element
    page: Page


def find_apparatus(documents: Sequence[Document]) -> None:
    """Fill in the pages of a book: they are taken together, since a footnote may stand in another file than its mark."""
    find_footnotes(documents)
    for document in documents:
        find_parts(document)
        find_contents(document)


def find_parts(document: Document) -> None:
    """Parts of a book that are marked as such: `<section epub:type="preface">`, a transcriber's box."""
    root, page = document
    for element in root.iter():
        tag = local(element)
        if tag not in SECTIONS:
            continue
        if tag == "body" or any(ancestor in page.asides for ancestor in element.iterancestors()):
            continue
        kind = part_kind(element)
        classes = (element.get("class") or "").split()
        if kind is None and any(TRANSCRIBER.fullmatch(name) for name in classes):
            kind = AsideKind.FRONT
        if kind is not None:
            page.asides[element] = Kept(kind, first_heading(element))


def part_kind(element: Element) -> AsideKind | None:
    """What an element's epub:type or role says it is, None for a part of the story."""
    words = attribute(element, "type").split() + [word.removeprefix("doc-") for word in (element.get("role") or "").split()]
    if "bodymatter" in words or "chapter" in words:
        return None
    return next((PARTS[word] for word in words if word in PARTS), None)


def first_heading(element: Element) -> str:
    """The words of the first heading inside an element, "" if it has none."""
    heading = next((child for child in element.iterdescendants() if local(child) in HEADINGS), None)
    return "" if heading is None else content(heading)


# Footnotes


class _Link(NamedTuple):
    element: Element
    page: Page
    text: str
    place: int  # growing through the whole book


def find_footnotes(documents: Sequence[Document]) -> None:
    """Pair the marks of footnotes with their words.

    A mark is a link that says so, or one of a figure or sign in brackets or set high, that points to a note further on. A note
    that points back to its mark looks alike, but points backwards.
    """
    places: dict[str, tuple[int, Element, Page]] = {}
    links: list[tuple[_Link, str]] = []
    place = 0
    for root, page in documents:
        for element in root.iter():
            place += 1
            for name in {element.get("id"), element.get("name")}:
                if name:
                    places.setdefault(f"{page.file}#{name}", (place, element, page))
            href = element.get("href") if local(element) == "a" else None
            if href and "#" in href and not SCHEME.match(href):
                target, fragment = resolve(page.file, href)
                links.append((_Link(element, page, content(element, 40), place), f"{target}#{fragment}"))
    candidates = [(link, target) for link, target in links if target in places and _may_call(link)]
    targets = {target for link, target in candidates if places[target][0] > link.place}
    containers = _note_elements({target: places[target] for target in targets})
    calls_by_note: dict[Element, str] = {}
    numbers: dict[Element, str] = {}
    for link, target in candidates:
        if places[target][0] <= link.place or target not in containers:
            continue
        note, page = containers[target]
        if note in link.element.iterancestors():
            continue
        link.page.calls[link.element] = calls_by_note.setdefault(note, target)
        page.notes[note] = calls_by_note[note]
        numbers.setdefault(note, _number(link.text))
        _drop_wrapping(link)
    back = [link for link, _ in links if link.element not in link.page.calls and _is_label(link)]
    for link in back:
        link.page.dropped.add(link.element)
        _drop_wrapping(link)
    for note, number in numbers.items():
        _strip_label(note, number)
    for document in documents:
        _drop_empty_note_lists(document)


def _may_call(link: _Link) -> bool:
    element = link.element
    words = set(attribute(element, "type").split()) | set((element.get("role") or "").split())
    if words & CALL_PARTS:
        return True
    if words & BACK_PARTS or not CALL_TEXT.fullmatch(link.text):
        return False
    parent = element.getparent()
    raised = local(parent) == "sup" or any(local(child) == "sup" for child in element) if parent is not None else False
    classes = (element.get("class") or "").split()
    raised = raised or _is_bracketed(element)
    return bool(raised or BARE_CALL.fullmatch(link.text) or any("note" in name.lower() or "fn" in name.lower() for name in classes))


def _note_elements(targets: dict[str, tuple[int, Element, Page]]) -> dict[str, tuple[Element, Page]]:
    """For each link's target the element that holds the whole note."""
    blocks: dict[str, Element] = {}
    n_inside: dict[Element, int] = {}
    for key, (_, element, _page) in targets.items():
        block = element
        while block is not None and (local(block) not in BLOCKS or not _has_words(block)) and local(block) != "td":
            block = block.getparent()
        if block is None or local(block) in ("body", "html") or local(block) in HEADINGS:
            continue
        if local(block) == "td":
            block = block.getparent()
        blocks[key] = block
        for ancestor in (block, *block.iterancestors()):
            n_inside[ancestor] = n_inside.get(ancestor, 0) + 1
    found: dict[str, tuple[Element, Page]] = {}
    for key, block in blocks.items():
        note, parent = block, block.getparent()
        while parent is not None and n_inside[parent] == n_inside[note] and _is_note(parent):
            note, parent = parent, parent.getparent()
        if len(content(note, NOTE_LENGTH)) <= NOTE_LENGTH:
            found[key] = (note, targets[key][2])
    return found


def _has_words(element: Element) -> bool:
    text = content(element, 40)
    return bool(text) and LABEL.fullmatch(text) is None


def _is_note(element: Element) -> bool:
    words = set(attribute(element, "type").split()) | set((element.get("role") or "").split())
    return (
        local(element) == "li"
        or bool(words & NOTE_PARTS)
        or (
            local(element) in ("div", "aside", "dd", "blockquote", "p")
            and any(NOTE_CLASS.fullmatch(name) for name in (element.get("class") or "").split())
        )
    )


def _is_bracketed(element: Element) -> bool:
    """Whether the brackets of a mark stand outside the link: "[<a>1</a>]"."""
    return (element.tail or "").startswith(("]", ")")) and _text_before(element).endswith(("[", "("))


def _text_before(element: Element) -> str:
    before, parent = element.getprevious(), element.getparent()
    return (before.tail if before is not None else parent.text if parent is not None else "") or ""


def _drop_wrapping(link: _Link) -> None:
    """Take away the brackets around a link, which are part of the mark."""
    element = link.element
    if not _is_bracketed(element):
        return
    text = _text_before(element)[:-1]
    before = element.getprevious()
    if before is not None:
        before.tail = text
    else:
        element.getparent().text = text
    element.tail = element.tail[1:]


def _is_label(link: _Link) -> bool:
    """Whether a link stands in a note and leads back to its mark."""
    if not any(ancestor in link.page.notes for ancestor in (link.element, *link.element.iterancestors())):
        return False
    return CALL_TEXT.fullmatch(link.text) is not None or len(link.text) < 8


def _number(text: str) -> str:
    return text.strip("[](){}.: ")


def _strip_label(note: Element, number: str) -> None:
    """Take the note's own number from before its words."""
    for element in note.iter():
        text = element.text or ""
        if text.strip():
            found = LABEL.match(text)
            if found and _number(found[0]) == number:
                element.text = text[found.end() :]
            return


def _drop_empty_note_lists(document: Document) -> None:
    """Headings and boxes that only held footnotes ("NOTES")."""
    root, page = document
    if not page.notes:
        return
    for heading in [element for element in root.iter() if local(element) in HEADINGS]:
        if NOTE_LIST.fullmatch(content(heading).strip(" .:")):
            page.dropped.add(heading)


# Contents


def find_contents(document: Document) -> None:
    """Lists of links into the book: a printed table of contents."""
    root, page = document
    lines: dict[Element, list[Element]] = {}
    linked: dict[Element, int] = {}  # code points of links in a line
    for link in root.iter("{*}a"):
        href = link.get("href") or ""
        if not href or SCHEME.match(href) or link in page.calls or link in page.dropped:
            continue
        line = link
        while line is not None and (local(line) not in BLOCKS or (local(line) == "div" and _only_child(line))):
            line = line.getparent()
        if line is None or local(line) in HEADINGS or local(line) in ("body", "html"):
            continue
        if line not in linked:
            if (parent := line.getparent()) is None or _is_apart(line, page):
                continue
            lines.setdefault(parent, []).append(line)
        linked[line] = linked.get(line, 0) + len(content(link, CONTENTS_LINE))
    for parent, found in lines.items():
        entries = [line for line in found if _is_mostly(line, linked[line])]
        if len(entries) < CONTENTS_LINKS:
            continue
        size = sum(len(content(entry, CONTENTS_LINE)) for entry in entries)
        whole = local(parent) not in ("body", "html") and len(content(parent, 2 * size + 100)) <= 1.3 * size + 60
        if whole:
            page.asides[parent] = Kept(AsideKind.FRONT, "Contents")
        else:
            page.dropped.update(entries)
        _drop_heading_before(parent if whole else entries[0], page)
    for element in root.iter():
        if local(element) not in BLOCKS or local(element) in HEADINGS or not _is_contents(element):
            continue
        n_linked = sum(len(content(link, CONTENTS_LINE)) for link in element.iterdescendants("{*}a"))
        if local(element) in ("p", "li", "tr") or 4 * n_linked >= len(content(element, 4 * n_linked + 1)):
            page.dropped.add(element)


def _is_contents(element: Element) -> bool:
    return any(CONTENTS_CLASS.fullmatch(name) for name in (element.get("class") or "").split())


def _is_apart(element: Element, page: Page) -> bool:
    return any(one in page.notes or one in page.asides for one in (element, *element.iterancestors()))


def _is_mostly(line: Element, n_linked: int) -> bool:
    """Whether a line is short and at least a quarter of it is links: numbers, dots and titles may stand beside them."""
    return 0 < len(content(line, CONTENTS_LINE)) <= min(CONTENTS_LINE, 4 * n_linked)


def _only_child(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and len(parent) == 1 and local(parent) not in ("body", "html")


def _drop_heading_before(element: Element, page: Page) -> None:
    """The heading "CONTENTS" goes with its list."""
    current: Element | None = element
    while current is not None and local(current) not in ("body", "html"):
        before = current.getprevious()
        while before is not None and not content(before, 40):
            before = before.getprevious()
        if before is not None:
            if CONTENTS.fullmatch(content(before, 40)):
                page.dropped.add(before)
            return
        current = current.getparent()
