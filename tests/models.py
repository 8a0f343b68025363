"""A reading model for tests, which knows a few words."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence

from fabula.records import (
    ROOT,
    Mention,
    MentionKind,
    MentionType,
    PackedSegment,
    Quote,
    Span,
    Text,
    TextReading,
)
from tests.parses import make_tags

EVENTS = frozenset("said went looked walked carried answered".split())
PRONOUNS = frozenset("he she they i you".split())
PLACES = frozenset("house street room".split())


class FakeModel:
    """Every paragraph is a segment. A word of EVENTS happens, with the word before it for its subject; all else hangs on the first.

    asked: the keys of the segments that were not in the cache.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []

    def read_text(
        self, text: Text, quotes: Sequence[Quote], *, cache: Mapping[str, bytes], progress: Callable[[float], None]
    ) -> TextReading:
        del quotes
        words = [text.quote(token) for token in text.tokens]
        rows: list[tuple[str, str, str, int, str]] = []
        for sentence in text.sentences:
            tokens = text.tokens.inside(sentence)
            for token in tokens:
                happens = words[token] in EVENTS
                is_subject = token + 1 in tokens and words[token + 1] in EVENTS
                head = ROOT if token == tokens.start else token + 1 if is_subject else tokens.start
                rows.append(("VERB" if happens else "NOUN", "", "l0", head, "nsubj" if is_subject else "dep"))
        segments = []
        for number, paragraph in enumerate(text.paragraphs, 1):
            key = text.quote(paragraph.span)
            if key not in cache:
                self.asked.append(key)
            segments.append(PackedSegment(key, b"read"))
            progress(number / len(text.paragraphs))
        return TextReading(
            make_tags(rows),
            array("f", [3.0 if word in EVENTS else -3.0 for word in words]),
            tuple(_find_mentions(words, list(text.tokens))),
            segments=tuple(segments),
        )


def _find_mentions(words: Sequence[str], tokens: Sequence[Span]) -> list[Mention]:
    kinds = dict.fromkeys(PRONOUNS, (MentionKind.PRONOUN, MentionType.PERSON))
    kinds |= dict.fromkeys(PLACES, (MentionKind.NOMINAL, MentionType.FACILITY))
    found = [(number, kinds[word.lower()]) for number, word in enumerate(words) if word.lower() in kinds]
    return [Mention(i, tokens[number], *kind, None, None, number, 0.75) for i, (number, kind) in enumerate(found)]
