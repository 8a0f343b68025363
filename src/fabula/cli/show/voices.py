"""`fabula show STORY voices`: who speaks to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from fabula import StoryView
from fabula.cli.show.listing import Listing
from fabula.cli.tables import GAP, WIDEST_SHARE, Bar, Cell, Column, Fit
from fabula.cli.terminal import Style, columns
from fabula.cli.views import label_of, require_cast
from fabula.errors import NotReadError
from fabula.story.exchanges import Exchange, count_exchanges, rank_voices

UNKNOWN = "?"
OTHERS = "others"
MOST_PEOPLE = 12  # in the matrix
_LEGEND = "a row speaks, a column is spoken to; --of and --to tell more of one person"
FIELDS = ("speaker", "speaker_id", "addressee", "addressee_id", "quotes")


class VoiceRecord(Struct, frozen=True):
    """How many quotations somebody says to somebody; None is nobody that is known. by_chapter: in each chapter, in order."""

    speaker: str | None
    speaker_id: int | None
    addressee: str | None
    addressee_id: int | None
    quotes: int
    by_chapter: tuple[int, ...]


def list_voices(view: StoryView, of: str | None, to: str | None, *, width: int) -> Listing[VoiceRecord]:
    """Who speaks to whom: on the terminal a matrix of the foremost people; the pairs of those who are named, if any are.

    width: of the terminal. Raises NoSuchCharacterError, NotReadError.
    """
    require_cast(view)
    if "speakers" not in view.layers:
        raise NotReadError("speakers")
    exchanges = count_exchanges(view)
    if of is not None:
        speaker = view.cast.find(of).id
        exchanges = tuple(e for e in exchanges if e.speaker == speaker)
    if to is not None:
        addressee = view.cast.find(to).id
        exchanges = tuple(e for e in exchanges if e.addressee == addressee)
    numbers = [c.number for c in view.chapters]
    matrix = _Matrix(view, exchanges, width) if of is None and to is None and exchanges else None
    return Listing(
        [_record_of(view, e) for e in exchanges],
        matrix.heads if matrix is not None else _heads(numbers),
        lambda one: _cells(view, one),
        (*FIELDS, *(f"chapter_{n}" for n in numbers)),
        lambda one: (one.speaker, one.speaker_id, one.addressee, one.addressee_id, one.quotes, *one.by_chapter),
        ("pair", "pairs"),
        explain=lambda _widths: (
            "" if matrix is None else "a row speaks, a column is spoken to; --of and --to tell more of one person"
        ),
        table=None if matrix is None else matrix.rows,
    )


def _record_of(view: StoryView, one: Exchange) -> VoiceRecord:
    speaker, addressee = (None if id_ is None else view.cast.by_id(id_).name for id_ in (one.speaker, one.addressee))
    return VoiceRecord(speaker, one.speaker, addressee, one.addressee, one.n_quotes, one.by_chapter)


def _heads(numbers: Sequence[int]) -> tuple[Column, ...]:
    bar = f"ch. {numbers[0]}-{numbers[-1]}" if numbers else ""
    return Column("speaker"), Column("to"), Column("quotes", right=True), Column(bar, Fit.BAR)


def _cells(view: StoryView, one: VoiceRecord) -> tuple[Cell, ...]:
    return (
        _name(view, one.speaker_id),
        _name(view, one.addressee_id),
        f"{one.quotes:,}",
        Bar(one.by_chapter if len(one.by_chapter) > 1 else ()),
    )


def _name(view: StoryView, id_: int | None) -> str:
    return UNKNOWN if id_ is None else label_of(view, view.cast.by_id(id_))


class _Matrix:
    """The foremost of those who speak against each other, as many as find room; then all others, and nobody that is known."""

    def __init__(self, view: StoryView, exchanges: Sequence[Exchange], width: int) -> None:
        speaking = {one.speaker for one in exchanges}
        people = [id_ for id_ in rank_voices(exchanges) if id_ in speaking]
        for n_shown in range(min(MOST_PEOPLE, len(people)), -1, -1):
            self._fill(view, exchanges, people[:n_shown])
            widest = [
                max(columns(str(row[at])) for row in [[h.head for h in self.heads], *self.rows]) for at in range(len(self.heads))
            ]
            widest[1] = min(widest[1], int(width * WIDEST_SHARE))
            if sum(widest) + GAP * (len(widest) - 1) <= width:
                break

    def _fill(self, view: StoryView, exchanges: Sequence[Exchange], shown: Sequence[int]) -> None:
        place = {id_: at for at, id_ in enumerate(shown)}
        others, unknown = len(shown), len(shown) + 1

        def at(id_: int | None) -> int:
            return unknown if id_ is None else place.get(id_, others)

        counts: dict[tuple[int, int], int] = defaultdict(int)
        for one in exchanges:
            counts[at(one.speaker), at(one.addressee)] += one.n_quotes
        numbers = [str(n) for n in range(1, len(shown) + 1)]
        heads = [*numbers, OTHERS, UNKNOWN, "all"]
        names = [*(_name(view, id_) for id_ in shown), OTHERS, UNKNOWN]
        self.heads = (
            Column("", right=True, style=Style.DIM),
            Column("speaks to"),
            *(Column(head, right=True) for head in heads),
        )
        self.rows: list[tuple[str, ...]] = []
        for row, name in enumerate(names):
            cells = [counts[row, column] for column in range(len(names))]
            if row < len(shown) or any(cells):
                number = numbers[row] if row < len(shown) else ""
                self.rows.append((number, name, *map(_count, [*cells, sum(cells)])))


def _count(n: int) -> str:
    return f"{n:,}" if n else "."
