"""Read Markdown: CommonMark with footnotes and a header, as writers' programs write it.

The blocks are markdown-it's, with their lines. It departs from CommonMark where a story means something else than a programmer
would: a paragraph that is set in is no code, `~~~` alone is a scene break, a sentence above `---` is no heading, and a number
or dash that begins a line is kept.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from fabula.records import Aside, AsideKind, BlockKind, Manuscript
from fabula.source.markup import parse_page
from fabula.source.plaintext import read_plaintext
from fabula.source.prose import ProseWriter
from fabula.source.walk import Page, walk_page

HEADER = re.compile(r"---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
HEADER_LINE = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]*(.*)")
HEADER_LENGTH = 20_000  # code points; a longer one is none
PANDOC_TITLE = re.compile(r"% ?(.+)\n(?:% ?(.+)\n)?(?:% ?(.+)\n)?")
NOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*(.*)")
CALL = re.compile(r"\[\^([^\]\s]{1,60})\]")
INLINE_NOTE = re.compile(r"\^\[([^\[\]]{1,4000})\]")
TILDES = re.compile(r"[ \t]{0,3}~{3,}[ \t]*")
HTML_TAG = re.compile(r"<\s*(/?)\s*([A-Za-z][\w-]*)")
LONGEST_LINE = 200_000  # code points; a file with a longer one is read as plain text, which takes any length
LONGEST_INLINE = 100_000  # code points of one paragraph in which marks are looked for
MAX_NESTING = 100  # of quotations and lists
SETEXT_LENGTH = 80  # code points of a heading that is only underlined
LONG_LINE = 160  # code points; where lines are longer, each is a paragraph


class _Note(NamedTuple):
    key: str
    text: str


def read_markdown(text: str, *, file: str, sha256: str) -> Manuscript:
    """The blocks of a Markdown file, marks of emphasis and links taken out; an anchor's line is that of the block's first.

    text: decoded. Title, author and language come from a header between `---` lines, or from Pandoc's `%` lines. Footnotes
    (`[^1]`, `^[...]`) become asides, HTML comments are left out.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    if max(map(len, text.split("\n"))) > LONGEST_LINE:
        return read_plaintext(text, file=file, sha256=sha256)
    header, first = _read_header(text)
    lines = text.split("\n")
    lines[:first] = [""] * first
    notes = _take_notes(lines)
    for at, line in enumerate(lines):
        if line[:1] in " ~" and TILDES.fullmatch(line):
            lines[at] = "***"  # CommonMark would take the rest of the book for code
    writer = ProseWriter(file)
    reader = _Reader(writer, text.split("\n"))
    reader.read("\n".join(lines))
    for note in notes:
        inner = ProseWriter(file)
        _Reader(inner, note.text.split("\n")).read(note.text)
        writer.add_note(note.key, inner.text())
    values = dict(header)
    more = tuple(pair for pair in header if pair[0] not in ("title", "author", "language"))
    return Manuscript(
        tuple(writer.blocks),
        "markdown",
        sha256,
        values.get("title", ""),
        values.get("author", ""),
        values.get("language", ""),
        _summary(values) + writer.asides(),
        more,
        tuple(writer.oddities),
    )


def _summary(values: dict[str, str]) -> tuple[Aside, ...]:
    return (Aside(AsideKind.SUMMARY, values["summary"], 0, 0, "Summary"),) if values.get("summary") else ()


def _read_header(text: str) -> tuple[list[tuple[str, str]], int]:
    """What stands between `---` lines at the start, as (name, value), and the number of its lines."""
    found = HEADER.match(text, 0, HEADER_LENGTH)
    if found:
        pairs: list[tuple[str, str]] = []
        for line in found[1].split("\n"):
            if pair := HEADER_LINE.fullmatch(line.rstrip()):
                name = {"lang": "language", "authors": "author"}.get(pair[1].lower(), pair[1].lower())
                pairs.append((name, pair[2].strip().strip("\"'[]")))
            elif pairs and line.strip():  # a list, or a value that runs on
                name, value = pairs[-1]
                item = line.strip().removeprefix("- ").strip("\"'")
                pairs[-1] = (name, item if value in ("", ">", "|", ">-", "|-") else f"{value}, {item}")
            elif line.strip():
                return [], 0  # no header, but a text between two rules
        return [pair for pair in pairs if pair[1]], found[0].count("\n")
    found = PANDOC_TITLE.match(text)
    if found:
        names = ("title", "author", "date")
        return [(name, value.strip()) for name, value in zip(names, found.groups(), strict=True) if value], found[0].count("\n")
    return [], 0


def _take_notes(lines: list[str]) -> list[_Note]:
    """Footnotes' words, which are taken out of `lines`; the lines stay, empty."""
    notes: list[_Note] = []
    at = 0
    while at < len(lines):
        found = NOTE.match(lines[at]) if "[^" in lines[at][:8] else None
        if found is None:
            at += 1
            continue
        words = [found[2]]
        lines[at] = ""
        at += 1
        # It runs on in lines that follow at once, and in paragraphs that are set in.
        while at < len(lines):
            line = lines[at]
            if not line.strip():
                after = next((one for one in lines[at + 1 : at + 3] if one.strip()), "")
                if not after.startswith(("    ", "\t")):
                    break
            elif NOTE.match(line) or (words[-1] == "" and not line.startswith(("    ", "\t"))):
                break
            words.append(line.strip())
            lines[at] = ""
            at += 1
        notes.append(_Note(found[1], "\n".join(words)))
    return notes


@cache
def _block_parser() -> MarkdownIt:
    """Without "inline" it leaves the text of paragraphs to us: a long one is not worth looking for marks in."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).disable(["code"])
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


@cache
def _inline_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING})
    parser.core.ruler.disable(["text_join"])  # so that an escaped mark can be told from a plain one
    return parser


class _Reader:
    """One walk over markdown-it's tokens, which are flat."""

    def __init__(self, writer: ProseWriter, source: list[str]) -> None:
        self.writer, self.source = writer, source
        self.quotes = 0
        self.n_notes = 0
        self.prefix = ""  # the marker of the list item that begins

    def read(self, text: str) -> None:
        env: dict[str, object] = {}
        tokens = _block_parser().parse(text, env)
        inline = _inline_parser()
        level, underlined = 0, ""
        for at, token in enumerate(tokens):
            line = token.map[0] + 1 if token.map else 0
            if token.type == "inline":
                self._write_inline(token.content, inline, env, level, underlined, line)
            elif token.type == "heading_open":
                level = int(token.tag[1])
                underlined = token.markup if token.markup in ("-", "=") else ""
                if tokens[at + 1].content == "" and tokens[at + 1].type == "inline":
                    self.writer.add_break(token.markup, "", line=line)
            elif token.type == "heading_close":
                level, underlined = 0, ""
            elif token.type == "hr":
                sign = self.source[line - 1].strip() if 0 < line <= len(self.source) else "***"
                self.writer.add_break(sign, "", line=line)
            elif token.type == "blockquote_open":
                self.quotes += 1
            elif token.type == "blockquote_close":
                self.quotes -= 1
            elif token.type == "list_item_open":
                self.prefix = f"{token.info}{token.markup} "
                if tokens[at + 1].type == "list_item_close":
                    self.writer.add_break(self.prefix.strip(), "", line=line)  # "*" or "-" alone on a line
                    self.prefix = ""
            elif token.type == "fence":
                self._write_lines(token, line)
            elif token.type == "html_block":
                self._write_html(token.content, line)
        self.writer.end()

    def _write_inline(self, content: str, inline: MarkdownIt, env: dict[str, object], level: int, mark: str, line: int) -> None:
        if level and mark == "-" and _is_sentence(content):
            self.writer.begin(BlockKind.PARAGRAPH, "", line=line)
            self._write_spans(content, inline, env)
            self.writer.add_break("---", "", line=line + content.count("\n") + 1)
            return
        if not content:
            return
        kind = BlockKind.HEADING if level else BlockKind.INSET if self.quotes else BlockKind.PARAGRAPH
        prefix, self.prefix = self.prefix, ""
        lines = content.split("\n")
        if kind is not BlockKind.HEADING and len(lines) > 1 and max(map(len, lines[:-1])) > LONG_LINE:
            for n, one in enumerate(lines):
                self.writer.begin(kind, "", line=line + n if line else 0)
                self._write_spans(prefix + one if n == 0 else one, inline, env)
            return
        self.writer.begin(kind, "", line=line, level=level)
        if prefix:
            self.writer.write(prefix)
        self._write_spans(content, inline, env)
        self.writer.end()

    def _write_spans(self, content: str, inline: MarkdownIt, env: dict[str, object]) -> None:
        if len(content) > LONGEST_INLINE:
            self.writer.write(content)
            return
        tokens = inline.parseInline(content, env)[0].children or []
        for token in tokens:
            if token.type == "text":
                self._write_text(token.content)
            elif token.type in ("code_inline", "text_special"):  # an escaped mark calls no note
                self.writer.write(token.content)
            elif token.type in ("em_open", "strong_open"):
                self.writer.start_emphasis()
            elif token.type in ("em_close", "strong_close"):
                self.writer.stop_emphasis()
            elif token.type == "softbreak":
                self.writer.write(" ")
            elif token.type == "hardbreak":
                self.writer.break_line()
            elif token.type == "html_inline":
                self._write_tag(token.content)

    def _write_text(self, text: str) -> None:
        at = 0
        for found in re.finditer(rf"{CALL.pattern}|{INLINE_NOTE.pattern}", text) if "^" in text else ():
            self.writer.write(text[at : found.start()])
            at = found.end()
            if found[1] is not None:
                self.writer.call_note(found[1])
            else:
                self.n_notes += 1
                self.writer.call_note(f"^{self.n_notes}")
                self.writer.add_note(f"^{self.n_notes}", found[2].strip())
        self.writer.write(text[at:])

    def _write_tag(self, tag: str) -> None:
        found = HTML_TAG.match(tag)
        if found is None:
            return
        name = found[2].lower()
        if name == "br":
            self.writer.break_line()
        elif name in ("i", "em", "b", "strong", "cite"):
            (self.writer.stop_emphasis if found[1] else self.writer.start_emphasis)()

    def _write_lines(self, token: Token, line: int) -> None:
        """A fenced block: a sign, a letter, a screen in the story."""
        self.writer.begin(BlockKind.VERSE, "", line=line + 1)
        for one in token.content.split("\n"):
            self.writer.write(one)
            self.writer.break_line()
        self.writer.end()

    def _write_html(self, html: str, line: int) -> None:
        if html.lstrip().startswith("<!--"):
            html = re.sub(r"<!--.*?(?:-->|$)", "", html, flags=re.DOTALL)
        if not html.strip():
            return
        inner = ProseWriter(self.writer.file)
        walk_page(parse_page(html), Page(self.writer.file), inner)
        inner.end()
        for block in inner.blocks:
            anchors = tuple(anchor._replace(line=line + max(0, anchor.line - 1)) for anchor in block.anchors)
            self.writer.add_block(replace(block, anchors=anchors))


def _is_sentence(text: str) -> bool:
    return "\n" in text or len(text) > SETEXT_LENGTH or text.rstrip().endswith((".", "!", "?", "”", '"', "’", "…", ","))
