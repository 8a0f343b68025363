"""Take out of typed prose what is not its words: calls of footnotes and the notes, pictures, page numbers, marks of emphasis."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from fabula.records import Aside, AsideKind, Block, BlockKind, Span

PAGE = re.compile(r"\{(?:\d{1,4}|[ivxlc]{1,8})\}|\[(?:[Pp]g\.?|[Pp]age|[Pp]\.) ?(?:\d{1,4}|[ivxlc]{1,8})\]")
INLINE_PICTURE = re.compile(r"\[(?:Illustration|Decoration|Ornament)(?::\s*([^\[\]]{0,2000}))?\]")
FOOTNOTE = re.compile(r"\[Footnote\s*([\w*†‡§+]{0,5})\s*[:.]?\s*(.*?)\]?$", re.IGNORECASE | re.DOTALL)
NOTE_BLOCK = re.compile(r"(?:\[(\d{1,4}|[A-Za-z]|[*†‡§]{1,4})\]|([*†‡§]{1,3}))\s?(?=[\w\"“‘'(])(.+)", re.DOTALL)
MARK = re.compile(r"\[(\d{1,4}|[A-Za-z]|[*†‡§]{1,4})\]|(?<=[\w.,;:!?\"”’')]) ?([*†‡§]{1,3})(?=[\s.,;:!?)\"”’—-]|$)")
EMPHASIS = re.compile(r"(?<![\w_])_(?=[^\s_])([^_]*[^\s_])_(?![\w_])|(?<![\w*])\*(?=[^\s*])([^*]{0,600}[^\s*])\*(?![\w*])")


class Lifted(NamedTuple):
    """Bracketed matter taken out before paragraphs are made; it stood before line `line`."""

    line: int
    kind: AsideKind
    text: str


class _Mark(NamedTuple):
    """The sign of a footnote in the prose."""

    label: str
    block: int
    start: int
    end: int


def take_marks(blocks: Sequence[Block], lifted: Sequence[Lifted]) -> tuple[tuple[Block, ...], tuple[Aside, ...]]:
    """The blocks without footnotes, page numbers, pictures and marks of emphasis; and what was taken out."""
    marks, notes = _find_notes(blocks)
    found: list[tuple[int, int, Aside]] = []  # block, offset before anything is cut, the aside
    cuts: dict[int, list[tuple[int, int]]] = {}
    for number, mark in notes.items():
        note = NOTE_BLOCK.match(blocks[number].text)
        text = note[3] if note else blocks[number].text
        found.append((mark.block, mark.start, Aside(AsideKind.FOOTNOTE, text.strip(), 0)))
        cuts.setdefault(mark.block, []).append((mark.start, mark.end))
    lines = [block.anchors[0].line for block in blocks]
    for piece in lifted:
        place, offset, text = bisect_right(lines, piece.line), 0, piece.text
        if piece.kind is AsideKind.FOOTNOTE and (footnote := FOOTNOTE.match(piece.text)):
            text = footnote[2].strip()
            if call := _find_call(marks, footnote[1], place):
                place, offset = call.block, call.start
                cuts.setdefault(place, []).append((call.start, call.end))
        found.append((place, offset, Aside(piece.kind, text, 0)))

    kept: list[Block] = []
    places: list[int] = []
    moved: dict[int, _Cuts] = {}
    for number, block in enumerate(blocks):
        places.append(len(kept))
        if number in notes:
            continue
        taken = cuts.get(number, [])
        if "[" in block.text or "{" in block.text:
            taken = taken + [m.span() for m in PAGE.finditer(block.text)]
            for picture in INLINE_PICTURE.finditer(block.text):
                taken.append(picture.span())
                if picture[1] and picture[1].strip():
                    found.append((number, picture.start(), Aside(AsideKind.ILLUSTRATION, picture[1].strip(), 0)))
        if taken or "_" in block.text or "*" in block.text:
            block, moved[number] = _cut(block, taken)
        if block.text:
            kept.append(block)
    places.append(len(kept))
    asides = [
        replace(aside, block=places[place], offset=moved[place].moved(offset) if place in moved else offset)
        for place, offset, aside in sorted(found, key=lambda item: item[:2])
    ]
    return tuple(kept), tuple(asides)


def _find_notes(blocks: Sequence[Block]) -> tuple[list[_Mark], dict[int, _Mark]]:
    """The signs of footnotes, and the blocks that are footnotes, each with its sign.

    A block that begins "[1]" or "*" is a footnote only if the same sign stands in the prose before it.
    """
    marks: list[_Mark] = []
    open_marks: dict[str, list[_Mark]] = {}
    notes: dict[int, _Mark] = {}
    for number, block in enumerate(blocks):
        text = block.text
        if block.kind is BlockKind.BREAK or not ("[" in text or "*" in text or "†" in text or "‡" in text):
            continue
        if note := NOTE_BLOCK.match(text):
            waiting = open_marks.get(note[1] or note[2], [])
            if waiting and (note[1] or number - waiting[-1].block <= 12):
                notes[number] = waiting.pop()
                continue
        for sign in MARK.finditer(text):
            if sign.start() > 0:
                mark = _Mark(sign[1] or sign[2], number, *sign.span())
                marks.append(mark)
                open_marks.setdefault(mark.label, []).append(mark)
    taken = set(notes.values())
    return [mark for mark in marks if mark not in taken], notes


def _find_call(marks: list[_Mark], label: str, block: int) -> _Mark | None:
    """The sign that calls for a footnote printed before `block`: the nearest one above with that label, or else just below."""
    wanted = [mark for mark in marks if mark.label == label or (not label and mark.label in ("*", "†"))] if marks else []
    above = [mark for mark in wanted if mark.block < block]
    below = [mark for mark in wanted if block <= mark.block <= block + 2]
    call = above[-1] if above else below[0] if below else None
    if call:
        marks.remove(call)
    return call


class _Cuts:
    """Stretches that are cut out of a block's text, in order and apart."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self.stretches: list[tuple[int, int]] = []
        for start, end in sorted(stretches):
            if self.stretches and start < self.stretches[-1][1]:
                self.stretches[-1] = (self.stretches[-1][0], max(end, self.stretches[-1][1]))
            else:
                self.stretches.append((start, end))
        self._starts = [start for start, _ in self.stretches]
        self._lengths = [0, *accumulate(end - start for start, end in self.stretches)]

    def moved(self, offset: int) -> int:
        """Where a place in the whole text is in the shorter one."""
        n = bisect_left(self._starts, offset)
        inside = max(0, self.stretches[n - 1][1] - offset) if n else 0
        return offset - self._lengths[n] + inside

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them overlaps this stretch without lying inside it."""
        first = bisect_left(self._starts, start)
        reaching = first > 0 and self.stretches[first - 1][1] > start
        last = bisect_left(self._starts, end) - 1
        return reaching or (last >= first and self.stretches[last][1] > end)

    def shorten(self, text: str) -> str:
        bounds = [0, *(bound for stretch in self.stretches for bound in stretch), len(text)]
        return "".join(text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True))


def _cut(block: Block, taken: Sequence[tuple[int, int]]) -> tuple[Block, _Cuts]:
    """The block without `taken` and without marks of emphasis; and all that was cut."""
    text = block.text
    wider: list[tuple[int, int]] = []
    for start, end in taken:
        if start > 0 and text[start - 1] in " \n" and (end == len(text) or text[end] in " \n"):
            start -= 1
        elif start == 0 and text[end : end + 1] == " ":
            end += 1
        wider.append((start, end))
    others = _Cuts(wider)
    found = [m.span() for m in EMPHASIS.finditer(text)] if "_" in text or "*" in text else []
    stretches = [(start + 1, end - 1) for start, end in found if not others.touch(start, end)]
    cuts = _Cuts(wider + [mark for start, end in stretches for mark in ((start - 1, start), (end, end + 1))])
    if not cuts.stretches:
        return block, cuts
    shorter = cuts.shorten(text).rstrip()
    lead = len(shorter) - len(shorter.lstrip())
    shorter = shorter[lead:]

    def place(offset: int) -> int:
        return max(0, min(cuts.moved(offset) - lead, len(shorter)))

    anchors = tuple(a._replace(offset=place(a.offset)) for a in block.anchors)
    emphasis = tuple(Span(place(a), place(b)) for a, b in stretches if place(a) < place(b))
    return replace(block, text=shorter, anchors=anchors, emphasis=emphasis), cuts
