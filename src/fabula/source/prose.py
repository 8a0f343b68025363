"""Write down a story as blocks while a document is walked: white space, emphasis, line breaks, notes and asides.

Every format but plain text is read by a walk over its own elements; what they mean for a block is the same everywhere and is
settled here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from fabula.records import Anchor, Aside, AsideKind, Block, BlockKind, Oddity, Span
from fabula.source.plaintext import SIGN

# A single no-break or em space is the book's own; runs of them, and any line end, are lay-out.
WHITE = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+|\s{2,}")
INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")
SURROGATE = re.compile("[\ud800-\udfff]")
CLOSING = frozenset(".,;:!?)]”’")
SPEECH = re.compile(r"\s*(?:“[^”]*”|\"[^\"]*\"|[‘'].*[’'](?=\W|$)|«[^»]*»|[—–])")  # a line that opens with a whole speech
LONG_LINE = 100  # code points: a line of verse is shorter, a paragraph that ends in `<br>` is usually longer
MARGIN = 45  # code points: lines broken at a margin are at least this long
BREAK_LENGTH = 80  # code points: a longer run of signs is something else


@dataclass(slots=True)
class ProseWriter:
    """Blocks and asides in the order in which a walk meets them.

    Text goes into the block that `begin` opened; the next `begin` or `end` closes it. A line break parts the lines of verse, two
    part paragraphs, in a heading it is a space. Soft hyphens (U+00AD) and zero-width spaces (U+200B, U+FEFF) are left out:
    they are for the eye of a type-setter, and would split words.
    """

    file: str
    blocks: list[Block] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    positions: dict[str, int] = field(default_factory=dict)  # of what was marked: the index of its block
    _asides: list[Aside] = field(default_factory=list)
    _calls: dict[str, tuple[int, int]] = field(default_factory=dict)
    _notes: dict[str, str] = field(default_factory=dict)
    _kind: BlockKind = BlockKind.PARAGRAPH
    _level: int = 0
    _line: int = 0
    _element: str = ""
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _tail: str = ""  # the last code point written
    _after_call: bool = False
    _depth: int = 0  # of emphasis
    _emphasis_start: int = 0
    _emphasis: list[tuple[int, int]] = field(default_factory=list)
    _open_calls: list[tuple[int, str]] = field(default_factory=list)

    def begin(self, kind: BlockKind, element: str, *, line: int = 0, level: int = 0) -> None:
        """Close the block that is open, and open another; it comes to nothing if no text follows."""
        self.end()
        self._kind, self._element, self._line, self._level = kind, element, line, level

    def write(self, string: str) -> None:
        """Add text to the open block, its white space folded."""
        if not string.isascii():
            string = SURROGATE.sub("\ufffd", INVISIBLE.sub("", string))
        string = WHITE.sub(" ", string)
        if string[:1] == " " and (self._tail in ("", " ", "\n")):
            string = string[1:]
        if not string:
            return
        if self._after_call:
            if self._tail == " " and string[0] in CLOSING:  # "the end [1]." was printed as "the end."
                self._shorten()
            self._after_call = False
        self._pieces.append(string)
        self._length += len(string)
        self._tail = string[-1]

    def _shorten(self) -> None:
        self._pieces[-1] = self._pieces[-1][:-1]
        self._length -= 1

    def break_line(self, *, once: bool = False) -> None:
        """End a line inside the open block; with `once`, only if it has not just ended."""
        if once and self._tail == "\n":
            return
        if self._kind is BlockKind.HEADING:
            self.write(" ")
            return
        if self._tail == " ":
            self._shorten()
        if self._length:
            self._pieces.append("\n")
            self._length += 1
            self._tail = "\n"

    def start_emphasis(self) -> None:
        if self._depth == 0:
            self._emphasis_start = self._length
        self._depth += 1

    def stop_emphasis(self) -> None:
        self._depth = max(0, self._depth - 1)
        if self._depth == 0:
            self._emphasis.append((self._emphasis_start, self._length))

    def call_note(self, key: str) -> None:
        """A footnote's mark stands here; its words come, or came, by `add_note`."""
        self._open_calls.append((self._length, key))
        self._after_call = True

    def add_note(self, key: str, text: str) -> None:
        if text:
            self._notes[key] = f"{self._notes[key]}\n\n{text}" if key in self._notes else text

    def adopt_notes(self, inner: ProseWriter) -> None:
        """Take over the footnotes that were met while an aside was written down."""
        for key in inner._calls:
            self._calls.setdefault(key, (len(self.blocks), 0))
        for key, text in inner._notes.items():
            self.add_note(key, text)
        inner._notes.clear()

    def add_aside(self, kind: AsideKind, text: str, title: str = "") -> None:
        """Keep words that are not the story, at the place that the walk has reached."""
        self.end()
        if text:
            self._asides.append(Aside(kind, text, len(self.blocks), 0, title))

    def add_break(self, sign: str, element: str, *, line: int = 0) -> None:
        self.end()
        self.blocks.append(Block(BlockKind.BREAK, sign, (Anchor(0, self.file, line, element),)))

    def add_block(self, block: Block) -> None:
        """Put in a block that was made elsewhere."""
        self.end()
        self.blocks.append(block)

    def mark(self, name: str) -> None:
        """Remember under `name` the block that is being written, or comes next."""
        self.positions.setdefault(name, len(self.blocks))

    def end(self) -> None:
        """Close the open block. What follows without `begin` is a paragraph in the same element."""
        if self._pieces or self._open_calls:
            if self._depth:
                self._emphasis.append((self._emphasis_start, self._length))
            self._emit("".join(self._pieces))
        self._pieces, self._length, self._tail, self._after_call = [], 0, "", False
        self._emphasis, self._open_calls, self._emphasis_start = [], [], 0

    def _emit(self, text: str) -> None:
        calls = deque(self._open_calls)
        for kind, start, end, joint in _shapes(text, self._kind):
            stretch = text[start:end].replace("\n", " ") if joint else text[start:end]
            spans = _clip(self._emphasis, start, end, text)
            while calls and calls[0][0] <= end:
                offset, key = calls.popleft()
                self._calls.setdefault(key, (len(self.blocks), max(0, offset - start)))
            anchor = Anchor(0, self.file, self._line, self._element)
            level = self._level if kind is BlockKind.HEADING else 0
            self.blocks.append(Block(kind, stretch, (anchor,), level=level, emphasis=spans))
        for _, key in calls:  # in a block without any words: it stands after the one before
            last = len(self.blocks) - 1
            self._calls.setdefault(key, (last, len(self.blocks[last].text)) if self.blocks else (0, 0))

    def text(self) -> str:
        """All that was written, its blocks parted by a blank line."""
        self.end()
        return "\n\n".join(block.text for block in self.blocks if block.text)

    def asides(self) -> tuple[Aside, ...]:
        """The asides and notes in text order; a note that nothing called for stands at the end of its place."""
        self.end()
        notes = [Aside(AsideKind.FOOTNOTE, text, *self._calls.get(key, (len(self.blocks), 0))) for key, text in self._notes.items()]
        return tuple(sorted((*self._asides, *notes), key=lambda aside: (aside.block, aside.offset)))


def renumbered(asides: Iterable[Aside], places: Sequence[int]) -> tuple[Aside, ...]:
    """The asides after blocks were taken out or put in; `places` says for each old index, and the end, the new one."""
    return tuple(replace(aside, block=places[aside.block]) for aside in asides)


def _clip(emphasis: Sequence[tuple[int, int]], start: int, end: int, text: str) -> tuple[Span, ...]:
    """The stretches of emphasis inside `text[start:end]`, counted from its start, without white space at their edges."""
    spans: list[Span] = []
    for at in range(bisect_right(emphasis, start, key=lambda stretch: stretch[1]), len(emphasis)):
        a, b = emphasis[at]
        if a >= end:
            break
        a, b = max(a, start), min(b, end)
        while a < b and text[a].isspace():
            a += 1
        while a < b and text[b - 1].isspace():
            b -= 1
        if a >= b:
            continue
        if spans and a - start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, max(spans[-1].end, b - start))
        else:
            spans.append(Span(a - start, b - start))
    return tuple(spans)


def _shapes(text: str, kind: BlockKind) -> Iterable[tuple[BlockKind, int, int, bool]]:
    """The blocks in a stretch of text with line breaks: kind, start, end, and whether its lines are joined by spaces."""
    for start, end in _stretches(text, "\n\n"):
        if "\n" not in text[start:end]:
            yield (_kind_of(text[start:end]) or BlockKind.PARAGRAPH) if kind is BlockKind.PARAGRAPH else kind, start, end, False
        elif kind is BlockKind.VERSE:
            yield kind, start, end, False
        else:
            lines = list(_stretches(text[start:end], "\n"))
            shape = _shape_of_lines([text[start + a : start + b] for a, b in lines])
            if shape == "prose":
                yield kind, start, end, True
            elif shape == "verse":
                yield BlockKind.VERSE, start, end, False
            else:
                for a, b in lines:
                    one = kind if kind is not BlockKind.PARAGRAPH else _kind_of(text[start + a : start + b]) or kind
                    yield one, start + a, start + b, False


def _kind_of(text: str) -> BlockKind | None:
    """BREAK for a line of signs ("* * *"), else None."""
    if len(text) <= BREAK_LENGTH and (not text[0].isalnum() or text[0] in "oOxX") and SIGN.fullmatch(text):
        return BlockKind.BREAK
    return None


def _stretches(text: str, separator: str) -> Iterable[tuple[int, int]]:
    """The parts between separators, without white space at their edges; empty ones left out."""
    start = 0
    for part in text.split(separator):
        stripped = part.strip()
        if stripped:
            at = start + len(part) - len(part.lstrip())
            yield at, at + len(stripped)
        start += len(part) + len(separator)


def _shape_of_lines(lines: Sequence[str]) -> str:
    """What lines parted by `<br>` are: "verse", "prose" broken at a margin, or "paragraphs" of one line each."""
    if any(_kind_of(line) for line in lines):
        return "paragraphs"
    lengths = sorted(map(len, lines[:-1]))
    small = sum(line[0].islower() for line in lines[1:])
    if len(lines) > 2 and lengths[len(lengths) // 2] >= MARGIN and 2 * small >= len(lines) - 1:
        return "prose"
    if max(map(len, lines)) > LONG_LINE or all(SPEECH.match(line) for line in lines):
        return "paragraphs"
    return "verse"
