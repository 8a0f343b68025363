"""Patterns of the words that say who speaks, made of the tables beside them; several readers match them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fabula.lexicons.speech_verbs import FORMS, PAST_FORMS


def any_of(words: Iterable[str]) -> str:
    """A pattern that matches any of some words, the longest first.

    >>> any_of(["say", "said", "says"])
    'said|says|say'
    """
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


PRESENT_FORMS = frozenset(
    ["says", "asks", "replies", "answers", "cries", "thinks", "whispers", "mutters", "shouts", "calls", "adds"]
)
SPEECH_VERB = any_of(PAST_FORMS | PRESENT_FORMS)
"""A verb of speech in a tense in which stories are told."""
SPEECH_FORM = any_of(FORMS)
"""A verb of speech in any form."""

_DETERMINER = r"(?:[Tt]he|[Hh]is|[Hh]er|[Mm]y|an?|[Oo]ur|[Tt]heir|[Aa]nother|[Oo]ne|[Oo]ld|[Pp]oor|[Ll]ittle|both)"
_NAME = r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}"
SUBJECT = rf"(?:I|[Hh]e|[Ss]he|[Tt]hey|[Ww]e|[Yy]ou|it|{_DETERMINER} [\w’'-]+(?: [\w’'-]+){{0,2}}?|{_NAME})"
"""Who does something: a pronoun, a noun with its article and an adjective or two, a name."""

CUE = re.compile(
    rf"\b(?:(?P<verb>{SPEECH_VERB})\s+(?:\w+ly\s+)?{SUBJECT}\b"
    rf"|{SUBJECT}\s+(?:\w+ly\s+|had\s+|only\s+|then\s+|at last\s+)?(?P<after>{SPEECH_VERB})\b)"
)
"""Words that say that somebody speaks: "said Tom", "the old man had cried"; the verb is in group verb or after."""
