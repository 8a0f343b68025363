"""What is said: quotations, who says how much to whom, and chapters as scripts."""

from __future__ import annotations

from collections.abc import Sequence

from fabula.export.script import Piece, cut_paragraphs
from fabula.records import Quote
from fabula.story.exchanges import rank_voices
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
    every = lens.exchanges
    if chapter is not None:
        lens.span_of(chapter)
        in_it = (e._replace(n_quotes=e.by_chapter[chapter]) for e in every if e.by_chapter[chapter])
        every = sorted(in_it, key=lambda e: -e.n_quotes)
    people = rank_voices(every)
    by_chapter = (
        ChapterVoiceCell(index, e.speaker, e.addressee, n)
        for e in every
        for index, n in enumerate(e.by_chapter)
        if n and chapter in (None, index)
    )
    return VoicesAnswer(
        people,
        tuple(VoiceCell(e.speaker, e.addressee, e.n_quotes) for e in every),
        tuple(sorted(by_chapter, key=lambda cell: cell.chapter)),
        lens.people_of(people),
    )


def describe_script(lens: Lens, index: int) -> ScriptAnswer:
    """A chapter as it is spoken: narration and quotations in turn, a quotation inside another one within it.

    Raises NoSuchPlaceInTextError.
    """
    numbers = lens.paragraph_numbers(lens.span_of(index))
    pieces = [piece for _, _, cut in cut_paragraphs(lens.view, numbers) for piece in cut]
    lines = (_line(lens, piece) for piece in pieces)
    return ScriptAnswer(tuple(filter(None, lines)), lens.people_of(ids_in(piece.quote for piece in pieces if piece.quote)))


def _line(lens: Lens, piece: Piece) -> ScriptLine | None:
    """A piece without the white space round it; None if there is nothing else."""
    words, quote = lens.view.quote(piece.span), piece.quote
    start = piece.span.start + len(words) - len(words.lstrip())
    words = words.strip()
    end = start + len(words)
    if not words:
        return None
    if quote is None:
        return ScriptLine("narration", words, start, end, None, None, (), None, None)
    probability = None if quote.speaker is None else quote.probability
    return ScriptLine(
        quote.kind.value, words, start, end, quote.id, quote.speaker, quote.addressees, quote.manner or None, probability
    )
