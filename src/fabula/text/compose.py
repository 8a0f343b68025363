"""Make one text of a manuscript: its story as one string, with paragraphs, chapters, sentences and tokens, and the way back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from fabula.records import (
    Anchor,
    Block,
    BlockKind,
    Chapter,
    Manuscript,
    Note,
    Notice,
    Paragraph,
    ParagraphKind,
    Span,
    SpanList,
    Text,
)
from fabula.text.candidates import split_headings
from fabula.text.chapters import ChapterBlocks, Division, find_division
from fabula.text.tokens import find_tokens

BETWEEN = "\n\n"
KINDS = {
    BlockKind.PARAGRAPH: ParagraphKind.PROSE,
    BlockKind.VERSE: ParagraphKind.VERSE,
    BlockKind.INSET: ParagraphKind.INSET,
    BlockKind.HEADING: ParagraphKind.HEADING,
    BlockKind.BREAK: ParagraphKind.BREAK,
}


def compose_text(manuscript: Manuscript) -> Text:
    """Join a manuscript's story into one string, its blocks two line ends apart, and find its structure.

    What is not story becomes notes, faults become notices; every span quotes a block's words exactly.
    """
    pieces = split_headings(manuscript.blocks)
    blocks = [block for block, _, _ in pieces]
    division = find_division(blocks)
    outside = {i for cut in division.left_out for i in range(cut.start, cut.stop)}
    if blocks and not any(KINDS[block.kind].is_prose for i, block in enumerate(blocks) if i not in outside):
        # Nothing but front matter: then the front matter is what there is to read.
        division = Division((ChapterBlocks(0, 0, 0, "", "", 0, ""),), division.headings, (), ())
        outside = set()

    parts: list[str] = []
    paragraphs: list[Paragraph] = []
    anchors: list[Anchor] = []
    emphasis: list[Span] = []
    starts: list[int] = []  # of every block; of one that is left out, where the next one stands
    at = 0
    for i, block in enumerate(blocks):
        starts.append(at)
        if i in outside:
            continue
        span = Span(at, at + len(block.text))
        paragraphs.append(Paragraph(span, ParagraphKind.HEADING if i in division.headings else KINDS[block.kind]))
        anchors.extend(a._replace(offset=at + min(a.offset, len(block.text))) for a in block.anchors)
        emphasis.extend(Span(at + start, at + end) for start, end in block.emphasis)
        parts.append(block.text)
        at = span.end + len(BETWEEN)
    string = BETWEEN.join(parts)
    length = len(string)
    places = _Places(pieces, [min(start, length) for start in starts], outside, length)

    notes = [Note(aside.kind, aside.title, aside.text, places.of(aside.block, aside.offset)) for aside in manuscript.asides]
    for cut in division.left_out:
        words = BETWEEN.join(b.text for b in blocks[cut.start : cut.stop] if b.text and b.kind is not BlockKind.BREAK)
        if words:
            notes.append(Note(cut.kind, " ".join(cut.title.split()), words, places.starts[cut.start]))
    notices = [Notice(o.kind, o.message, places.span_of(o.block)) for o in manuscript.oddities]
    for o in division.oddities:
        start = places.starts[o.block]
        notices.append(Notice(o.kind, o.message, Span(start, start + len(blocks[o.block].text))))

    covered = tuple(paragraphs)
    sentences, tokens = find_tokens(string, covered)
    return Text(
        string,
        covered,
        _make_chapters(division, places.starts, length) if blocks else (),
        sentences,
        tokens,
        tuple(_growing(anchors)),
        SpanList.of(_apart(emphasis)),
        tuple(sorted(notes, key=lambda note: note.at)),
        tuple(sorted(notices, key=lambda notice: notice.span)),
    )


class _Places:
    """Where the manuscript's blocks stand in the text."""

    def __init__(self, pieces: Sequence[tuple[Block, int, int]], starts: list[int], outside: set[int], length: int) -> None:
        self.pieces, self.starts, self.outside, self.length = pieces, starts, outside, length
        self._origins = [(origin, offset) for _, origin, offset in pieces]

    def of(self, block: int, offset: int) -> int:
        """The offset in the text of a place in a block of the manuscript; of one outside the story, where the story goes on."""
        i = bisect_right(self._origins, (block, offset)) - 1
        if i < 0 or self._origins[i][0] != block:
            i = bisect_left(self._origins, (block, 0))
            return self.starts[i] if i < len(self.starts) else self.length
        if i in self.outside:
            return self.starts[i]
        piece, _, begin = self.pieces[i]
        return self.starts[i] + min(offset - begin, len(piece.text))

    def span_of(self, block: int) -> Span:
        i = bisect_left(self._origins, (block, 0))
        if i >= len(self.starts):
            return Span(self.length, self.length)
        return Span(self.starts[i], self.starts[i] + (0 if i in self.outside else len(self.pieces[i][0].text)))


def _make_chapters(division: Division, starts: Sequence[int], length: int) -> tuple[Chapter, ...]:
    bounds = [starts[chapter.start] for chapter in division.chapters] + [length]
    return tuple(
        Chapter(number, Span(bounds[number - 1], bounds[number]), c.label, c.title, c.heading, c.part, c.part_title)
        for number, c in enumerate(division.chapters, 1)
    )


def _growing(anchors: Iterable[Anchor]) -> list[Anchor]:
    """One anchor an offset, the last: where a line was taken out whole, the next one begins at the same place."""
    growing: list[Anchor] = []
    for anchor in anchors:
        if growing and anchor.offset <= growing[-1].offset:
            growing.pop()
        growing.append(anchor)
    return growing


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Stretches that overlap or lie in one another, as one."""
    apart: list[Span] = []
    for span in sorted(span for span in spans if span.end > span.start):
        if apart and span.start < apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return apart
