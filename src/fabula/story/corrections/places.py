"""Places in a text that are given by their words: how one is quoted, and how it is found again in a text that has changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from fabula.records import SURROUNDINGS, Chapter, Place, Span
from fabula.story.cast import fold_name


class Misfit(StrEnum):
    """Why a place is not found; said of its words."""

    EMPTY = "are no words"
    GONE = "does not stand in the text"
    TWICE = "stands in the text more than once"
    MOVED = "is not in its chapter, and stands in the book more than once"


def quote_place(string: str, chapters: Sequence[Chapter], span: Span) -> Place:
    """How a place of the text is quoted: its words with up to forty characters on either side, whole words, and its chapter.

    Of its own paragraph if that is enough for it to be found again; else the surroundings run on into the next ones.
    """
    chapter = next((c for c in chapters if c.span.start <= span.start < c.span.end), None)
    within = chapter.span if chapter else Span(0, len(string))
    begin, end = string.rfind("\n\n", within.start, span.start), string.find("\n\n", span.end, within.end)
    paragraph = Span(within.start if begin < 0 else begin + 2, within.end if end < 0 else end)
    name = _call(chapter, chapters) if chapter else None
    place = _quote(string, span, paragraph, name)
    return place if find_words(string, chapters, place) == span else _quote(string, span, within, name)


def _quote(string: str, span: Span, within: Span, chapter: int | str | None) -> Place:
    before = _one_spaced(string[max(within.start, span.start - 2 * SURROUNDINGS) : span.start])
    after = _one_spaced(string[span.end : min(within.end, span.end + 2 * SURROUNDINGS)])
    if len(before) > SURROUNDINGS:
        # Whole words: a piece of one is hard to read, and found as badly.
        before = before[-SURROUNDINGS:].partition(" ")[2] or before[-SURROUNDINGS:]
    if len(after) > SURROUNDINGS:
        after = after[:SURROUNDINGS].rpartition(" ")[0] or after[:SURROUNDINGS]
    return Place(_one_spaced(string[span.start : span.end]), before.lstrip(), after.rstrip(), chapter)


def _call(chapter: Chapter, chapters: Sequence[Chapter]) -> int | str:
    """The title of a chapter, which stays when another is put before it; its number if the title is none, or not its own."""
    title = fold_name(chapter.title)
    own = (
        title and not title.isdigit() and [c for c in chapters if title in (fold_name(c.title), fold_name(c.heading))] == [chapter]
    )
    return _one_spaced(chapter.title) if own else chapter.number


def _one_spaced(string: str) -> str:
    return re.sub(r"\s+", " ", string)


def find_words(string: str, chapters: Sequence[Chapter], place: Place) -> Span | Misfit:
    """Where a quoted place is now, or why that cannot be told.

    It is looked for in its chapter, and, if it is not there, in the whole book; there and here it must be the only one that fits.
    """
    if not place.words.strip():
        return Misfit.EMPTY
    pattern = _pattern(place)
    chapter = _find_chapter(place.chapter, chapters)
    if chapter is not None:
        here = _find_twice(pattern, string, chapter.span)
        if len(here) == 1:
            return here[0]
        if here:
            return Misfit.TWICE
    everywhere = _find_twice(pattern, string, Span(0, len(string)))
    if len(everywhere) == 1:
        return everywhere[0]
    return Misfit.GONE if not everywhere else Misfit.MOVED if chapter else Misfit.TWICE


def _find_chapter(called: int | str | None, chapters: Sequence[Chapter]) -> Chapter | None:
    """The one chapter with this number, or this title; None if there is none, or several have the title."""
    if called is None:
        return None
    if isinstance(called, int):
        return next((c for c in chapters if c.number == called), None)
    wanted = fold_name(called)
    found = [c for c in chapters if wanted and wanted in (fold_name(c.title), fold_name(c.heading))]
    return found[0] if len(found) == 1 else None


def _pattern(place: Place) -> re.Pattern[str]:
    words = place.words.strip()
    # Where nothing is said of a side, it is no piece of a word: "Tom" is not in "Tomorrow". Else "do" may be in "dont".
    left = r"\b" if not place.before and words[0].isalnum() else ""
    right = r"\b" if not place.after and words[-1].isalnum() else ""
    before, after = _spaced_anyhow(place.before.lstrip()), _spaced_anyhow(place.after.rstrip())
    return re.compile(f"{before}{left}({_spaced_anyhow(words)}){right}{after}")


def _spaced_anyhow(words: str) -> str:
    return r"\s+".join(map(re.escape, re.split(r"\s+", words)))


def _find_twice(pattern: re.Pattern[str], string: str, within: Span) -> list[Span]:
    """Where it fits: the first two places, which may overlap."""
    found: list[Span] = []
    at = within.start
    while len(found) < 2 and (match := pattern.search(string, at, within.end)):
        found.append(Span(*match.span(1)))
        at = match.start() + 1
    return found


def show_place(place: Place) -> str:
    """A quoted place in a line, for people: `said Tom Hale. He stood` (ch. 3)."""
    chapter = "" if place.chapter is None else f" (ch. {place.chapter})"
    return f"`{f'{place.before}{shorten(place.words)}{place.after}'.strip()}`{chapter}"


def shorten(words: str) -> str:
    """Quoted words as a line has room for: the beginning and the end of long ones.

    >>> shorten("“I will arise and go now, and go to Innisfree, and a small cabin build there, of clay and wattles made”")
    '“I will arise and go now, and go to ... there, of clay and wattles made”'
    """
    if len(words) <= 2 * SURROUNDINGS:
        return words
    return f"{words[:SURROUNDINGS].rpartition(' ')[0]} ... {words[-SURROUNDINGS:].partition(' ')[2]}"
