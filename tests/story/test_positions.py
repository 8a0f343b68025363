from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabula.errors import NoSuchPlaceInTextError
from fabula.records import Chapter, Paragraph, ParagraphKind, Span
from fabula.story.positions import find_place

LENGTH = 100  # code points of every chapter


def book(*chapters: tuple[int, str, int, str]) -> tuple[list[Chapter], list[Paragraph]]:
    """Chapters as (label, title, part, heading of the part), each a heading and three paragraphs."""
    made, paragraphs = [], []
    for number, (label, title, part, part_title) in enumerate(chapters, 1):
        start = (number - 1) * LENGTH
        heading = " ".join(filter(None, [f"CHAPTER {label}." if label else "", title]))
        made.append(Chapter(number, Span(start, start + LENGTH), label, title, heading, part, part_title))
        paragraphs.append(Paragraph(Span(start, start + 10), ParagraphKind.HEADING))
        paragraphs.extend(Paragraph(Span(start + at, start + at + 28), ParagraphKind.PROSE) for at in (12, 42, 72))
    return made, paragraphs


PLAIN = book((1, "The Sea", 0, ""), (2, "The Sea-Wall", 0, ""), (3, "1984", 0, ""), (0, "Epilogue", 0, ""))
PARTS = book(
    (1, "", 1, "PART ONE"), (2, "", 1, "PART ONE"), (1, "Fire", 2, "PART TWO"), (2, "", 2, "PART TWO"), (0, "Last", 2, "PART TWO")
)
NESTED = book(
    (1, "", 1, "VOLUME I, BOOK FIRST: A Just Man"),
    (1, "", 2, "VOLUME I, BOOK SECOND: The Fall"),
    (1, "", 3, "VOLUME II, BOOK FIRST: Waterloo"),
    (2, "", 3, "VOLUME II, BOOK FIRST: Waterloo"),
)
SERIAL = book((0, "Gestation 1.1", 0, ""), (0, "Gestation 1.2", 0, ""), (0, "Interlude 1", 0, ""))


@pytest.mark.parametrize(
    ("where", "chapter"),
    [
        ("1", 1),
        ("4", 4),
        (" 2 ", 2),
        ("the sea", 1),
        ("The Sea", 1),
        ("the sea wall", 2),
        ("the sea-w", 2),
        ("wall", 2),
        ("CHAPTER 2. The Sea–Wall", 2),
        ("chapter 3", 3),
        ("1984", 3),
        ("epi", 4),
    ],
)
def test_a_chapter_is_found_by_its_number_its_title_and_what_is_only_its(where: str, chapter: int) -> None:
    """The Sea, The Sea-Wall, 1984, Epilogue"""
    assert find_place(where, *PLAIN) == chapter * LENGTH


@pytest.mark.parametrize(
    ("where", "chapter"),
    [("1.1", 1), ("II.1", 3), ("2.1", 3), ("ii:2", 4), ("two.two", 4), ("2. 2", 4), ("5", 5), ("Fire", 3), ("last", 5)],
)
def test_a_chapter_is_found_by_its_part_and_its_number_in_it(where: str, chapter: int) -> None:
    """PART ONE: 1, 2; PART TWO: 1, 2, Last"""
    assert find_place(where, *PARTS) == chapter * LENGTH


@pytest.mark.parametrize(("where", "chapter"), [("3.2", 4), ("II.1.2", 4), ("I.2.1", 2), ("2.1", 2), ("I.I.I", 1)])
def test_a_part_in_a_part_is_found_by_its_number_in_the_book_or_by_both(where: str, chapter: int) -> None:
    """VOLUME I, BOOK FIRST ... VOLUME II, BOOK FIRST"""
    assert find_place(where, *NESTED) == chapter * LENGTH


def test_a_title_that_looks_like_a_part_and_a_chapter_is_found() -> None:
    """Gestation 1.1, Gestation 1.2, as serials have them"""
    assert find_place("1.2", *SERIAL) == 2 * LENGTH
    assert find_place("gestation 1.1", *SERIAL) == LENGTH


@pytest.mark.parametrize(
    ("share", "end"),
    [
        ("0%", 0),
        ("3%", 0),
        ("10%", 40),
        ("12.5%", 40),
        ("24.9%", 70),
        ("25%", 100),
        ("26%", 100),
        ("50 %", 200),
        ("99.9%", 370),
        ("100%", 400),
    ],
)
def test_a_share_ends_with_the_last_paragraph_that_has_been_read_whole(share: str, end: int) -> None:
    """Four chapters of a hundred, each a heading and three paragraphs"""
    assert find_place(share, *PLAIN) == end


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("0", "there are 4 chapters"),
        ("5", "there are 4 chapters"),
        ("9" * 5000, "there is no such chapter"),
        ("101%", "a share is between 0% and 100%"),
        ("100.5%", "a share is between 0% and 100%"),
        ("9" * 5000 + "%", "there is no such chapter"),
        ("", "there is no such chapter"),
        ("   ", "there is no such chapter"),
        ("%", "there is no such chapter"),
        ("-1", "there is no such chapter"),
        ("-5%", "there is no such chapter"),
        ("...", "there is no such chapter"),
        ("2.3", "it has no parts"),
        ("th", "2 chapters are called so, the first of them 1 and 2"),
        ("the", "2 chapters are called so, the first of them 1 and 2"),
        ("Mr. Collins", "there is no such chapter"),
        ("nonsense", "there is no such chapter"),
        ("²", "there is no such chapter"),
    ],
)
def test_what_is_no_place_is_refused_with_a_sentence(where: str, said: str) -> None:
    """The Sea, The Sea-Wall, 1984, Epilogue"""
    with pytest.raises(NoSuchPlaceInTextError) as failed:
        find_place(where, *PLAIN)
    assert failed.value.message.endswith(f"no place in this story: {said}")
    assert "40%" in failed.value.hint


@pytest.mark.parametrize(
    ("where", "said"),
    [("2.3", "the chapters of part 2 are numbered 1 to 2"), ("III.1", "there is no part 3"), ("6", "there are 5 chapters")],
)
def test_a_chapter_that_a_part_has_not_is_refused_with_what_it_has(where: str, said: str) -> None:
    """PART ONE: 1, 2; PART TWO: 1, 2, Last"""
    with pytest.raises(NoSuchPlaceInTextError, match=said):
        find_place(where, *PARTS)


def test_the_only_chapter_is_called_the_only_one() -> None:
    """One chapter"""
    with pytest.raises(NoSuchPlaceInTextError, match="there is only one chapter"):
        find_place("2", *book((1, "", 0, "")))


@given(st.text(max_size=12))
def test_any_string_is_a_place_or_none(where: str) -> None:
    """Whatever somebody types"""
    for story in (PLAIN, PARTS, NESTED, SERIAL, ([], [])):
        with contextlib.suppress(NoSuchPlaceInTextError):
            assert 0 <= find_place(where, *story) <= len(story[0]) * LENGTH


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_greater_share_never_ends_earlier(one: float, other: float) -> None:
    """Two shares"""
    ends = [find_place(f"{share:.3f}%", *PLAIN) for share in sorted((one, other))]
    assert ends == sorted(ends)
