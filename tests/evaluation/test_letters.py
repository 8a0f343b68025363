from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from evaluation.letters import SEED, Letters, align

STORY = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz", k=400))  # no place in it can be taken for another


def test_only_letters_and_digits_count_and_case_does_not() -> None:
    """“No 7—” said I."""
    assert Letters.of("“No 7—” said I.").folded == "no7saidi"


def test_a_letter_that_folds_to_two_stays_one() -> None:
    """İstanbul"""
    assert Letters.of("İstanbul").folded == "istanbul"


def test_a_span_beyond_the_text_ends_with_it() -> None:
    """Go!"""
    assert Letters.of("Go!").within(1, 99) == slice(1, 2)


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_a_stretch_holds_its_own_letters(text: str, start: int, length: int) -> None:
    """any text, any stretch of it"""
    letters = Letters.of(text)
    end = start + length
    stretch = letters.within(start, end)
    assert stretch.stop - stretch.start == sum(char.isalnum() for char in text[start:end])
    assert stretch.start == sum(char.isalnum() for char in text[:start])


@given(st.text(alphabet="abcdefgh"))
def test_a_text_is_aligned_with_itself_letter_by_letter(text: str) -> None:
    """any letters"""
    assert align(text, text).tolist() == list(range(len(text)))


@given(st.integers(0, 250), st.integers(0, 60))
def test_letters_that_are_left_out_are_skipped(at: int, length: int) -> None:
    """STORY without a stretch of it"""
    kept = [*range(at), *range(at + length, len(STORY))]
    shorter = STORY[:at] + STORY[at + length :]
    aligned = align(STORY, shorter).tolist()
    assert "".join(STORY[index] for index in aligned) == shorter
    # where the text goes on with the letters that were left out, nobody can tell which they are
    assert sum(index != right for index, right in zip(aligned, kept, strict=True)) <= 2


@given(st.integers(0, 300), st.integers(1, 60))
def test_letters_that_are_put_in_belong_nowhere(at: int, length: int) -> None:
    """STORY with digits in it"""
    aligned = align(STORY, STORY[:at] + "0" * length + STORY[at:]).tolist()
    assert aligned == [*range(at), *[-1] * length, *range(at, len(STORY))]


def test_a_stretch_that_reads_otherwise_belongs_nowhere() -> None:
    """STORY with thirty other letters in place of its own"""
    aligned = align(STORY, STORY[:100] + "0" * 30 + STORY[130:]).tolist()
    assert aligned == [*range(100), *[-1] * 30, *range(130, len(STORY))]


def test_another_text_is_not_aligned_at_all() -> None:
    """two texts with no letter in common"""
    assert set(align("a" * 3 * SEED, "b" * 3 * SEED).tolist()) == {-1}
