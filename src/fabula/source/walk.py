"""Walk a tree of HTML elements and write its prose down as blocks.

The walk knows HTML's elements and the classes that books use for what HTML has no element for: verse, drop capitals, page
numbers, chapter titles, captions. Which parts are notes or no story at all is found before, by `fabula.source.apparatus`, and
handed over as a `Page`. It goes by events, without recursion: a page may nest as deep as the parser lets it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from fabula.records import AsideKind, BlockKind
from fabula.source.markup import Element, attribute, content, line_of, local
from fabula.source.prose import ProseWriter

# fmt: off
SKIPPED = frozenset((
    "script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg", "math", "audio", "video", "canvas",
    "map", "button", "select", "textarea", "input", "datalist", "rt", "rp", "applet", "embed", "link", "meta",
))
BLOCKS = frozenset((
    "html", "body", "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "h1", "h2", "h3", "h4", "h5",
    "h6", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "caption", "pre", "address",
    "center", "figure", "figcaption", "fieldset", "form", "details", "summary", "hgroup", "dir", "menu", "search", "noframes",
))
# fmt: on
CELLS = frozenset(("td", "th"))
EMPHASIS = frozenset(("i", "em", "b", "strong", "cite", "dfn", "var"))
HEADINGS = {f"h{level}": level for level in range(1, 7)}
VERSE = re.compile(r"(?:verse|poem|poetry|stanza|lyrics?|song|lg|linegroup|line-group|versus)(?:-?\w{0,12})?")
STANZA = re.compile(r"stanza\d*|lg|linegroup|line-group|verse-?group|versus")
VERSE_LINE = re.compile(r"(?:verse|line|l|i|indent|in|vers|v|poetry-?line|poem-?line)-?\d*")
INSET = frozenset(("letter", "blockquot", "blockquote", "extract", "inset", "epigraph", "telegram", "bq"))
HEADING_CLASS = re.compile(
    r"(?:chapter|chap|part|book|section)[-_]?(?:title|head|heading|name|number|num|no|header)\d?|(?:chapter|heading|title)\d?|cn|ct|h[1-6]",
    re.IGNORECASE,
)
HEADING_LENGTH = 200  # code points; a "title" that is longer is a paragraph with an odd class
DROP_CAP = re.compile(r"(?:drop|initial|fancy)[-_]?(?:caps?|letter|cap\w*)|dcap|drop|initial|cap-?drop", re.IGNORECASE)
PAGE_NUMBER = re.compile(
    r"page-?(?:num|numbers?|no|break|number-?\w*)\d?|pagebreak|pb|pgnum|newpage|x-ebookmaker-pageno|pageno\d?|pagenum\w*",
    re.IGNORECASE,
)
PAGE_ID = re.compile(r"(?:page|pg|p)[-_.]?[ivxlcd\d]+", re.IGNORECASE)
PAGE_TEXT = re.compile(r"\W*(?:(?:page|pg|p)\.?\s*)?[ivxlcd\d]+\W*", re.IGNORECASE)
CAPTION = re.compile(r"(?:fig|figure|illustration|image|img|photo|wp)?-?captions?(?:-?text)?", re.IGNORECASE)
LETTER = re.compile(r"[“\"‘']?[A-Z]")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
SLANTED = re.compile(r"font-style\s*:\s*(?:italic|oblique)|font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
CLASS_NAME = re.compile(r"\.([\w-]+)\s*$")
MAIN_SHARE = 0.5  # of a page's text; a `<blockquote>` around more is lay-out
MEASURED = 1000  # quotations whose length is looked at; a page that nests more of them is no book
NOTE_START = re.compile(r"^[\]).:]{1,2}\s+")


class Kept(NamedTuple):
    """Words that a page keeps apart."""

    kind: AsideKind
    title: str


@dataclass(slots=True)
class Page:
    """What was found out about a page before it is walked.

    dropped: elements that are no words of the book. asides: those kept apart. calls: footnotes' marks, with the key of their
    note. notes: footnotes' words, with the keys. labels: their own marks, which are dropped inside notes.
    breaks: elements that stand for a scene break. italic_classes: those that the style sheet slants.
    """

    file: str
    dropped: set[Element] = field(default_factory=set)
    asides: dict[Element, Kept] = field(default_factory=dict)
    calls: dict[Element, str] = field(default_factory=dict)
    notes: dict[Element, str] = field(default_factory=dict)
    targets: frozenset[str] = frozenset()
    italic_classes: frozenset[str] = frozenset()


class _Context(NamedTuple):
    """What a block that begins here is."""

    kind: BlockKind
    level: int
    element: str
    line: int
    verse: bool = False
    stanza: bool = False
    pre: bool = False


def walk_page(root: Element, page: Page, writer: ProseWriter) -> None:
    """Write down the prose under `root`: blocks, breaks, asides and footnotes, in the page's order."""
    _Walk(root, page, writer, whole=len("".join(root.itertext()))).run()


def italic_classes(style_sheet: str) -> frozenset[str]:
    """The classes that a style sheet sets in italics or bold.

    >>> sorted(italic_classes(".c5 { font-style: italic } p.b, .c6 { font-weight: bold; } .c7 { color: red }"))
    ['b', 'c5', 'c6']
    """
    found: set[str] = set()
    for selectors, body in RULE.findall(style_sheet):
        if SLANTED.search(body):
            found.update(name[1] for selector in selectors.split(",") if (name := CLASS_NAME.search(selector)))
    return frozenset(found)


class _Walk:
    def __init__(self, root: Element, page: Page, writer: ProseWriter, *, whole: int, inside_aside: bool = False) -> None:
        self.root, self.page, self.writer, self.whole, self.inside_aside = root, page, writer, whole, inside_aside
        self.counts: Counter[str] = Counter()
        self.contexts = [_Context(BlockKind.PARAGRAPH, 0, local(root), line_of(root))]
        self.measured = 0
        self.glued = False  # a drop capital was written, and the paragraph that follows goes on with it

    def run(self) -> None:
        events = etree.iterwalk(self.root, events=("start", "end"))
        skipped: Element | None = None
        for event, element in events:
            if event == "start":
                if self.start(element):
                    continue
                skipped = element
                events.skip_subtree()
            elif element is skipped:
                skipped = None
                self.tail(element)
            else:
                self.stop(element)
                self.tail(element)
        self.writer.end()

    # One element: `start` says whether to go inside

    def start(self, element: Element) -> bool:
        tag = local(element)
        classes = (element.get("class") or "").split()
        self.counts[tag] += 1
        if self.page.targets:
            self._mark(element)
        dropped = tag in SKIPPED or element in self.page.dropped or self._is_furniture(element, tag, classes)
        if dropped and element is not self.root:
            self._count_inside(element)
            return False
        if element in self.page.calls:
            self.writer.call_note(self.page.calls[element])
            return False
        if self._keep_apart(element, tag, classes):
            self._count_inside(element)
            return False
        if tag == "br":
            self.writer.break_line()
        elif tag == "hr":
            self.writer.add_break("", self._path(element, tag), line=line_of(element))
            self._resume()
        elif tag == "img":
            self._picture(element, classes)
        elif tag == "q":
            self.writer.write("“")
        elif any(DROP_CAP.fullmatch(name) for name in classes) and len(content(element, 2)) <= 2:
            if tag in BLOCKS:
                self._open(element, tag, [])
                self.glued = True
        elif tag in BLOCKS:
            self._open(element, tag, classes)
        elif self._is_line(tag, classes):
            self.writer.break_line(once=True)
        if self._is_emphasis(element, tag, classes):
            self.writer.start_emphasis()
        self._write(element.text)
        return True

    def stop(self, element: Element) -> None:
        tag = local(element)
        classes = (element.get("class") or "").split()
        if self._is_emphasis(element, tag, classes):
            self.writer.stop_emphasis()
        if tag == "q":
            self.writer.write("”")
        elif tag in CELLS:
            self.writer.write(" ")
        elif tag in BLOCKS:
            self.contexts.pop()
            if not self.glued:
                if self.contexts and self.contexts[-1].stanza:
                    self.writer.break_line(once=True)
                else:
                    self._resume()

    def tail(self, element: Element) -> None:
        if element is not self.root:
            self._write(element.tail)

    # Parts of it

    def _write(self, text: str | None) -> None:
        if not text:
            return
        if self.contexts[-1].pre and "\n" in text:
            for n, line in enumerate(text.split("\n")):
                if n:
                    self.writer.break_line()
                self.writer.write(line)
        else:
            self.writer.write(text)

    def _open(self, element: Element, tag: str, classes: list[str]) -> None:
        above = self.contexts[-1]
        context = self._context(element, tag, classes, above)
        self.contexts.append(context)
        if self.glued and tag == "p":
            self.glued = False
        elif above.stanza:
            self.writer.break_line(once=True)
        else:
            self.glued = False
            self._resume()

    def _resume(self) -> None:
        """Let what follows be a new block of the element that is open."""
        context = self.contexts[-1] if self.contexts else _Context(BlockKind.PARAGRAPH, 0, "", 0)
        self.writer.begin(context.kind, context.element, line=context.line, level=context.level)

    def _context(self, element: Element, tag: str, classes: list[str], above: _Context) -> _Context:
        path, line = self._path(element, tag), line_of(element)
        level = self._heading_level(element, tag, classes)
        if level:
            return _Context(BlockKind.HEADING, level, path, line)
        if above.kind is BlockKind.HEADING and tag not in ("div", "section", "article", "body"):
            return above._replace(element=path, line=line)
        if tag == "pre":
            return _Context(BlockKind.VERSE, 0, path, line, verse=True, stanza=True, pre=True)
        if above.verse or any(VERSE.fullmatch(name.lower()) for name in classes):
            stanza = above.stanza or any(STANZA.fullmatch(name.lower()) for name in classes) or self._holds_lines(element)
            return _Context(BlockKind.VERSE, 0, path, line, verse=True, stanza=stanza, pre=above.pre)
        kind = BlockKind.PARAGRAPH if above.kind is BlockKind.HEADING else above.kind
        if kind is BlockKind.PARAGRAPH and self._is_inset(element, tag, classes):
            kind = BlockKind.INSET
        return _Context(kind, 0, path, line)

    def _heading_level(self, element: Element, tag: str, classes: list[str]) -> int:
        if tag in HEADINGS:
            return HEADINGS[tag]
        if element.get("role") == "heading":
            level = element.get("aria-level") or ""
            return int(level) if level.isdecimal() and 1 <= int(level) <= 6 else 2
        if tag in ("p", "div") and any(HEADING_CLASS.fullmatch(name) for name in classes):
            text = content(element, HEADING_LENGTH)
            if 0 < len(text) <= HEADING_LENGTH and not any(local(child) in BLOCKS for child in element.iterdescendants()):
                return next((int(name[1]) for name in classes if re.fullmatch(r"h[1-6]", name)), 2)
        return 0

    def _is_inset(self, element: Element, tag: str, classes: list[str]) -> bool:
        if not INSET.isdisjoint(name.lower() for name in classes):
            return True
        if tag != "blockquote":
            return False
        self.measured += 1
        return self.measured > MEASURED or len("".join(element.itertext())) <= MAIN_SHARE * self.whole

    def _holds_lines(self, element: Element) -> bool:
        """Whether the children of a poem's element are its lines: `<div class="poem"><p class="line">`."""
        children = [child for child in element if local(child) in BLOCKS]
        return bool(children) and all(
            any(VERSE_LINE.fullmatch(name.lower()) for name in (child.get("class") or "").split()) for child in children
        )

    def _is_line(self, tag: str, classes: list[str]) -> bool:
        """A `<span class="line">` of a poem that has no `<br>`."""
        return tag == "span" and self.contexts[-1].verse and any(VERSE_LINE.fullmatch(name.lower()) for name in classes)

    def _is_emphasis(self, element: Element, tag: str, classes: list[str]) -> bool:
        if tag in EMPHASIS:
            return True
        if tag in BLOCKS and tag != "p":
            return False
        style = element.get("style")
        if style and SLANTED.search(style):
            return True
        return bool(classes) and tag in ("span", "p", "a", "small") and not self.page.italic_classes.isdisjoint(classes)

    def _is_furniture(self, element: Element, tag: str, classes: list[str]) -> bool:
        """Page numbers, and what the page itself does not show."""
        style = element.get("style")
        if element.get("hidden") is not None or (style and HIDDEN.search(style)):
            return True
        if attribute(element, "type") == "pagebreak" or element.get("role") == "doc-pagebreak":
            return True
        if tag in ("span", "a", "div", "p", "sup", "small", "i"):
            if any(PAGE_NUMBER.fullmatch(name) for name in classes):
                return PAGE_TEXT.fullmatch(content(element, 40) or "1") is not None
            name = element.get("id") or element.get("name") or ""
            if tag in ("span", "a") and PAGE_ID.fullmatch(name):
                text = content(element, 40)
                return bool(text) and PAGE_TEXT.fullmatch(text) is not None
        return False

    def _keep_apart(self, element: Element, tag: str, classes: list[str]) -> bool:
        if element is self.root:
            return False
        if element in self.page.notes:
            self.writer.add_note(self.page.notes[element], NOTE_START.sub("", self._text_of(element), count=1))
            return True
        if self.inside_aside:
            return False
        if element in self.page.asides:
            kept = self.page.asides[element]
            self.writer.add_aside(kept.kind, self._text_of(element), kept.title)
            self._resume()
            return True
        if tag == "figcaption" or (tag in ("p", "div", "span") and any(CAPTION.fullmatch(name) for name in classes)):
            if text := self._text_of(element):
                self.writer.add_aside(AsideKind.ILLUSTRATION, text)
                self._resume()
            return True
        return False

    def _text_of(self, element: Element) -> str:
        inner = ProseWriter(self.page.file)
        _Walk(element, self.page, inner, whole=self.whole, inside_aside=True).run()
        self.writer.adopt_notes(inner)
        return inner.text()

    def _picture(self, element: Element, classes: list[str]) -> None:
        """A picture is not text, but one of a drop capital is a letter."""
        alt = (element.get("alt") or "").strip()
        parent = element.getparent()
        around = classes + ((parent.get("class") or "").split() if parent is not None else [])
        if LETTER.fullmatch(alt) and ((element.tail or "")[:1].islower() or any(DROP_CAP.fullmatch(name) for name in around)):
            self.writer.write(alt)

    def _mark(self, element: Element) -> None:
        for name in (element.get("id"), element.get("name")):
            if name and name in self.page.targets:
                # A block that is open ends where an element opens a new one; only then is the next block's number known.
                if local(element) in BLOCKS:
                    self.writer.end()
                    self._resume()
                self.writer.mark(f"{self.page.file}#{name}")

    def _path(self, element: Element, tag: str) -> str:
        name = element.get("id")
        return f"#{name}" if name else f"{tag}[{self.counts[tag]}]"

    def _count_inside(self, element: Element) -> None:
        self.counts.update(local(child) for child in element.iterdescendants())
