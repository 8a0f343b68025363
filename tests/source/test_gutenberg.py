from __future__ import annotations

import pytest

from fabula.source.gutenberg import find_work
from fabula.source.plaintext import read_plaintext

STORY = "CHAPTER I\n\nIt was dark on the stairs and nobody had lit the lamp.\n\nNobody answered."
NEW = """\
The Project Gutenberg eBook of The Parcel, by Ann Other

This ebook is for the use of anyone anywhere in the United States and
most other parts of the world at no cost.

Title: The Parcel
       A Tale of the Mill

Author: Ann Other

Release Date: May 7, 2001 [eBook #99999]

Language: English

*** START OF THE PROJECT GUTENBERG EBOOK THE PARCEL ***




Produced by Some Body, Some One Else and the Online Distributed
Proofreading Team at https://www.pgdp.net



{story}




*** END OF THE PROJECT GUTENBERG EBOOK THE PARCEL ***

Updated editions will replace the previous one.
"""
OLD = """\
**The Project Gutenberg Etext of The Parcel, by Ann Other**

Copyright laws are changing all over the world, be sure to check.

The Parcel

by Ann Other

January, 1994  [Etext #99]

**This is a COPYRIGHTED Project Gutenberg Etext**

*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*


{story}



End of The Project Gutenberg Etext of The Parcel
"""
SHORT = """\
The Project Gutenberg EBook of The Parcel, by Ann Other


{story}


End of Project Gutenberg's The Parcel, by Ann Other
"""
WRAPPED_MARK = """\
Title: The Parcel
Author: Ann Other

***START OF THE PROJECT GUTENBERG EBOOK THE PARCEL: A TALE OF THE MILL
AND OF THE RAIN***

E-text prepared by Some Body

{story}

***END OF THE PROJECT GUTENBERG EBOOK THE PARCEL: A TALE OF THE MILL
AND OF THE RAIN***
"""


def story_of(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(lines[i] for stretch in find_work(lines).stretches for i in stretch).strip()


@pytest.mark.parametrize("frame", [NEW, OLD, SHORT, WRAPPED_MARK])
def test_header_credits_and_licence_are_cut(frame: str) -> None:
    """*** START OF THE PROJECT GUTENBERG EBOOK ... *** END OF THE PROJECT GUTENBERG EBOOK"""
    assert story_of(frame.format(story=STORY)) == STORY


@pytest.mark.parametrize("frame", [NEW, SHORT, WRAPPED_MARK])
def test_title_and_author_are_read_from_the_header(frame: str) -> None:
    """Title: The Parcel ⏎ Author: Ann Other"""
    work = find_work(frame.format(story=STORY).split("\n"))
    assert work.title.startswith("The Parcel") and work.author == "Ann Other"


def test_a_title_of_two_lines_language_and_credits_are_read() -> None:
    """Title: The Parcel ⏎        A Tale of the Mill ... Language: English"""
    manuscript = read_plaintext(NEW.format(story=STORY), file="99999.txt", sha256="0")
    assert (manuscript.title, manuscript.language) == ("The Parcel A Tale of the Mill", "en")
    assert dict(manuscript.metadata)["credits"].startswith("Produced by Some Body")
    assert manuscript.blocks[0].text == "CHAPTER I"


def test_anchors_count_the_lines_of_the_whole_file() -> None:
    """a header, then CHAPTER I"""
    text = NEW.format(story=STORY)
    manuscript = read_plaintext(text, file="99999.txt", sha256="0")
    assert text.split("\n")[manuscript.blocks[0].anchors[0].line - 1] == "CHAPTER I"


def test_two_works_in_one_file_are_both_kept() -> None:
    """header, story, licence, header, story, licence"""
    two = NEW.format(story=STORY) + NEW.format(story=STORY.replace("dark", "light"))
    assert story_of(two).count("CHAPTER I") == 2 and "Updated editions" not in story_of(two)


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "The title of the book was gone.\n\n" + STORY,
        "He had found it on Project Gutenberg, of all places.\n\n" + STORY,
        "Produced by his sister, the letter was read.\n\n" + STORY,
        STORY + "\n\n“Is this the end of Project Paperclip?” he asked.",
        "",
    ],
)
def test_a_text_without_a_frame_keeps_every_line(text: str) -> None:
    """He had found it on Project Gutenberg, of all places."""
    assert story_of(text) == text.strip()


def test_a_transcribers_note_below_the_header_is_no_story() -> None:
    """*** START ... *** ¶ Transcriber's note: Spelling was left as it was."""
    text = NEW.replace("{story}", "Transcriber's note: Spelling was left as it was.\n\n\n{story}").format(story=STORY)
    assert story_of(text) == STORY
