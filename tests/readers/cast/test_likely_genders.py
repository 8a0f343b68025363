"""Which pronouns likely mean somebody by name."""

from __future__ import annotations

from fabula.readers.cast.likely_genders import find_likely_genders
from fabula.records import Gender
from tests.marked import mark

TOM, MARY, HE, BOY = range(4)
PASSAGE = mark("[0 Tom] saw [1 Mary]. [He] met [the boy].")


def genders(*links: tuple[int, float], row: int = HE) -> list[tuple[str, Gender]]:
    """Names and the genders of the pronouns that mean them, by the links of one mention."""
    found = find_likely_genders(PASSAGE.text, PASSAGE.mentions, {row: links})
    return [(PASSAGE.text.quote(name), gender) for name, pronouns in found.items() for gender, _ in pronouns]


def test_a_pronoun_tells_the_gender_of_the_name_that_it_goes_with_best() -> None:
    """Tom saw Mary. He met the boy."""
    assert genders((TOM, 2.0), (MARY, 1.5)) == [("Tom", Gender.MALE)]
    assert genders((TOM, 1.5), (MARY, 2.0)) == [("Mary", Gender.MALE)]


def test_a_pronoun_that_may_mean_nobody_here_tells_nothing() -> None:
    """Tom saw Mary. He met the boy."""
    assert genders((TOM, 0.5)) == []
    assert genders() == []
    assert genders((TOM, 2.0), (BOY, 3.0)) == [("Tom", Gender.MALE)]  # what follows is not asked
    assert genders((TOM, 2.0), row=BOY) == []  # no pronoun
