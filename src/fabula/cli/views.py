"""A story as the commands see it: opened from its file, cut at `--until`, and said in a few words."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

import fabula
from fabula import StoryView
from fabula.cli.options import LOG
from fabula.cli.terminal import escape_controls
from fabula.errors import NotReadError
from fabula.records import Chapter, Character, NameKind, Quote
from fabula.story.garbage import without_garbage_collection

NAME_KINDS = {
    NameKind.FULL: "full name",
    NameKind.FIRST: "first name",
    NameKind.LAST: "last name",
    NameKind.TITLED: "with a title",
    NameKind.NICKNAME: "nickname",
    NameKind.SINGLE: "",
}


@contextlib.contextmanager
def open_view(path: Path, until: str | None) -> Iterator[StoryView]:
    """A story file as far as `until`, or the whole of it. Raises StoryFileError, NoSuchPlaceInTextError."""
    started = time.perf_counter()
    with fabula.open(path) as story, without_garbage_collection():
        view = story.until(until) if until is not None else story
        LOG.debug(
            "opened %s up to code point %d, %.0f ms", escape_controls(str(path)), view.end, 1000 * (time.perf_counter() - started)
        )
        yield view


def require_cast(view: StoryView) -> None:
    """Raises NotReadError where nobody has looked for the people of the story."""
    if "cast" not in view.layers:
        raise NotReadError("people")


def label_of(view: StoryView, character: Character) -> str:
    """What somebody is called on the terminal: the name, a description in brackets; with the id where several share it."""
    label = view.cast.label(character)
    return label if character.names else f"({label})"


def words_of(view: StoryView, quote: Quote) -> str:
    """A quotation's words with its marks, without what the narration says between its parts."""
    return " ".join(view.quote(part) for part in quote.parts)


def counted(n: int, noun: str, plural: str = "") -> str:
    """
    >>> counted(1, "person", "people"), counted(1315, "word")
    ('1 person', '1,315 words')
    """
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def chapter_number(view: StoryView, offset: int) -> int:
    """The number of the chapter that an offset lies in, as `--until` takes it."""
    return view.chapter_at(offset).number


def chapter_heading(chapter: Chapter) -> str:
    """What a chapter is called: its heading as printed, or its title."""
    if chapter.title and chapter.title not in chapter.heading:
        return f"{chapter.heading} {chapter.title}".strip()
    return chapter.heading or chapter.title
