"""In whose mouth something stands: the innermost quotation round a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from fabula.records import Quote, Span


class Enclosing(NamedTuple):
    """A quotation, and that part of it which holds the place."""

    quote: Quote
    part: Span


class Scopes:
    """The quotations of a text by place; they nest, and may have several parts."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        self._parts = sorted(
            (Enclosing(quote, part) for quote in quotes for part in quote.parts),
            key=lambda found: (found.part.start, -found.part.end),
        )
        self._starts = [part.start for _, part in self._parts]
        self._around: list[int] = []  # for each part the index of the one that it stands in, -1 if none
        for index, (_, part) in enumerate(self._parts):
            around = index - 1
            while around >= 0 and not _holds(self._parts[around].part, part):
                around = self._around[around]
            self._around.append(around)

    def innermost(self, span: Span, *, but: Quote | None = None) -> Enclosing | None:
        """The innermost quotation that holds a span, other than `but`; None where the narration speaks."""
        index = bisect_right(self._starts, span.start) - 1
        while index >= 0:
            found = self._parts[index]
            if _holds(found.part, span) and found.quote is not but:
                return found
            index = self._around[index]
        return None


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
