"""Where people are named."""

from __future__ import annotations

from fabula.readers.mentions import find_mentions
from fabula.readers.quotes import find_quotes
from tests.passages import make_text


def named(passage: str) -> list[str]:
    """The mentions in a passage, as printed."""
    text = make_text(passage)
    quotes, _ = find_quotes(text)
    return [text.quote(m.span) for m in find_mentions(text, quotes)]


def test_names_with_titles_and_initials_are_mentions() -> None:
    """Mr. J. St. John Hale bowed to Mrs. Hale."""
    assert named("Then Mr. J. St. John Hale bowed to Mrs. Hale.") == ["Mr. J. St. John Hale", "Mrs. Hale"]


def test_the_possessive_is_left_out() -> None:
    """Mrs. Hale's hat, Mr. Thomas’ coat"""
    assert named("It was Mrs. Hale's hat, and Mr. Bell’s coat.") == ["Mrs. Hale", "Mr. Bell"]


def test_a_heading_names_nobody() -> None:
    """# Chapter of Mrs. Hale ¶ It rained."""
    assert named("# The Return of Mrs. Hale ¶ It rained.") == []


def test_months_peoples_and_places_are_nobody() -> None:
    """In March the English went to Paris"""
    assert named("In March the English went to Paris by the Thames. ¶ On Monday he was in Paris again. ¶ He lived in Paris.") == []


def test_a_place_that_is_gone_to_is_nobody() -> None:
    """He went to Selford ... She lived in Selford."""
    assert named("He went to Selford. ¶ She lived in Selford. ¶ It was far from Selford. ¶ They stayed at Selford.") == []


def test_a_word_that_begins_sentences_is_no_name() -> None:
    """Although ... Although he knew"""
    assert named("Although he knew, he went. ¶ Although it rained, although it snowed, he went. ¶ “Although,” he said.") == []


def test_a_name_that_is_also_a_word_is_a_name_where_people_use_it_so() -> None:
    """“I will,” said Will ... Will laughed."""
    passage = (
        "“I will go,” said Will. ¶ “Will you?” asked Ann. ¶ Then Will laughed, and Will’s dog barked. "
        "¶ She looked at Will. “No, Will,” said Ann."
    )
    assert named(passage).count("Will") >= 4


def test_somebody_who_speaks_once_is_a_person() -> None:
    """“Go,” said Brackenbury. ¶ Brackenbury nodded."""
    assert named("“Go,” said Brackenbury. ¶ “No,” replied Brackenbury.") == ["Brackenbury", "Brackenbury"]


def test_a_common_word_before_a_name_falls_off() -> None:
    """But Tom, Although Miss Quested"""
    passage = "“Go,” said Tom. ¶ But Tom stayed. ¶ Although Tom knew, although it was late, he stayed. ¶ “Well,” said Tom."
    assert set(named(passage)) == {"Tom"}
