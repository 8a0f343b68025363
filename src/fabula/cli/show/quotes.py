"""`fabula show STORY quotes`: what is said, thought and written, and by whom."""

from __future__ import annotations

from msgspec import Struct

from fabula import StoryView
from fabula.cli.show.listing import Listing
from fabula.cli.tables import Cell, Column, Fit
from fabula.cli.terminal import Style
from fabula.cli.views import chapter_number, require_cast, words_of
from fabula.records import Quote

UNKNOWN = "?"

HEADS = (
    Column("id", right=True, style=Style.DIM),
    Column("ch.", right=True, style=Style.DIM),
    Column("speaker"),
    Column("text", Fit.CUT),
)
FIELDS = ("id", "chapter", "speaker", "kind", "manner", "probability", "start", "end", "text")


class QuoteRecord(Struct, frozen=True):
    """A quotation; speaker, speaker_id and probability are None where nobody is known to say it.

    text: the words with their marks, without what stands between the parts. start, end: code points, parts and what is between.
    """

    id: int
    chapter: int
    speaker: str | None
    speaker_id: int | None
    kind: str
    manner: str
    probability: float | None
    start: int
    end: int
    text: str


def list_quotes(view: StoryView, of: str | None) -> Listing[QuoteRecord]:
    """The quotations of a view; of one speaker only, if a name is given. Raises NoSuchCharacterError, NotReadError."""
    if of is not None:
        require_cast(view)
    quotes = view.quotes if of is None else view.quotes_of(view.cast.find(of))
    return Listing([record_of(view, q) for q in quotes], HEADS, _cells, FIELDS, _csv, ("quotation", "quotations"))


def record_of(view: StoryView, quote: Quote) -> QuoteRecord:
    speaker = None if quote.speaker is None else view.cast.by_id(quote.speaker).name
    probability = None if quote.speaker is None else quote.probability
    chapter = chapter_number(view, quote.span.start)
    return QuoteRecord(
        quote.id, chapter, speaker, quote.speaker, quote.kind.value, quote.manner, probability, *quote.span, words_of(view, quote)
    )


def _cells(one: QuoteRecord) -> tuple[Cell, ...]:
    return str(one.id), str(one.chapter), UNKNOWN if one.speaker is None else one.speaker, one.text


def _csv(one: QuoteRecord) -> tuple[object, ...]:
    return one.id, one.chapter, one.speaker, one.kind, one.manner, one.probability, one.start, one.end, one.text
