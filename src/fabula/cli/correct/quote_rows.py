"""The quotations as rows of a table, and what has been changed in them as corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from fabula import StoryView
from fabula.cli.correct.rows import Told
from fabula.cli.correct.sheet import Row, as_item, as_items, read_mention, write_mention
from fabula.cli.terminal import one_line
from fabula.cli.views import chapter_number, words_of
from fabula.errors import FabulaError, NoSuchCharacterError, RowError
from fabula.records import Character, Correction, Place, Quote, QuoteSide, SetAddressees, SetSpeaker, Span, Who
from fabula.story.corrections.places import Misfit, find_words, quote_place
from fabula.story.corrections.pointing import point_at, point_at_quote

UNKNOWN, NOBODY = "unknown", "none"
"""Cells of a speaker and of addressees of whom the user has said that they are not known; where nobody has, they are empty."""

LONGEST_PLACE = 60  # code points of a quotation by which its row is found again, besides what stands around them
_FORMULA = tuple("=+-@\t\r")


def rows_of_quotes(view: StoryView) -> Iterator[Mapping[str, str]]:
    """A row for each quotation, in the order in which they end."""
    for quote in view.quotes:
        place = _quote_begin(view, quote)
        yield {
            "id": str(quote.id),
            "chapter": str(chapter_number(view, quote.span.start) if place is None else place.chapter or ""),
            "speaker": _write_speaker(view, quote),
            "addressees": _write_addressees(view, quote),
            "probability": "" if quote.speaker is None else f"{quote.probability:g}",
            "manner": quote.manner,
            "text": _write_text(view, quote),
            "place": "" if place is None else write_mention(place),
        }


def _quote_begin(view: StoryView, quote: Quote) -> Place | None:
    """The beginning of a quotation, quoted by whole words; None if it cannot be told from another one like it."""
    start, end = quote.parts[0]
    if end - start > LONGEST_PLACE:
        words = view.text[start : start + LONGEST_PLACE]
        end = start + len(words.rpartition(" ")[0] or words)
    place = quote_place(view.text, view.chapters, Span(start, end))
    return place if find_words(view.text, view.chapters, place) == Span(start, end) else None


def _write_text(view: StoryView, quote: Quote) -> str:
    text = one_line(words_of(view, quote))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _write_speaker(view: StoryView, quote: Quote) -> str:
    if quote.speaker is None:
        return UNKNOWN if QuoteSide.SPEAKER in quote.corrected else ""
    return as_item(view.cast.label(view.cast.by_id(quote.speaker)))


def _write_addressees(view: StoryView, quote: Quote) -> str:
    if not quote.addressees:
        return NOBODY if QuoteSide.ADDRESSEES in quote.corrected else ""
    return as_items(view.cast.label(view.cast.by_id(id_)) for id_ in quote.addressees)


def compare_quote_rows(view: StoryView, path: Path, rows: Sequence[Row]) -> list[Told]:
    """What rows say otherwise than the story, as corrections.

    A row is found by its `place`, whatever its `id` is now. Quotations and columns that are left out stay as they are. path: the
    file that errors name. Raises RowError where a row cannot be so.
    """
    return list(_Comparison(view, path).compare(rows))


class _Comparison:
    def __init__(self, view: StoryView, path: Path) -> None:
        self._view, self._path = view, path
        self._by_start = {q.parts[0].start: q for q in view.quotes}
        self._by_id = {str(q.id): q for q in view.quotes}
        self._by_label = {as_item(view.cast.label(c)): c for c in view.cast}
        self._who = cache(lambda id_: point_at(view, view.cast.by_id(id_)))

    def compare(self, rows: Sequence[Row]) -> Iterator[Told]:
        seen: dict[int, int] = {}
        for row in rows:
            try:
                quote = self._find_quote(row)
                if seen.setdefault(quote.id, row.number) != row.number:
                    raise RowError(self._path, row.number, f"it is about the same quotation as row {seen[quote.id]}")
                yield from ((row.number, c) for c in (*self._speaker(row, quote), *self._addressees(row, quote)))
            except RowError:
                raise
            except NoSuchCharacterError as error:
                raise self._wrong(row, error.message, f"{error.hint}; nothing has been changed") from error
            except FabulaError as error:
                raise self._wrong(row, error.message) from error

    def _find_quote(self, row: Row) -> Quote:
        if not row.get("place"):
            quote = self._by_id.get(row.get("id").removesuffix(".0"))
            if quote is None or _write_text(self._view, quote) != row.get("text"):
                raise self._wrong(row, "`place` is empty, so that it cannot be told which quotation it is", _GONE)
            return quote
        place = read_mention(row, "place")
        if place is None:
            raise self._wrong(row, "`place` has no ⟦words⟧ any more: leave it as it was written, and save as CSV UTF-8")
        span = find_words(self._view.text, self._view.chapters, place)
        if isinstance(span, Misfit):
            raise self._wrong(row, f"`{place.words}` {span}", _GONE)
        if span.start not in self._by_start:
            raise self._wrong(row, f"no quotation begins with `{place.words}` any more", _GONE)
        return self._by_start[span.start]

    def _wrong(self, row: Row, mistake: str, hint: str = "") -> RowError:
        return RowError(self._path, row.number, mistake, hint) if hint else RowError(self._path, row.number, mistake)

    def _speaker(self, row: Row, quote: Quote) -> Iterator[Correction]:
        said = row.get("speaker")
        is_sure = QuoteSide.SPEAKER not in quote.corrected and quote.probability < 1 and _is_one(row.get("probability"))
        if "speaker" not in row.cells or (said == _write_speaker(self._view, quote) and not is_sure):
            return
        character = self._find(said) if said and said.lower() != UNKNOWN else None
        who = None if character is None else character.id
        if who != quote.speaker or is_sure or (said and QuoteSide.SPEAKER not in quote.corrected and who is None):
            yield SetSpeaker(point_at_quote(self._view, quote), None if who is None else self._point_at(who))

    def _addressees(self, row: Row, quote: Quote) -> Iterator[Correction]:
        said = row.get("addressees")
        if "addressees" not in row.cells or said == _write_addressees(self._view, quote):
            return
        items = [] if said.lower() in (NOBODY, UNKNOWN) else row.items("addressees")
        people = dict.fromkeys(self._find(item).id for item in items)
        if {*people} != {*quote.addressees} or (said and not items):
            yield SetAddressees(point_at_quote(self._view, quote), tuple(self._point_at(id_) for id_ in people))

    def _find(self, item: str) -> Character:
        return self._by_label.get(item) or self._view.cast.find(item)

    def _point_at(self, id_: int) -> Who:
        who: Who = self._who(id_)
        return who


_GONE = "the text has changed since: take the row out, or write a new table; nothing has been changed"


def _is_one(cell: str) -> bool:
    """Whether a probability says that it is certain.

    >>> _is_one("1"), _is_one("1,0"), _is_one("0.93"), _is_one("")
    (True, True, False, False)
    """
    try:
        return float(cell.replace(",", ".")) == 1
    except ValueError:
        return False
