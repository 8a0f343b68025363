"""The story at a glance, and its chapters to be read."""

from __future__ import annotations

from fabula.records import Chapter
from fabula.web.lens import Lens, ids_in
from fabula.web.payloads import ChapterAnswer, ChapterLine, ParagraphText, PersonMention, StoryAnswer


def describe_story(lens: Lens, version: str) -> StoryAnswer:
    """What there is to be read, and how much is known of it."""
    view, book, outcomes = lens.view, lens.view.book, lens.story.corrections
    return StoryAnswer(
        version=version,
        title=book.title,
        author=book.author,
        words=book.n_words,
        language=book.language,
        layers=view.layers,
        corrections=sum(1 for o in outcomes if not o.why),
        corrections_unfit=sum(1 for o in outcomes if o.why),
        notices=len(view.notices),
        until=lens.until,
        chapters=tuple(_line(lens, index) for index in range(len(lens.story.chapters))),
        n_people=len(view.cast),
        n_quotes=len(lens.quotes),
        n_unsure=sum(1 for q in lens.quotes if not lens.is_sure(q)),
        text_sha256=book.sha256,
    )


def _line(lens: Lens, index: int) -> ChapterLine:
    """Of a chapter that has not been read only how it is numbered, and how long it is."""
    read = index < len(lens.view.chapters)
    told = lens.view if read else lens.story
    chapter = told.chapters[index]
    return ChapterLine(
        index=index,
        label=label_of(chapter) if read else number_of(chapter),
        title=title_of(chapter) if read else "",
        part=chapter.part_title if read else "",
        start=chapter.span.start if index else 0,
        end=chapter.span.end,
        words=told.count_words(chapter.span),
        read=read,
    )


def label_of(chapter: Chapter) -> str:
    """What a chapter is called in a word or two: "12", "II.3", "Preface"."""
    if chapter.label or not chapter.heading:
        return number_of(chapter)
    return chapter.heading if len(chapter.heading) <= LONGEST_LABEL else number_of(chapter)


LONGEST_LABEL = 24  # code points of a heading without a number


def number_of(chapter: Chapter) -> str:
    """The number of a chapter as its heading has it, with that of its part; else as it is counted through the book.

    >>> from fabula.records import Span
    >>> number_of(Chapter(40, Span(0, 1), label=3, part=2)), number_of(Chapter(40, Span(0, 1)))
    ('II.3', '40')
    """
    if not chapter.label:
        return str(chapter.number)
    return f"{_roman(chapter.part)}.{chapter.label}" if chapter.part else str(chapter.label)


def _roman(number: int) -> str:
    """
    >>> [_roman(n) for n in (4, 9, 15, 44)]
    ['IV', 'IX', 'XV', 'XLIV']
    """
    written = ""
    for value, letters in zip(_VALUES, _LETTERS, strict=True):
        written += letters * (number // value)
        number %= value
    return written


_VALUES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_LETTERS = "M CM D CD C XC L XL X IX V IV I".split()


def title_of(chapter: Chapter) -> str:
    """The title, or the heading as printed if it has none."""
    return " ".join((chapter.title or chapter.heading).split())


def describe_chapter(lens: Lens, index: int) -> ChapterAnswer:
    """The words of a chapter, and who is meant and who speaks in them. Raises NoSuchPlaceInTextError."""
    view, span, chapter = lens.view, lens.span_of(index), lens.view.chapters[index]
    mentions = sorted(
        (PersonMention(*m.span, m.kind.value, m.character) for m in lens.mentions_in(span) if m.character is not None),
        key=lambda m: (m.start, -m.end),
    )
    quotes = lens.quotes_in(span)
    return ChapterAnswer(
        index=index,
        label=label_of(chapter),
        title=title_of(chapter),
        start=span.start,
        end=span.end,
        paragraphs=tuple(ParagraphText(*p.span, view.quote(p.span), p.kind.value) for p in lens.paragraphs_in(span)),
        mentions=tuple(mentions),
        quotes=tuple(map(lens.describe_quote, quotes)),
        emphasis=tuple(view.emphasis[i] for i in view.emphasis.inside(span)),
        people=lens.people_of({m.person for m in mentions} | ids_in(quotes)),
    )
