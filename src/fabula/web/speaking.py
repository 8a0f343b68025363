"""What is said: quotations, who says how much to whom, and chapters as scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from fabula.records import Quote, QuoteKind, Span
from fabula.web.lens import Lens, ids_in
from fabula.web.payloads import ChapterVoiceCell, QuotesAnswer, ScriptAnswer, ScriptLine, VoiceCell, VoicesAnswer


def describe_quotes(
    lens: Lens, *, of: int | None, to: int | None, chapter: int | None, unsure: bool, offset: int, limit: int
) -> QuotesAnswer:
    """The quotations of one speaker, to one person, of a chapter, of which it is not sure who speaks: all that is asked for holds.

    Raises NoSuchPersonError, NoSuchPlaceInTextError.
    """
    for id_ in (of, to):
        if id_ is not None:
            lens.character(id_)
    found: Sequence[Quote] = lens.quotes if chapter is None else lens.quotes_in(lens.span_of(chapter))
    if of is not None:
        found = [q for q in found if q.speaker == of]
    if to is not None:
        found = [q for q in found if to in q.addressees]
    if unsure:
        found = [q for q in found if not lens.is_sure(q)]
    shown = found[offset : offset + limit]
    named = {id_ for id_ in (of, to) if id_ is not None}
    return QuotesAnswer(len(found), tuple(map(lens.describe_quote_in_full, shown)), lens.people_of(ids_in(shown) | named))


def describe_voices(lens: Lens, chapter: int | None) -> VoicesAnswer:
    """Who says how much to whom, in the whole or in one chapter. Raises NoSuchPlaceInTextError.

    Only what is said aloud; a quotation to two people counts for each of them.
    """
    found = lens.quotes if chapter is None else lens.quotes_in(lens.span_of(chapter))
    spoken = [q for q in found if q.kind is QuoteKind.SPEECH]
    counts = Counter((lens.chapter_at(q.span.start), q.speaker, to) for q in spoken for to in q.addressees or (None,))
    cells: Counter[tuple[int | None, int | None]] = Counter()
    busy: Counter[int] = Counter()
    for (_, speaker, to), n in counts.items():
        cells[speaker, to] += n
        busy.update({id_: n for id_ in (speaker, to) if id_ is not None})
    people = sorted(busy, key=lambda id_: (-busy[id_], lens.people[id_].rank))
    return VoicesAnswer(
        tuple(people),
        tuple(VoiceCell(*pair, n) for pair, n in sorted(cells.items(), key=lambda cell: (-cell[1], _key(cell[0])))),
        tuple(
            ChapterVoiceCell(index, speaker, to, n)
            for (index, speaker, to), n in sorted(counts.items(), key=lambda cell: _key(cell[0]))
        ),
        lens.people_of(people),
    )


def _key(ids: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(-1 if id_ is None else id_ for id_ in ids)


def describe_script(lens: Lens, index: int) -> ScriptAnswer:
    """A chapter as it is spoken: narration and quotations in turn, a quotation inside another one within it.

    Raises NoSuchPlaceInTextError.
    """
    span = lens.span_of(index)
    quotes = lens.quotes_in(span)
    pieces = list(_outermost(quotes))
    lines: list[ScriptLine] = []
    for paragraph in lens.paragraphs_in(span):
        at = paragraph.span.start
        for part, quote in pieces:
            start, end = max(at, part.start), min(paragraph.span.end, part.end)
            if start < end:
                lines += [*_narration(lens, Span(at, start)), _spoken(lens, Span(start, end), quote)]
                at = end
        lines += _narration(lens, Span(at, paragraph.span.end))
    return ScriptAnswer(tuple(lines), lens.people_of(ids_in(quotes)))


def _outermost(quotes: Sequence[Quote]) -> Iterator[tuple[Span, Quote]]:
    """The parts of quotations that stand in no other one, in text order."""
    end = 0
    for part, quote in sorted(((part, q) for q in quotes for part in q.parts), key=lambda found: (found[0].start, -found[0].end)):
        if part.start >= end:
            end = part.end
            yield part, quote


def _narration(lens: Lens, span: Span) -> list[ScriptLine]:
    words = lens.view.quote(span)
    start = span.start + len(words) - len(words.lstrip())
    words = words.strip()
    return [ScriptLine("narration", words, start, start + len(words), None, None, (), None, None)] if words else []


def _spoken(lens: Lens, span: Span, quote: Quote) -> ScriptLine:
    probability = None if quote.speaker is None else quote.probability
    words = lens.view.quote(span)
    return ScriptLine(quote.kind.value, words, *span, quote.id, quote.speaker, quote.addressees, quote.manner or None, probability)
