"""Which pronouns stand for somebody."""

from __future__ import annotations

from collections import Counter

from fabula.lexicons.gender import PRONOUN_PERSONS, Person
from fabula.records import Character, MentionKind
from fabula.story.story import StoryView

_THIRD = (Person.HE, Person.SHE, Person.THEY, Person.IT)


def pronouns_of(view: StoryView, character: Character) -> dict[str, int]:
    """The pronouns of the third person that stand for a character, in small letters, with how often, the commonest first.

    "I" and "you" are left out: anybody is called so.
    """
    forms = Counter(view.quote(m.span).lower() for m in view.mentions_of(character) if m.kind is MentionKind.PRONOUN)
    return {form: n for form, n in forms.most_common() if PRONOUN_PERSONS.get(form) in _THIRD}
