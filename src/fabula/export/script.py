"""A story as a script, for those who read it aloud: what the narrator says and what each voice says, in order.

`docs/reference/script.md` is its description, the structs here the schema of its JSON.

The segments of a paragraph are the paragraph, cut where a voice begins or ends; white space goes with the segment before it. What
is quoted inside what somebody says is said by that one. The words that say who speaks are the narrator's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from msgspec import UNSET, Struct, UnsetType

from fabula.records import Chapter, Paragraph, ParagraphKind, Quote, QuoteKind, Span
from fabula.story.story import StoryView

FORMAT = "fabula-script"
VERSION = 1
NARRATOR, UNKNOWN = "narrator", "unknown"
_ASIDE = {ParagraphKind.HEADING: "heading", ParagraphKind.BREAK: "break"}


class Reference(Struct, frozen=True):
    """A character."""

    id: int
    name: str


class Voice(Struct, frozen=True):
    """Somebody who reads. voice: the number that segments carry.

    kind: "narrator", "character", or "unknown": whoever says what nobody is known to say. character: the id; of the narrator that
    of whoever tells the story, null where nobody of the cast does, or several do. quotes, words: how much there is to read.
    """

    voice: int
    kind: str
    name: str
    character: int | None
    gender: str
    segments: int
    quotes: int
    words: int


class Segment(Struct, frozen=True, kw_only=True):
    """A piece of a paragraph that one voice reads. text is `text[start:end]` of the story, in code points.

    kind: "narration", "heading", "break", "speech", "thought", "writing". quote, speaker, probability: null where nobody speaks.
    """

    start: int
    end: int
    text: str | UnsetType = UNSET
    paragraph: int
    kind: str
    voice: int
    quote: int | None = None
    speaker: Reference | None = None
    addressees: tuple[Reference, ...] = ()
    manner: str = ""
    probability: float | None = None
    sure: bool = True
    corrected: tuple[str, ...] = ()


class ScriptChapter(Struct, frozen=True):
    """number is null for what stands in no chapter."""

    number: int | None
    title: str
    heading: str
    part: int | None
    part_title: str
    start: int
    end: int
    segments: tuple[Segment, ...]


class Script(Struct, frozen=True, kw_only=True):
    """The document. end: the code point of the text as far as it reaches."""

    format: str = FORMAT
    version: int = VERSION
    title: str
    author: str
    language: str
    end: int
    voices: tuple[Voice, ...]
    chapters: tuple[ScriptChapter, ...]


class Piece(NamedTuple):
    """A piece of a paragraph, and the quotation that it is of; None is the narration."""

    span: Span
    quote: Quote | None


def describe_script(view: StoryView, *, with_text: bool = True) -> Script:
    """All paragraphs that have been read whole, in segments; with_text: if False, without their texts."""
    pieces = list(cut_paragraphs(view, range(len(view.paragraphs))))
    voices = _Voices(view, [piece for _, paragraph, cut in pieces if paragraph.kind.is_prose for piece in cut])
    by_chapter: dict[int, list[Segment]] = {}
    starts = [chapter.span.start for chapter in view.chapters]
    for number, paragraph, cut in pieces:
        at = bisect_right(starts, paragraph.span.start) - 1
        by_chapter.setdefault(at, []).extend(
            _describe(view, piece, paragraph, number, voices, with_text=with_text) for piece in cut
        )
    segments = [segment for found in by_chapter.values() for segment in found]
    book = view.book
    return Script(
        title=book.title,
        author=book.author,
        language=book.language,
        end=view.end,
        voices=voices.describe(view, segments),
        chapters=tuple(_describe_chapter(view, at, tuple(found)) for at, found in sorted(by_chapter.items())),
    )


def cut_paragraphs(view: StoryView, numbers: range) -> Iterator[tuple[int, Paragraph, list[Piece]]]:
    """Each paragraph of these in which something stands, with its number in the view and its pieces."""
    parts = list(_outermost(view.quotes))
    ends = [part.end for part, _ in parts]
    for number in numbers:
        paragraph = view.paragraphs[number]
        start, end = paragraph.span
        if start == end:
            continue
        if not paragraph.kind.is_prose:
            yield number, paragraph, [Piece(paragraph.span, None)]
            continue
        pieces: list[Piece] = []
        at = start
        for part, quote in parts[bisect_right(ends, start) :]:
            if part.start >= end:
                break
            if part.start > at:
                pieces.append(Piece(Span(at, part.start), None))
            at = max(at, part.start)
            pieces.append(Piece(Span(at, min(part.end, end)), quote))
            at = min(part.end, end)
        if at < end:
            pieces.append(Piece(Span(at, end), None))
        yield number, paragraph, list(_without_bare_space(pieces, view.text))


def _outermost(quotes: Sequence[Quote]) -> Iterator[tuple[Span, Quote]]:
    """The parts of quotations that stand in no other one, in text order; of two that overlap the second one's rest."""
    at = 0
    for part, quote in sorted(((p, q) for q in quotes for p in q.parts), key=lambda found: (found[0].start, -found[0].end)):
        if part.end > at:
            yield Span(max(at, part.start), part.end), quote
            at = part.end


def _without_bare_space(pieces: Sequence[Piece], text: str) -> Iterator[Piece]:
    """The pieces, white space at the beginning of each given to the one before it; what is nothing else is no piece of its own."""
    held: Piece | None = None
    for span, quote in pieces:
        words = text[span.start : span.end]
        begin = span.end - len(words.lstrip())
        if held is None or not text[held.span.start : held.span.end].strip():
            held = Piece(Span(held.span.start if held else span.start, span.end), quote)
        elif begin == span.end:
            held = Piece(Span(held.span.start, span.end), held.quote)
        else:
            yield Piece(Span(held.span.start, begin), held.quote)
            held = Piece(Span(begin, span.end), quote)
    if held is not None:
        yield held


class _Voices:
    """Who reads, each with a number: the narrator, the characters by how much they say, and last whoever is not known."""

    def __init__(self, view: StoryView, pieces: Sequence[Piece]) -> None:
        said = {piece.quote.id: piece.quote for piece in pieces if piece.quote is not None}
        lines = Counter(quote.speaker for quote in said.values() if quote.speaker is not None)
        self._speakers = [id_ for id_, _ in sorted(lines.items(), key=lambda found: (-found[1], found[0]))]
        self._numbers = {id_: number for number, id_ in enumerate(self._speakers, 1)}
        tellers = [c.id for c in view.cast if c.narrator]
        self._teller = tellers[0] if len(tellers) == 1 else None

    def number_of(self, quote: Quote | None) -> int:
        if quote is None or (quote.speaker is None and quote.kind is QuoteKind.WRITING):
            return 0
        return len(self._speakers) + 1 if quote.speaker is None else self._numbers[quote.speaker]

    def describe(self, view: StoryView, segments: Sequence[Segment]) -> tuple[Voice, ...]:
        n_segments = Counter(segment.voice for segment in segments)
        n_quotes = Counter(voice for voice, quote in {(s.voice, s.quote) for s in segments} if quote is not None)
        words = [0, *accumulate(any(map(str.isalnum, view.text[start:end])) for start, end in view.tokens)]
        n_words: Counter[int] = Counter()
        for segment in segments:
            tokens = view.tokens.inside(Span(segment.start, segment.end))
            n_words[segment.voice] += words[tokens.stop] - words[tokens.start]

        def make(voice: int, kind: str, name: str, character: int | None) -> Voice:
            gender = view.cast.by_id(character).gender.value if character is not None else UNKNOWN
            return Voice(voice, kind, name, character, gender, n_segments[voice], n_quotes[voice], n_words[voice])

        found = [make(0, NARRATOR, NARRATOR, self._teller)]
        found += [make(self._numbers[id_], "character", view.cast.label(view.cast.by_id(id_)), id_) for id_ in self._speakers]
        last = len(self._speakers) + 1
        return (*found, *((make(last, UNKNOWN, UNKNOWN, None),) if n_segments[last] else ()))


def _describe(view: StoryView, piece: Piece, paragraph: Paragraph, number: int, voices: _Voices, *, with_text: bool) -> Segment:
    (start, end), quote = piece
    text = view.text[start:end] if with_text else UNSET
    voice = voices.number_of(quote)
    if quote is None:
        kind = _ASIDE.get(paragraph.kind, "narration")
        return Segment(start=start, end=end, text=text, paragraph=number, kind=kind, voice=voice)

    def refer(id_: int) -> Reference:
        return Reference(id_, view.cast.by_id(id_).name)

    return Segment(
        start=start,
        end=end,
        text=text,
        paragraph=number,
        kind=quote.kind.value,
        voice=voice,
        quote=quote.id,
        speaker=None if quote.speaker is None else refer(quote.speaker),
        addressees=tuple(map(refer, quote.addressees)),
        manner=quote.manner,
        probability=None if quote.speaker is None else quote.probability,
        sure=quote.is_sure,
        corrected=tuple(side.value for side in quote.corrected),
    )


def _describe_chapter(view: StoryView, at: int, segments: tuple[Segment, ...]) -> ScriptChapter:
    if at < 0:
        return ScriptChapter(None, "", "", None, "", segments[0].start, segments[-1].end, segments)
    chapter: Chapter = view.chapters[at]
    return ScriptChapter(
        chapter.number, chapter.title, chapter.heading, chapter.part or None, chapter.part_title, *chapter.span, segments
    )
