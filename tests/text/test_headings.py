from __future__ import annotations

import pytest

from fabula.text.headings import Level, clean_title, is_capitals, name_of_matter, read_heading


@pytest.mark.parametrize(
    ("line", "family", "number", "title"),
    [
        ("CHAPTER XIV.", "chapter", 14, ""),
        ("Chapter the Twenty-First", "chapter", 21, ""),
        ("CHAPTER 1.1.12", "chapter", 12, ""),
        ("CHAPTER epilogue.2.3", "chapter", 3, ""),
        ("CHAPTER IIII", "chapter", 4, ""),
        ("CHAPTER XI (AND LAST). THE LAST WISH", "chapter", 11, "THE LAST WISH"),
        ("CHAPTER I IN WHICH I THROW AMBS-ACE", "chapter", 1, "IN WHICH I THROW AMBS-ACE"),
        ("Chapter XXXVIII--CONCLUSION", "chapter", 38, "CONCLUSION"),
        ("CHAPTER. STORY OF THE DOOR", "chapter", 0, "STORY OF THE DOOR"),
        ("Chap. 3", "chapter", 3, ""),
        ("Phase the First: The Maiden", "phase", 1, "The Maiden"),
        ("BOOK ONE--The Romantic Egotist", "book", 1, "The Romantic Egotist"),
        ("VOL. II.", "volume", 2, ""),
        ("Book Twelfth", "book", 12, ""),
        ("SECOND PERIOD", "period", 2, ""),
        ("PROLOGUE", "prologue", 0, ""),
        ("Epilogue: Ten Years Later", "epilogue", 0, "Ten Years Later"),
        ("— II —", "roman", 2, ""),
        ("[ 17 ]", "arabic[]", 17, ""),
        ("Twenty-One", "word", 21, ""),
        ("01 My Early Home", "arabic titled", 1, "My Early Home"),
        ("IV.   THE INTERVIEW", "roman titled", 4, "THE INTERVIEW"),
    ],
)
def test_a_heading_says_its_family_number_and_title(line: str, family: str, number: int, title: str) -> None:
    """CHAPTER XIV."""
    sign = read_heading(line)
    assert sign is not None and (sign.family, sign.number, sign.title) == (family, number, title)


@pytest.mark.parametrize(
    "line",
    [
        "Chapter two was worse than chapter one.",
        "Part of it was lost.",
        "Book I had lent her",
        "I went home.",
        "One of them laughed.",
        "Letters were brought in.",
        "Civil war",
        "mild",
        "Mix",
        "First day of the hunt",
        "The story of the door",
        "Conclusion of the matter was that he left",
        "Interlude music was played.",
        "",
        "* * *",
    ],
)
def test_ordinary_words_say_nothing(line: str) -> None:
    """Chapter two was worse than chapter one."""
    assert read_heading(line) is None


def test_levels_tell_parts_from_chapters_and_numerals() -> None:
    """PART I; CHAPTER I; EPILOGUE; I"""
    signs = [read_heading(line) for line in ("PART I", "CHAPTER I", "EPILOGUE", "I")]
    assert [sign.level for sign in signs if sign] == [Level.PART, Level.CHAPTER, Level.STORY, Level.NUMERAL]


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("A BOARDING SCHOOL.", "A BOARDING SCHOOL"),
        ("What now?", "What now?"),
        ("By J. Smith, Esq.", "By J. Smith, Esq."),
        ("He goes. She stays.", "He goes. She stays."),
    ],
)
def test_a_title_loses_only_the_stop_that_ends_it(printed: str, title: str) -> None:
    """A BOARDING SCHOOL."""
    assert clean_title(printed) == title


@pytest.mark.parametrize(
    "text", ["THE MARKET-PLACE", "DR. SEWARD'S DIARY--continued", "EVELINA TO THE REV. MR. VILLARS Queen Ann Street, April 2."]
)
def test_capitals(text: str) -> None:
    """THE MARKET-PLACE"""
    assert is_capitals(text)


@pytest.mark.parametrize(
    "text", ["THE work of the day being over, I sat down", "MR. UTTERSON the lawyer was a man", "I", "1850", "Mr. H."]
)
def test_small_letters(text: str) -> None:
    """THE work of the day being over"""
    assert not is_capitals(text)


@pytest.mark.parametrize(
    ("text", "name"), [("CONTENTS.", "contents"), ("APPENDIX A", "appendix"), ("Transcriber’s Note:", "transcriber's note")]
)
def test_matter_is_known_by_its_heading(text: str, name: str) -> None:
    """CONTENTS."""
    assert name_of_matter(text) == name


@pytest.mark.parametrize(
    "text", ["Notes were passed under the table.", "The contents of the box surprised her.", "Index finger raised", "CHAPTER I"]
)
def test_other_words_head_no_matter(text: str) -> None:
    """Notes were passed under the table."""
    assert name_of_matter(text) == ""
