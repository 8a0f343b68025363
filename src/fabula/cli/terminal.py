"""What people read: lines of text for a stream that may be a terminal, narrow, without colour or without most of Unicode.

A book's text is data. Nothing reaches the stream but through `Terminal`, which shows control characters escaped.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple, TextIO

from fabula.cli.bars import BLOCKS, TYPED

WIDEST_PROSE = 100  # columns; longer lines are hard to read
NARROWEST = 40  # columns; a terminal that says less is not believed

# Control characters, line and paragraph separators, what turns the direction of writing, what is invisible, lone surrogates.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_NARROW = re.compile("[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027]*")  # one column each
# For a terminal that cannot show them: what a typewriter has for it.
_TYPEWRITER = {
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "‘": "'",
    "’": "'",
    "‚": "'",
    "–": "-",
    "—": "--",
    "…": "...",
    "\u00a0": " ",
}


class Style(StrEnum):
    """How a piece of a line is set off, as the terminal is told it; nothing depends on seeing it."""

    PLAIN = ""
    BOLD = "1"
    DIM = "2"
    RED = "31"


class Piece(NamedTuple):
    """Words of a line, as they are (not yet safe to show)."""

    text: str
    style: Style = Style.PLAIN


def bold(text: str) -> Piece:
    return Piece(text, Style.BOLD)


def dim(text: str) -> Piece:
    return Piece(text, Style.DIM)


def escape_controls(text: str) -> str:
    r"""The text with every character that could steer a terminal, or hide, written as an escape.

    >>> escape_controls("[bold] \x1b[31m \u202e")
    '[bold] \\x1b[31m \\u202e'
    """
    return _UNSAFE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def one_line(text: str) -> str:
    """The text with every run of white space, line ends among it, as one space."""
    return " ".join(text.split())


def columns(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if _NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len  # only where there is more than letters of Europe and their marks

    return cell_len(text)


def cut(text: str, width: int, ellipsis: str) -> str:
    """As much of the text as fits into `width` columns, the ellipsis included where something is left out.

    >>> cut("It is a truth", 8, "...")
    'It is...'
    """
    if columns(text) <= width:
        return text
    return _head(text, width - len(ellipsis)).rstrip() + ellipsis


def _head(text: str, width: int) -> str:
    if _NARROW.fullmatch(text, 0, width):
        return text[:width]
    end = 0
    for end in range(len(text) + 1):
        if columns(text[: end + 1]) > width:
            break
    return text[:end]


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, broken at spaces; a longer word is broken where it must be.

    >>> wrap("a truth universally acknowledged", 12)
    ['a truth', 'universally', 'acknowledged']
    """
    lines, line = [], ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if columns(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while columns(word) > width:
            head = _head(word, width) or word[:1]
            lines.append(head)
            word = word[len(head) :]
        line = word
    return [*lines, line] if line or not lines else lines


class Terminal:
    """A stream for people: its width in columns, whether it takes colour, which characters it can show.

    Colour is for a terminal only, and never where NO_COLOR is set or TERM is "dumb".
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.encoding = getattr(stream, "encoding", None) or "utf-8"
        self.is_terminal = stream.isatty()
        self.width = max(NARROWEST, shutil.get_terminal_size((80, 24)).columns)
        self.prose_width = min(self.width, WIDEST_PROSE)
        self.colour = (
            self.is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and _takes_colour(stream)
        )
        self._shows_all = self.encoding.lower().replace("_", "-") in ("utf-8", "utf8", "utf-16", "utf-32", "utf-8-sig")
        self._typewriter = {} if self._shows_all else {ord(c): plain for c, plain in _TYPEWRITER.items() if not self._can_show(c)}
        self.ellipsis = "…" if self._shows_all or self._can_show("…") else "..."
        # Where colour is declined, or the line goes to a file or a screen reader, marks that can be typed are the safer ones.
        self.bar_marks = BLOCKS if self.colour and (self._shows_all or self._can_show(BLOCKS)) else TYPED

    def _can_show(self, text: str) -> bool:
        try:
            text.encode(self.encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def shown(self, text: str) -> str:
        """The text as this stream can show it: no control character, nothing that cannot be encoded."""
        text = escape_controls(text)
        if self._shows_all or text.isascii() or self._can_show(text):
            return text
        return text.translate(self._typewriter).encode(self.encoding, "backslashreplace").decode(self.encoding)

    def line(self, *pieces: str | Piece) -> None:
        """Write one line."""
        self.lines([pieces])

    def lines(self, lines: Iterable[Iterable[str | Piece]]) -> None:
        """Write lines, each given as its pieces."""
        written = "".join(self._join(pieces).rstrip(" ") + "\n" for pieces in lines)
        self.stream.write(written)

    def _join(self, pieces: Iterable[str | Piece]) -> str:
        if not self.colour:
            return self.shown("".join(p if isinstance(p, str) else p.text for p in pieces))
        return "".join(self.shown(p) if isinstance(p, str) else self._styled(p) for p in pieces)

    def _styled(self, piece: Piece) -> str:
        text = self.shown(piece.text)
        return f"\x1b[{piece.style}m{text}\x1b[0m" if piece.style and text else text

    def paragraph(self, text: str, *, head: str | Piece = "", indent: int = 0, most: int | None = None) -> None:
        """Write a text over as many lines as it takes, all but the first one set in; `head` fills the first line's indent.

        most: lines, after which the rest of the text is left out.
        """
        head = head if isinstance(head, Piece) else Piece(head)
        width = self.prose_width - indent
        first, *rest = wrap(self.shown(one_line(text)), width)
        if most is not None and len(rest) >= most:
            rest = [*rest[: most - 2], cut(" ".join(rest[most - 2 :]), width, self.ellipsis)]
        gap = " " * max(0, indent - columns(self.shown(head.text)))
        self.lines([[head, gap, first], *([" " * indent, line] for line in rest)])


def _takes_colour(stream: TextIO) -> bool:
    """Whether escape sequences do what they should: everywhere but in old Windows consoles."""
    if os.name != "nt":
        return True
    from rich.console import Console  # knows Windows' consoles

    return not Console(file=stream).legacy_windows


def quoted_for_shell(word: str) -> str:
    """A word as it is to be typed at the shell of this system."""
    if os.name == "nt":
        import subprocess

        return subprocess.list2cmdline([word])
    import shlex

    quoted = shlex.quote(word)
    # `"Mr. Darcy"` is easier on the eye than `'Mr. Darcy'`, and holds an apostrophe.
    return quoted if quoted == word or any(c in word for c in '"$`\\!') else f'"{word}"'


def stdout() -> Terminal:
    """The stream for data."""
    return Terminal(sys.stdout)


def stderr() -> Terminal:
    """The stream for everything else."""
    return Terminal(sys.stderr)
