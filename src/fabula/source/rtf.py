"""Read RTF: Word's, LibreOffice's, Scrivener's, TextEdit's.

The tables of the format are striprtf's (which words open a destination, which stand for a character, which character set is
which encoding). Its `rtf_to_text` is not used: it loses headings, emphasis, footnotes and what was deleted under tracking.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from striprtf.striprtf import charset_map, destinations, specialchars

from fabula.records import BlockKind, Manuscript, Oddity
from fabula.source.docx import CONTENTS_STYLE, HEADING_STYLE, INSET_STYLE, INSET_TWIPS, VERSE_STYLE
from fabula.source.prose import ProseWriter

TOKEN = re.compile(
    rb"\\([A-Za-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|[\r\n\0]+|([^\\{}\r\n\0]+)|\\", re.DOTALL
)
# Groups that are no text. "footnote" and "field" are read; so are the ones that only wrap text.
READ = {"footnote", "result", "title", "author", "subject", "keywords", "doccomm", "info", "shptxt", "g", "upr"}
SILENT = frozenset(destinations) - READ | {"nonshppict", "listtext", "pntext", "datastore", "themedata"}
INFO = {"title": "title", "author": "author", "subject": "subject", "keywords": "tags", "doccomm": "description"}
SIGNS = {word: sign for word, sign in specialchars.items() if word.isalpha() and len(sign) == 1 and sign.isprintable()}
SPACES = frozenset(("tab", "emspace", "enspace", "qmspace"))
MAX_DEPTH = 10_000  # groups inside one another; a file that nests deeper was not written by a word processor


@dataclass(slots=True)
class _State:
    """What a group hands down to the groups inside it."""

    silent: bool = False
    destination: str = ""
    fallback: int = 1  # characters that follow a `\\u` for readers that know no Unicode
    font: str = ""
    emphatic: bool = False
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    style: str = ""
    level: int = 0
    left: int = 0  # indents, in twips
    right: int = 0


def read_rtf(data: bytes, *, file: str, sha256: str) -> Manuscript:
    """The paragraphs of an RTF file as blocks; an anchor's element counts them, "p[12]".

    Headings are known by style or outline level. Footnotes become asides; hidden and deleted text is left out.
    """
    reader = _Reader(file)
    reader.read(data)
    reader.close()
    info = {INFO[name]: " ".join(text.split()) for name, text in reader.info.items() if text.strip()}
    more = tuple((name, value) for name, value in info.items() if name not in ("title", "author"))
    return Manuscript(
        tuple(reader.main.blocks),
        "rtf",
        sha256,
        info.get("title", ""),
        info.get("author", ""),
        "",
        reader.main.asides(),
        more,
        tuple(reader.main.oddities),
    )


class _Reader:
    def __init__(self, file: str) -> None:
        self.main = self.writer = ProseWriter(file)
        self.encoding = "cp1252"
        self.fonts: dict[str, str] = {}  # -> encoding
        self.styles: dict[str, str] = {}  # -> name
        self.info: dict[str, str] = {}
        self.state = _State()
        self.stack: list[_State] = []
        self.notes: list[tuple[int, str]] = []  # depth of the group, key
        self.number = 0
        self.n_notes = 0
        self.is_open = False  # whether the paragraph has begun
        self.is_contents = False  # whether it is a line of a table of contents
        self.marked = False  # whether the writer is inside emphasis
        self.skip = 0
        self.hexes = bytearray()
        self.high = 0  # the first half of a character beyond U+FFFF
        self.style_number = ""
        self.style_name = ""

    def read(self, data: bytes) -> None:
        for match in _tokens(data):
            word, number, code, sign, brace, text = match.groups()
            if code is not None:
                self.add_byte(int(code, 16))
                continue
            self.flush_bytes()
            if brace == b"{":
                self.skip = 0
                if len(self.stack) < MAX_DEPTH:
                    self.stack.append(replace(self.state))
                else:
                    said = f"its groups are nested more than {MAX_DEPTH:,} deep; what follows was not read"
                    self.main.oddities.append(Oddity("nesting", said, len(self.main.blocks)))
                    return
            elif brace == b"}":
                self.skip = 0
                self.close_group()
                if not self.stack:
                    return
            elif word is not None:
                self.control(word.decode("ascii").lower(), int(number) if number else None)
            elif sign is not None:
                self.symbol(sign)
            elif text is not None:
                self.add_text(text)
        self.flush_bytes()

    def close(self) -> None:
        """End what a file that breaks off leaves open."""
        while self.notes:
            self.end_note()
        self.main.end()

    # Text

    def add_byte(self, byte: int) -> None:
        if self.skip:
            self.skip -= 1
        else:
            self.hexes.append(byte)

    def flush_bytes(self) -> None:
        if self.hexes:
            data, self.hexes = bytes(self.hexes), bytearray()
            self.put(data.decode(self.fonts.get(self.state.font, self.encoding), "replace"))

    def add_text(self, data: bytes) -> None:
        if self.skip:
            skipped = min(self.skip, len(data))
            self.skip -= skipped
            data = data[skipped:]
        if data:
            self.put(data.decode(self.fonts.get(self.state.font, self.encoding), "replace"))

    def put(self, text: str) -> None:
        state = self.state
        if state.destination in INFO:
            self.info[state.destination] = self.info.get(state.destination, "") + text
        elif state.destination == "stylesheet":
            self.style_name += text
        elif not (state.silent or state.hidden or state.deleted):
            self.open_paragraph()
            if self.is_contents:
                return
            emphatic = state.emphatic or state.bold
            if emphatic != self.marked:
                (self.writer.start_emphasis if emphatic else self.writer.stop_emphasis)()
                self.marked = emphatic
            self.writer.write(text)

    def open_paragraph(self) -> None:
        if self.is_open:
            return
        self.is_open = True
        if self.writer is self.main:
            self.number += 1
        kind, level = self.kind()
        self.is_contents = CONTENTS_STYLE.match(self.styles.get(self.state.style, "")) is not None
        self.writer.begin(kind, f"p[{self.number}]", level=level)

    def kind(self) -> tuple[BlockKind, int]:
        name = self.styles.get(self.state.style, "")
        if self.state.level:
            return BlockKind.HEADING, self.state.level
        if found := HEADING_STYLE.match(name):
            return BlockKind.HEADING, max(1, int(found[1]))
        if name.lower() in ("title", "subtitle"):
            return BlockKind.HEADING, 1 if name.lower() == "title" else 2
        if VERSE_STYLE.search(name):
            return BlockKind.VERSE, 0
        inset = min(self.state.left, self.state.right) >= INSET_TWIPS or INSET_STYLE.search(name)
        return (BlockKind.INSET if inset else BlockKind.PARAGRAPH), 0

    def end_paragraph(self) -> None:
        if self.marked:
            self.writer.stop_emphasis()
            self.marked = False
        self.writer.end()
        self.is_open = False

    # Groups and words

    def close_group(self) -> None:
        if not self.stack:
            return
        ended = self.state
        self.state = self.stack.pop()
        if ended.destination == "stylesheet" and self.style_name.strip():
            self.styles[self.style_number or "0"] = self.style_name.strip().rstrip(";").split(";")[0]
            self.style_name, self.style_number = "", ""
        if self.notes and len(self.stack) < self.notes[-1][0]:
            self.end_note()

    def open_note(self) -> None:
        if self.notes or self.state.silent:
            self.state.silent = True
            return
        self.open_paragraph()
        if self.marked:
            self.writer.stop_emphasis()
            self.marked = False
        self.n_notes += 1
        key = f"footnote {self.n_notes}"
        self.writer.call_note(key)
        self.notes.append((len(self.stack), key))
        self.writer, self.is_open = ProseWriter(self.main.file), False
        self.state = replace(self.state, style="", level=0, emphatic=False, bold=False)

    def end_note(self) -> None:
        _, key = self.notes.pop()
        if self.marked:
            self.writer.stop_emphasis()
        self.main.add_note(key, self.writer.text())
        self.writer, self.is_open, self.marked = self.main, True, False

    def symbol(self, sign: bytes) -> None:
        self.skip = 0
        if sign == b"*":
            self.state.silent = True
        elif sign in (b"{", b"}", b"\\"):
            self.put(sign.decode("ascii"))
        elif sign == b"~":
            self.put("\u00a0")
        elif sign == b"_":
            self.put("\u2011")
        elif sign in (b"\n", b"\r") and not self.state.silent:
            self.end_paragraph()

    def control(self, word: str, number: int | None) -> None:
        state = self.state
        if word == "u" and number is not None:
            self.skip = state.fallback
            self.put_code(number)
            return
        self.skip = 0
        if word == "bin":
            return  # its bytes were passed over by `_tokens`
        if word == "footnote":
            self.open_note()
        elif word == "stylesheet":
            state.destination, state.silent = "stylesheet", True
        elif word == "info":
            state.destination, state.silent = "info", True
        elif word in INFO and state.destination == "info":
            state.destination = word
        elif word == "fonttbl":
            state.destination, state.silent = "fonttbl", True
        elif word in SILENT or word in INFO:
            state.silent = True
        elif word in ("par", "sect", "row", "cell", "nestcell", "nestrow"):
            if not state.silent:
                self.end_paragraph()
        elif word in ("line", "lbr"):
            if not state.silent:
                self.writer.break_line()
        elif word in SPACES:
            self.put(" ")
        elif word in SIGNS:
            self.put(SIGNS[word])
        else:
            self.property(word, number)

    def put_code(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        if 0xD800 <= code < 0xDC00:
            self.high = code
        elif 0xDC00 <= code < 0xE000 and self.high:
            self.put(chr(0x10000 + ((self.high - 0xD800) << 10) + (code - 0xDC00)))
            self.high = 0
        elif 0 < code < 0x110000:
            self.put(chr(code))

    def property(self, word: str, number: int | None) -> None:
        state = self.state
        if word == "pard":
            state.style, state.level, state.left, state.right = "", 0, 0, 0
        elif word == "plain":
            state.emphatic = state.bold = state.hidden = state.deleted = False
        elif word == "i":
            state.emphatic = number != 0
        elif word == "b":
            state.bold = number != 0
        elif word == "v":
            state.hidden = number != 0
        elif word == "deleted":
            state.deleted = number != 0
        elif word in ("s", "ds", "cs") and number is not None:
            if state.destination == "stylesheet":
                self.style_number = str(number) if word == "s" else "other"
            elif word == "s":
                state.style = str(number)
        elif word == "outlinelevel" and number is not None and number < 9:
            if state.destination != "stylesheet":
                state.level = number + 1
        elif word == "uc" and number is not None:
            state.fallback = max(0, number)
        elif word == "f" and number is not None:
            state.font = str(number)
        elif word == "fcharset" and state.destination == "fonttbl" and number is not None:
            self.fonts[state.font] = _known(charset_map.get(number, self.encoding))
        elif word == "ansicpg" and number is not None:
            self.encoding = _known(f"cp{number}" if number != 65001 else "utf-8")
        elif word == "mac":
            self.encoding = "mac_roman"
        elif word == "li" and number is not None:
            state.left = number
        elif word == "ri" and number is not None:
            state.right = number


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"


def _tokens(data: bytes) -> Iterator[re.Match[bytes]]:
    """The tokens of an RTF file, the raw bytes of pictures (`\\bin`) passed over."""
    at = 0
    while match := TOKEN.search(data, at):
        at = match.end()
        if match[1] == b"bin" and match[2]:
            at += max(0, int(match[2]))
        yield match
