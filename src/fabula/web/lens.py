"""A story as far as its reader has come, with what several pages ask of it: each found when it is first asked for, and kept."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec.structs import astuple

from fabula import Story, StoryView
from fabula.errors import NoSuchPlaceInTextError, NoSuchQuoteError
from fabula.records import Character, Mention, Paragraph, Quote, QuoteKind, Span
from fabula.story.address import Address, count_addresses
from fabula.story.cast import without_accents
from fabula.story.exchanges import Exchange, count_exchanges
from fabula.web.faults import NoSuchPersonError
from fabula.web.payloads import Passage, People, Person, Place, QuoteLine, QuoteText

N_HUES = 12  # people who have a colour of their own: as many as can be told apart, also by the colour-blind


class Lens:
    """A view of a story. until: the index of the chapter that it ends with or in, None for the whole."""

    def __init__(self, story: Story, view: StoryView) -> None:
        self.story = story
        self.view = view
        self.until = max(0, len(view.chapters) - 1) if view.is_cut else None

    @classmethod
    def at(cls, story: Story, until: int | None) -> Lens:
        """On a story up to and with the chapter of an index; None: on the whole. Raises NoSuchPlaceInTextError if there is none."""
        if until is None:
            return cls(story, story)
        if not 0 <= until < len(story.chapters):
            raise NoSuchPlaceInTextError(str(until), f"it has {len(story.chapters)} chapters, counted from 0")
        lens = cls(story, story.until(story.chapters[until].number))
        lens.until = until
        return lens

    # --- chapters and words

    def chapter_at(self, offset: int) -> int:
        """The index of the chapter that an offset lies in; what stands before the first one counts with it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def span_of(self, index: int) -> Span:
        """The stretch of the text that a chapter is. Raises NoSuchPlaceInTextError if there is none, or it has not been read."""
        chapters = self.view.chapters
        if not 0 <= index < len(chapters):
            raise NoSuchPlaceInTextError(str(index), f"{len(chapters)} chapters have been read, counted from 0")
        return Span(chapters[index].span.start if index else 0, chapters[index].span.end)

    @cached_property
    def _starts(self) -> Sequence[int]:
        return [c.span.start for c in self.view.chapters]

    def paragraphs_in(self, span: Span) -> Sequence[Paragraph]:
        """Those that begin in a stretch and have been read whole."""
        numbers = self.paragraph_numbers(span)
        return self.view.paragraphs[numbers.start : numbers.stop]

    def paragraph_numbers(self, span: Span) -> range:
        """The indices of the same."""
        first, after = (bisect_left(self._paragraph_starts, offset) for offset in span)
        return range(first, after)

    def place(self, span: Span) -> Place:
        return Place(*span, self.chapter_at(span.start))

    def passage(self, span: Span, also: Span | None = None) -> Passage:
        """Words in their sentence; in all sentences from the first to the last of both, where there are others that matter."""
        first, last = sorted((span, also or span))
        start, end = self._sentence(first).start, self._sentence(last).end
        end = max(end, first.end, last.end)
        marks = [Span(words.start - start, words.end - start) for words in (span, also) if words is not None]
        return Passage(*span, self.chapter_at(span.start), self.view.quote(Span(start, end)), *marks)

    def _sentence(self, span: Span) -> Span:
        """The sentence that words begin in; the words themselves where it has none that has been read whole."""
        sentence = self.view.sentence_at(span.start)
        return sentence if sentence.end > sentence.start else span

    # --- people

    @cached_property
    def people(self) -> Mapping[int, Person]:
        """Everybody, by the id, the most mentioned first."""
        return {
            c.id: Person(
                c.id,
                c.name,
                c.n_mentions,
                self.n_said[c.id],
                c.gender.value,
                c.narrator,
                c.group,
                bool(c.names),
                rank,
                rank if rank < N_HUES else None,
            )
            for rank, c in enumerate(self.view.cast)
        }

    def people_of(self, ids: Iterable[int | None]) -> People:
        """Those who are named by an id, in the order of the cast."""
        wanted = sorted({id_ for id_ in ids if id_ is not None}, key=lambda id_: self.people[id_].rank)
        return {id_: self.people[id_] for id_ in wanted}

    def character(self, id_: int) -> Character:
        """Raises NoSuchPersonError."""
        try:
            return self.view.cast.by_id(id_)
        except KeyError as error:
            raise NoSuchPersonError(id_) from error

    @cached_property
    def groups_of(self) -> Mapping[int, tuple[int, ...]]:
        """For each member of groups their ids."""
        found: dict[int, tuple[int, ...]] = {}
        for character in self.view.cast:
            for member in character.members:
                found[member] = (*found.get(member, ()), character.id)
        return found

    def mentions_in(self, span: Span) -> Sequence[Mention]:
        """Those that begin in a stretch, in text order."""
        return self.view.mentions[bisect_left(self._mention_starts, span.start) : bisect_left(self._mention_starts, span.end)]

    @cached_property
    def _mention_starts(self) -> Sequence[int]:
        return [m.span.start for m in self.view.mentions]

    def by_paragraph(self, mentions: Iterable[Mention]) -> Mapping[int, Sequence[Mention]]:
        """Mentions by the index of the paragraph of prose that they stand in, in text order."""
        found: dict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            index = bisect_right(self._paragraph_starts, mention.span.start) - 1
            if index >= 0 and self.view.paragraphs[index].kind.is_prose:
                found[index].append(mention)
        return found

    @cached_property
    def _paragraph_starts(self) -> Sequence[int]:
        return [p.span.start for p in self.view.paragraphs]

    @cached_property
    def folded_names(self) -> Mapping[int, Sequence[str]]:
        """For each character the names, those of somebody without one the descriptions, as they may be typed."""
        return {
            c.id: [without_accents(s) for s in dict.fromkeys([c.name, *(n.text for n in c.names or c.descriptions)])]
            for c in self.view.cast
        }

    @cached_property
    def addresses(self) -> Mapping[int, tuple[Address, ...]]:
        return count_addresses(self.view)

    # --- quotations

    @cached_property
    def quotes(self) -> Sequence[Quote]:
        """The quotations by where they begin, the outer one of two first."""
        return sorted(self.view.quotes, key=lambda q: (q.span.start, -q.span.end))

    def quotes_in(self, span: Span) -> Sequence[Quote]:
        """Those that begin in a stretch."""
        return self.quotes[bisect_left(self._quote_starts, span.start) : bisect_left(self._quote_starts, span.end)]

    @cached_property
    def _quote_starts(self) -> Sequence[int]:
        return [q.span.start for q in self.quotes]

    @cached_property
    def quotes_by_id(self) -> Mapping[int, Quote]:
        return {q.id: q for q in self.quotes}

    def quote(self, id_: int) -> Quote:
        """Raises NoSuchQuoteError."""
        if id_ not in self.quotes_by_id:
            raise NoSuchQuoteError(f"there is no quotation numbered {id_} in what has been read", "load the page again")
        return self.quotes_by_id[id_]

    @cached_property
    def quotes_of(self) -> Mapping[int, Sequence[Quote]]:
        """For each speaker what they say, in text order."""
        found: dict[int, list[Quote]] = defaultdict(list)
        for quote in self.quotes:
            if quote.speaker is not None:
                found[quote.speaker].append(quote)
        return found

    @cached_property
    def quotes_to(self) -> Mapping[int, Sequence[Quote]]:
        """For each person what is said to them, in text order."""
        found: dict[int, list[Quote]] = defaultdict(list)
        for quote in self.quotes:
            for to in quote.addressees:
                found[to].append(quote)
        return found

    @cached_property
    def n_said(self) -> Counter[int]:
        return Counter(q.speaker for q in self.view.quotes if q.speaker is not None)

    def is_sure(self, quote: Quote) -> bool:
        """Whether it need not be looked at who speaks: it is sure; nobody has to ("Private", on a door); or nobody has looked."""
        return quote.is_sure or (quote.speaker is None and (quote.kind is QuoteKind.WRITING or not self._knows_speakers))

    @cached_property
    def _knows_speakers(self) -> bool:
        return "speakers" in self.view.layers

    @cached_property
    def exchanges(self) -> Sequence[Exchange]:
        return count_exchanges(self.view)

    def describe_quote(self, quote: Quote) -> QuoteLine:
        because = None if quote.speaker is None else self.view.evidence_for(quote)
        return QuoteLine(
            quote.id,
            *quote.span,
            quote.parts,
            quote.kind.value,
            quote.speaker,
            quote.addressees,
            None if quote.speaker is None else quote.probability,
            quote.manner or None,
            quote.cue,
            self.is_sure(quote),
            bool(quote.corrected),
            None if because is None else because.reader,
        )

    def describe_quote_in_full(self, quote: Quote) -> QuoteText:
        words = " ".join(self.view.quote(part) for part in quote.parts)
        line = astuple(self.describe_quote(quote))
        return QuoteText(*line, chapter=self.chapter_at(quote.span.start), text=words)


def ids_in(quotes: Iterable[Quote]) -> set[int]:
    """Everybody who speaks, or is spoken to."""
    found = {q.speaker for q in quotes if q.speaker is not None}
    return found.union(*(q.addressees for q in quotes))
