"""`fabula show STORY quotes`: what is said, thought and written, by whom and to whom."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from fabula import StoryView
from fabula.cli.show.cast import Reference
from fabula.cli.show.listing import Listing
from fabula.cli.tables import Cell, Column, Fit
from fabula.cli.terminal import Style
from fabula.cli.views import chapter_number, label_of, require_cast, words_of
from fabula.records import SURE, Quote, QuoteSide

UNKNOWN = "?"
BY_USER = "you"  # in the column of how sure it is
ROOM_FOR_BOTH = 100  # columns of a terminal on which speaker, addressees and some words find room

FIELDS = (*("id", "chapter", "speaker", "addressees", "kind", "manner", "probability", "corrected", "start", "end", "text"),)


class QuoteRecord(Struct, frozen=True):
    """A quotation; speaker, speaker_id and probability are None where nobody is known to say it.

    text: the words with their marks, without what stands between the parts. start, end: code points, parts and what is between.
    corrected: what the user has said of it, "speaker" and "addressees".
    """

    id: int
    chapter: int
    speaker: str | None
    speaker_id: int | None
    addressees: tuple[Reference, ...]
    kind: str
    manner: str
    probability: float | None
    corrected: tuple[str, ...]
    start: int
    end: int
    text: str


def list_quotes(view: StoryView, of: str | None, to: str | None, *, unsure: bool, width: int) -> Listing[QuoteRecord]:
    """The quotations of a view; of one speaker only, and to one person, if a name is given; only those whose speaker is not sure.

    width: of the terminal. Raises NoSuchCharacterError, NotReadError.
    """
    if of is not None or to is not None:
        require_cast(view)
    quotes = view.quotes if of is None else view.quotes_of(view.cast.find(of))
    if to is not None:
        addressee = view.cast.find(to).id
        quotes = tuple(q for q in quotes if addressee in q.addressees)
    if unsure:
        quotes = tuple(q for q in quotes if not q.is_sure)
    has_speaker = of is None or width >= ROOM_FOR_BOTH
    has_addressees = of is not None or width >= ROOM_FOR_BOTH

    label = cache(lambda id_: label_of(view, view.cast.by_id(id_)))  # a book has many quotations and few speakers

    def cells(one: QuoteRecord) -> tuple[Cell, ...]:
        to = tuple(label(a.id) for a in one.addressees)
        speaker = UNKNOWN if one.speaker_id is None else label(one.speaker_id)
        voices: tuple[Cell, ...] = (*((speaker,) if has_speaker else ()), *((to,) if has_addressees else ()))
        return str(one.id), str(one.chapter), *voices, _how_sure(one), one.text

    heads = (
        Column("id", right=True, style=Style.DIM),
        Column("ch.", right=True, style=Style.DIM),
        *((Column("speaker"),) if has_speaker else ()),
        *((Column("to", Fit.ITEMS),) if has_addressees else ()),
        Column("sure", right=True, style=Style.DIM),
        Column("text", Fit.CUT),
    )
    explain = f"speakers that are less sure than {SURE:.0%}, and quotations without one" if unsure else ""
    return Listing(
        [record_of(view, q) for q in quotes],
        heads,
        cells,
        FIELDS,
        _csv,
        ("quotation", "quotations"),
        explain=lambda _widths: explain,
    )


def record_of(view: StoryView, quote: Quote) -> QuoteRecord:
    speaker = None if quote.speaker is None else view.cast.by_id(quote.speaker).name
    return QuoteRecord(
        quote.id,
        chapter_number(view, quote.span.start),
        speaker,
        quote.speaker,
        tuple(Reference(id_, view.cast.by_id(id_).name) for id_ in quote.addressees),
        quote.kind.value,
        quote.manner,
        None if quote.speaker is None else quote.probability,
        tuple(side.value for side in quote.corrected),
        *quote.span,
        words_of(view, quote),
    )


def _how_sure(one: QuoteRecord) -> str:
    if QuoteSide.SPEAKER in one.corrected:
        return BY_USER
    return "" if one.probability is None else f"{one.probability:.0%}"


def _csv(one: QuoteRecord) -> tuple[object, ...]:
    return (
        *(one.id, one.chapter, one.speaker, "; ".join(a.name for a in one.addressees), one.kind, one.manner, one.probability),
        *("; ".join(one.corrected), one.start, one.end, one.text),
    )
