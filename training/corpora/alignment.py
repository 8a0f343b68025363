"""A corpus's own tokens beside ours, over one rebuilt text, and labels moved between the two by characters.

The sentences are the corpus's own: each is tokenised by itself, and none of our tokens crosses two of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fabula.records import Paragraph, ParagraphKind, Span, SpanList
from fabula.text.tokens import find_tokens


class CorpusToken(NamedTuple):
    """A word or mark as the corpus has it; `space_after`: whether white space parts it from the next one of its sentence."""

    form: str
    space_after: bool = True


class TokenSpan(NamedTuple):
    """The tokens `[start, end)` of a document, by number; never empty."""

    start: int
    end: int


class Moved(NamedTuple):
    """A span in the other tokens. `exact` is False where it grew: it began or ended within one of them, and took the whole."""

    span: TokenSpan
    exact: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """One document in both tokenisations.

    string: the rebuilt text. theirs, ours: the tokens, in code points of it; only white space lies outside them.
    their_sentences, our_sentences: the corpus's sentences, numbers of tokens of either side; one for one.
    """

    string: str
    theirs: SpanList
    ours: SpanList
    their_sentences: tuple[TokenSpan, ...]
    our_sentences: tuple[TokenSpan, ...]

    def to_ours(self, theirs: TokenSpan) -> Moved:
        """The fewest of our tokens that hold all of theirs."""
        return _move(theirs, self.theirs, self.ours)

    def to_theirs(self, ours: TokenSpan) -> Moved:
        """The fewest of the corpus's tokens that hold all of ours."""
        return _move(ours, self.ours, self.theirs)

    def words(self) -> list[str]:
        """Our tokens as strings."""
        return [self.string[start:end] for start, end in self.ours]

    def their_words(self) -> list[str]:
        """The corpus's tokens as strings."""
        return [self.string[start:end] for start, end in self.theirs]

    def characters(self, ours: TokenSpan) -> Span:
        """Where a span of our tokens stands in `string`."""
        return Span(self.ours.starts[ours.start], self.ours.ends[ours.end - 1])


def align(sentences: Iterable[Sequence[CorpusToken]]) -> Alignment:
    """Rebuild a document's text from the corpus's tokens, one space between sentences, and tokenise it with our rules.

    >>> words = align([[CorpusToken("well", False), CorpusToken("-", False), CorpusToken("known")]])
    >>> words.to_ours(TokenSpan(2, 3)), words.to_theirs(TokenSpan(0, 1))
    (Moved(span=TokenSpan(start=0, end=1), exact=False), Moved(span=TokenSpan(start=0, end=3), exact=True))
    """
    pieces: list[str] = []
    at = 0
    theirs: list[Span] = []
    their_sentences: list[TokenSpan] = []
    lines: list[Span] = []
    for sentence in sentences:
        if not sentence:
            continue
        begin, first = at, len(theirs)
        for form, space_after in sentence:
            theirs.append(Span(at, at + len(form)))
            pieces.append(form)
            at += len(form)
            if space_after:
                pieces.append(" ")
                at += 1
        if not sentence[-1].space_after:
            pieces.append(" ")
            at += 1
        lines.append(Span(begin, theirs[-1].end))
        their_sentences.append(TokenSpan(first, len(theirs)))
    string = "".join(pieces).removesuffix(" ")
    # A heading is always one sentence, so the corpus's sentences stay as they are.
    _, ours = find_tokens(string, [Paragraph(line, ParagraphKind.HEADING) for line in lines])
    our_sentences = tuple(TokenSpan(inside.start, inside.stop) for inside in map(ours.inside, lines))
    return Alignment(string, SpanList.of(theirs), ours, tuple(their_sentences), our_sentences)


def _move(span: TokenSpan, source: SpanList, target: SpanList) -> Moved:
    start, end = source.starts[span.start], source.ends[span.end - 1]
    first = bisect_right(target.starts, start) - 1
    last = bisect_left(target.ends, end)
    return Moved(TokenSpan(first, last + 1), target.starts[first] == start and target.ends[last] == end)


class Widened(NamedTuple):
    """A label that could not be moved exactly: its words in the corpus, and the words of ours that it lies on now."""

    theirs: str
    ours: str


@dataclass(frozen=True, slots=True)
class Moves:
    """How the labels of a layer came over to our tokens.

    n_labels: of the corpus. widened: those that begin or end within one of our tokens, and now cover the whole of it.
    n_merged: those that fell upon another label of the layer by that.
    """

    n_labels: int
    widened: tuple[Widened, ...] = ()
    n_merged: int = 0


def count_moves(alignment: Alignment, theirs: Sequence[TokenSpan]) -> Moves:
    """Say how the spans of one layer come over to our tokens."""
    moved = [alignment.to_ours(span) for span in theirs]
    widened = tuple(
        Widened(_words(alignment, span, alignment.theirs), _words(alignment, new.span, alignment.ours))
        for span, new in zip(theirs, moved, strict=True)
        if not new.exact
    )
    return Moves(len(theirs), widened, len(set(theirs)) - len({new.span for new in moved}))


def _words(alignment: Alignment, span: TokenSpan, tokens: SpanList) -> str:
    return alignment.string[tokens.starts[span.start] : tokens.ends[span.end - 1]]
