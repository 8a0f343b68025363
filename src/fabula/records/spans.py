"""Where something stands in the text: half-open stretches of code points."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, overload


class Span(NamedTuple):
    """The stretch `text[start:end]`, in code points."""

    start: int
    end: int

    def __contains__(self, other: object) -> bool:
        """Whether another span lies wholly inside this one."""
        return isinstance(other, tuple) and len(other) == 2 and self.start <= other[0] and other[1] <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


def lies_in(spans: Sequence[Span], offset: int) -> bool:
    """Whether an offset lies in one of some growing spans that do not overlap."""
    at = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return at >= 0 and offset < spans[at].end


class SpanList(Sequence[Span]):
    """Spans in text order that do not overlap, packed: eight bytes each (a novel has hundreds of thousands of tokens).

    >>> words = SpanList.of([(0, 2), (3, 7), (8, 9)])
    >>> words[1], words.inside(Span(2, 9))
    (Span(start=3, end=7), range(1, 3))
    """

    __slots__ = ("ends", "starts")

    def __init__(self, starts: array[int], ends: array[int]) -> None:
        self.starts = starts
        self.ends = ends

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int]]) -> SpanList:
        starts, ends = array("I"), array("I")
        for start, end in spans:
            starts.append(start)
            ends.append(end)
        return cls(starts, ends)

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> SpanList: ...
    def __getitem__(self, index: int | slice) -> Span | SpanList:
        if isinstance(index, slice):
            return SpanList(self.starts[index], self.ends[index])
        return Span(self.starts[index], self.ends[index])

    def __iter__(self) -> Iterator[Span]:
        return map(Span, self.starts, self.ends)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SpanList) and self.starts == other.starts and self.ends == other.ends

    __hash__ = None  # type: ignore[assignment]  # compared by content, and arrays can change

    def inside(self, span: Span) -> range:
        """The indices of those that lie wholly inside `span`."""
        return range(
            bisect_left(self.starts, span.start), max(bisect_left(self.starts, span.start), bisect_right(self.ends, span.end))
        )

    def at(self, offset: int) -> int | None:
        """The index of the one that holds `offset`; None between two."""
        index = bisect_right(self.starts, offset) - 1
        return index if index >= 0 and offset < self.ends[index] else None
