"""Genitives that are written without their apostrophe: "the *lad*s hand", "it wasnt *jossa*s name"."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from fabula.lexicons.gender import PRONOUN_PERSONS
from fabula.records import Mention, MentionKind, MentionType, Span, Tags, Text

_GENITIVE = "nmod:poss"
_FOLLOWED = re.compile(r" (?!s\b)\w")  # by the word that it goes with; not "Charles s hat", of a text that has lost its marks
_WORD = re.compile(r"[^\W\d_]+")


def trim_genitives(text: Text, tags: Tags, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions of people without the s of such a genitive, as the parse has it.

    Of a noun where the parse takes it for one, not several; of any other word where the text has it without the s, too. What is so
    the same as a name of the text is one.
    """
    bare = [number for number, mention in enumerate(mentions) if _is_bare_genitive(text, tags, mention)]
    if not bare:
        return tuple(mentions)
    words = set(_WORD.findall(text.string))
    named = {text.quote(m.span).lower() for m in mentions if m.kind is MentionKind.NAME}
    trimmed = list(mentions)
    for number in bare:
        mention = mentions[number]
        if _is_of_one(text, tags, mention, words):
            span = Span(mention.span.start, mention.span.end - 1)
            kind = MentionKind.NAME if text.quote(span).lower() in named else mention.kind
            trimmed[number] = replace(mention, span=span, kind=kind)
    return tuple(trimmed)


def _is_bare_genitive(text: Text, tags: Tags, mention: Mention) -> bool:
    """Whether the last word of a person's mention is its head, ends with s, and is a genitive that no mark tells."""
    token = mention.head
    if mention.type is not MentionType.PERSON or token is None or text.tokens[token].end != mention.span.end:
        return False
    if tags.inventory.relations[tags.relations[token]] != _GENITIVE or _FOLLOWED.match(text.string, mention.span.end) is None:
        return False
    word = text.quote(text.tokens[token]).lower()
    return word.endswith("s") and not word.endswith("ss") and word not in PRONOUN_PERSONS and word != "whose"


def _is_of_one(text: Text, tags: Tags, mention: Mention, words: Set[str]) -> bool:
    if mention.head is None:
        return False
    token = text.tokens[mention.head]
    word = tags.word(mention.head, text.quote(token))
    return word.has("Number=Sing") if word.upos == "NOUN" else text.string[token.start : token.end - 1] in words
