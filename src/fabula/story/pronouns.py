"""Which pronouns stand for somebody, and which words speak for a gender."""

from __future__ import annotations

from collections import Counter

from fabula.lexicons.gender import PRONOUN_PERSONS, Person
from fabula.records import Character, Gender, MentionKind
from fabula.story.story import StoryView

_THIRD = (Person.HE, Person.SHE, Person.THEY, Person.IT)


def pronouns_of(view: StoryView, character: Character) -> dict[str, int]:
    """The pronouns of the third person that stand for a character, in small letters, with how often, the commonest first.

    "I" and "you" are left out: anybody is called so.
    """
    forms = Counter(view.quote(m.span).lower() for m in view.mentions_of(character) if m.kind is MentionKind.PRONOUN)
    return {form: n for form, n in forms.most_common() if PRONOUN_PERSONS.get(form) in _THIRD}


def gender_evidence_of(view: StoryView, character: Character) -> dict[str, int]:
    """The words that speak for a character's gender (for either, if it is unknown), with how often, the commonest first.

    A title counts by itself, without the name behind it: "Mrs."
    """
    words: Counter[str] = Counter()
    for cue in view.gender_cues_of(character):
        if character.gender in (cue.gender, Gender.UNKNOWN):
            word = view.quote(cue.span).split(maxsplit=1)[0]
            words[word.lower() if cue.span.end - cue.span.start == len(word) else word] += 1
    return dict(words.most_common())
