"""Who tells the chapters that are told as "I"."""

from __future__ import annotations

import pytest

from fabula.readers.cast.narrators import find_tellers, name_narrator
from fabula.readers.conversations import place_mentions
from tests.marked import Marked, mark

TOM, HALE, NARRATOR = 0, 1, 5
TOLD = "[I] came. [I] sat. [I] rose. [I] went."


def tellers(passage: str) -> tuple[Marked, list[int | None]]:
    marked = mark(passage)
    known = [m.character for m in marked.mentions]
    return marked, find_tellers(
        marked.text, place_mentions(marked.text, marked.quotes, marked.mentions), marked.mentions, known, NARRATOR
    )


def of_i(passage: str) -> list[int | None]:
    """Who says each "I"."""
    marked, found = tellers(passage)
    return [found[m.id] for m in marked.mentions if marked.words(m.id) == "I"]


@pytest.mark.parametrize(
    "heading",
    [
        "THE STORY CONTINUED BY TOM HALE",
        "The Narrative resumed by Tom Hale (a Solicitor)",
        "THE STORY BEGUN BY ELIZA TOM HALE",
        "The events related by TOM HALE, house-steward in the service of a Lady of that County.",
        "Contributed by TOM HALE",
    ],
)
def test_a_story_that_somebody_continues_is_told_by_that_one_also_in_the_next_chapters(heading: str) -> None:
    """THE STORY CONTINUED BY TOM HALE ¶ I came. ... ¶ CHAPTER II. ¶ I came."""
    passage = f"# CHAPTER I. ¶ [0 Tom Hale] ran. ¶ {heading} ¶ {TOLD} ¶ # CHAPTER II. ¶ {TOLD}"
    assert of_i(passage) == [TOM] * 8


def test_what_somebody_unknown_continues_is_no_longer_the_first_one_s() -> None:
    """THE STORY CONTINUED BY TOM HALE ¶ I came. ... ¶ THE STORY CONTINUED BY A COOK ¶ I came."""
    first = f"# CHAPTER I. ¶ [0 Tom Hale] ran. ¶ THE STORY CONTINUED BY TOM HALE ¶ {TOLD}"
    assert of_i(f"{first} ¶ THE STORY CONTINUED BY A COOK ¶ {TOLD}") == [TOM] * 4 + [NARRATOR] * 4


def test_a_few_letters_make_no_narrator_of_a_book() -> None:
    """The rain fell. ... ¶ CHAPTER II. ¶ I came. I sat. I rose. I went."""
    rain = " ".join(["The rain fell on the town."] * 60)
    assert of_i(f"# CHAPTER I. ¶ {rain} ¶ # CHAPTER II. ¶ {TOLD}") == [None] * 4
    assert of_i(f"# CHAPTER I. ¶ {rain} ¶ # CHAPTER II. ¶ {TOLD * 12}") == [NARRATOR] * 48


def named(passage: str) -> list[tuple[int, list[str]]]:
    """Who the narrator is, and the words that say it."""
    marked, found = tellers(passage)
    known = [m.character if teller is None else teller for m, teller in zip(marked.mentions, found, strict=True)]
    places = place_mentions(marked.text, marked.quotes, marked.mentions)
    identities = name_narrator(marked.text, marked.quotes, marked.mentions, places, known, known, {}, NARRATOR, ())
    return [(i.one, [marked.text.quote(span) for span in i.evidence.spans]) for i in identities]


def test_whom_the_end_of_a_narrative_names_has_told_it() -> None:
    """Tom Hale ran. I came. ... ¶ The End of Tom Hale's Narrative."""
    passage = f"# CHAPTER I. ¶ [0 Tom Hale] ran. {TOLD} ¶ The End of Tom Hale’s Narrative."
    assert named(passage) == [(TOM, ["I", "The End of Tom Hale’s Narrative."])]
    assert named(f"{passage} ¶ {TOLD}") == []
