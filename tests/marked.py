"""Passages in which the mentions are marked: `[0 Tom] saw [the old woman]. [She] wept.`, with the parse of who says what."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fabula.lexicons.gender import PRONOUN_PERSONS
from fabula.neural.lemmas import script_of
from fabula.readers.quotes import find_quotes
from fabula.records import ROOT, Mention, MentionKind, MentionType, NameKind, Quote, QuoteKind, Span, Tags, Text
from tests.parses import make_tags
from tests.passages import make_text

VERBS = {"said": "say", "asked": "ask", "cried": "cry", "whispered": "whisper", "thought": "think", "winked": "wink"}
_MARK = re.compile(r"\[(?:(\d+) )?|\]")


class Marked(NamedTuple):
    """A text with its quotations, its mentions in text order, and a parse in which VERBS take the quotations beside them."""

    text: Text
    quotes: tuple[Quote, ...]
    mentions: tuple[Mention, ...]
    tags: Tags

    def words(self, mention: int) -> str:
        return self.text.quote(self.mentions[mention].span)


def mark(passage: str, *, kind: QuoteKind | None = None) -> Marked:
    """The records of a marked passage; ¶ and # as in `make_text`.

    A number is the character; with one, what begins with a capital and no article is a name. What is no pronoun is a nominal.
    kind: of all quotations, if not as they are found.
    """
    pieces, found, offset = [], list[tuple[Span, int | None]](), 0
    for piece in (piece.strip() for piece in passage.split("¶")):
        head = "# " if piece.startswith("#") else ""
        plain, spans = _take_marks(piece.removeprefix(head))
        pieces.append(head + plain)
        found += [(Span(span.start + offset, span.end + offset), who) for span, who in spans]
        offset += len(plain) + 2
    text = make_text(" ¶ ".join(pieces))
    found.sort(key=lambda one: (one[0].start, -one[0].end))
    mentions = tuple(_mention(text, number, *one) for number, one in enumerate(found))
    quotes, _ = find_quotes(text)
    quotes = tuple(Quote(quote.id, quote.parts, kind or quote.kind) for quote in quotes)
    return Marked(text, quotes, mentions, _parse(text, quotes, mentions))


def _take_marks(piece: str) -> tuple[str, list[tuple[Span, int | None]]]:
    plain, at = "", 0
    spans: list[tuple[Span, int | None]] = []
    open_: list[tuple[int, int | None]] = []
    for found in _MARK.finditer(piece):
        plain += piece[at : found.start()]
        at = found.end()
        if found[0] == "]":
            start, who = open_.pop()
            spans.append((Span(start, len(plain)), who))
        else:
            open_.append((len(plain), None if found[1] is None else int(found[1])))
    return plain + piece[at:], spans


def _mention(text: Text, number: int, span: Span, who: int | None) -> Mention:
    words = text.quote(span)
    head = text.tokens.inside(span)[-1]
    if words.lower() in PRONOUN_PERSONS:
        return Mention(number, span, MentionKind.PRONOUN, MentionType.PERSON, who, None, head, 0.9)
    if who is None or words[0].islower() or words.split()[0] in ("The", "A", "An", "My", "His", "Her"):
        return Mention(number, span, MentionKind.NOMINAL, MentionType.PERSON, who, None, head, 0.9)
    return Mention(number, span, MentionKind.NAME, MentionType.PERSON, who, NameKind.SINGLE, head, 0.9)


def unmark(passage: str) -> str:
    """The passage without its marks.

    >>> unmark("[0 Tom] saw [the old woman].")
    'Tom saw the old woman.'
    """
    return _MARK.sub("", passage)


def _parse(text: Text, quotes: Sequence[Quote], mentions: Sequence[Mention]) -> Tags:
    """All words are roots, but for the subjects of VERBS and the first words of what they take."""
    words = [text.quote(token) for token in text.tokens]
    inside = {token for quote in quotes for part in quote.parts for token in text.tokens.inside(part)}
    rows = [
        ("VERB", "", script_of(word, VERBS[word]), ROOT, "root") if word in VERBS else ("NOUN", "", "l0", ROOT, "root")
        for word in words
    ]
    for number, word in enumerate(words):
        subject = _subject(text, mentions, number) if word in VERBS and number not in inside else None
        if subject is not None:
            rows[subject] = ("NOUN", "", "l0", number, "nsubj")
    for quote in quotes:
        tokens = [t for part in quote.parts for t in text.tokens.inside(part)]
        paragraph = next(text.tokens.inside(p.span) for p in text.paragraphs if p.span.start <= quote.span.start < p.span.end)
        verb = next((v for v in _beside(tokens) if v in paragraph and words[v] in VERBS and v not in inside), None)
        if verb is not None:
            first = next(t for t in tokens if words[t].isalnum())
            rows[first] = ("NOUN", "", "l0", verb, "ccomp")
    return make_tags(rows)


def _beside(tokens: Sequence[int]) -> Iterator[int]:
    """The numbers of the tokens after a quotation's last and before its first one, the nearest first."""
    yield from range(tokens[-1] + 1, tokens[-1] + 4)
    yield from range(tokens[0] - 1, tokens[0] - 4, -1)


def _subject(text: Text, mentions: Sequence[Mention], verb: int) -> int | None:
    """The head of the longest mention that begins right behind a verb, or ends right before it."""
    starts = text.tokens.starts
    for mention in mentions:
        tokens = text.tokens.inside(mention.span)
        if tokens.start == verb + 1 or bisect_left(starts, mention.span.end) == verb:
            return mention.head
    return None
