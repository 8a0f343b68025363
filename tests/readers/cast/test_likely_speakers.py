"""Who likely speaks, before the people are known."""

from __future__ import annotations

from fabula.readers.cast.likely_speakers import find_likely_speakers
from fabula.records import Mention, MentionKind, MentionType, Span

TOM, MARY, HE, BOY = range(4)
KINDS = (MentionKind.NAME, MentionKind.NAME, MentionKind.PRONOUN, MentionKind.NOMINAL)
MENTIONS = tuple(Mention(i, Span(4 * i, 4 * i + 3), kind, MentionType.PERSON, None) for i, kind in enumerate(KINDS))
QUOTE = 7


def test_a_pronoun_is_followed_to_the_name_that_it_goes_with_best() -> None:
    """Tom, Mary; he, who is Tom; the boy, who is he"""
    antecedents = {HE: [(TOM, 2.0), (MARY, 1.0)], BOY: [(HE, 1.0)]}
    assert find_likely_speakers(MENTIONS, antecedents, {QUOTE: [(MARY, 0.5), (BOY, 1.5)]}) == {QUOTE: TOM}


def test_what_is_likelier_nobody_is_nobody() -> None:
    """A speaker less likely than none; a pronoun less likely of Tom than of none"""
    assert find_likely_speakers(MENTIONS, {}, {QUOTE: [(TOM, -0.5)]}) == {}
    assert find_likely_speakers(MENTIONS, {HE: [(TOM, -0.5)]}, {QUOTE: [(HE, 2.0)]}) == {}
    assert find_likely_speakers(MENTIONS, {}, {QUOTE: []}) == {}


def test_a_link_to_what_follows_is_not_followed() -> None:
    """He, who is Tom or the boy behind him"""
    assert find_likely_speakers(MENTIONS, {HE: [(TOM, 1.0), (BOY, 2.0)]}, {QUOTE: [(HE, 2.0)]}) == {QUOTE: TOM}
