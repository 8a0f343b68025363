"""Who says a quotation, and to whom, as statements: by mentions that the text has, with the words that say so."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fabula.lexicons.speech_verbs import MANNERS
from fabula.readers.conversations import Heard
from fabula.readers.cues import Cue
from fabula.records import Attribution, Evidence, Mention, MentionKind, Quote, QuoteKind, Span, Tags, Text

FEW = 4  # mentions before a quotation among which a name is looked for
_KINDS = (QuoteKind.SPEECH, QuoteKind.THOUGHT)


def attribute_heard(
    text: Text,
    quotes: Sequence[Quote],
    tags: Tags,
    mentions: Sequence[Mention],
    said: Sequence[Attribution],
    heard: Mapping[int, Heard],
    leader: Mapping[int, int],
) -> tuple[Attribution, ...]:
    """An attribution for each speech and thought whose speaker is known, and for what is written where the text says by whom.

    mentions: with the characters that they mean; said: those that a cue tells by name; leader: of a name's character the one that
    stands for all that are one, as in heard. A speaker is named by the subject of the cue, or by the nearest of his or her
    mentions: a name shortly before the quotation if there is one. Whom an answer shows to be spoken to, is named where it is given.
    """
    means = {m.id: leader.get(m.character, m.character) for m in mentions if m.character is not None}
    own: dict[int, _Own] = defaultdict(_Own)
    for mention in mentions:
        if mention.id in means:
            own[means[mention.id]].append(mention)
    span_of = {quote.id: quote.span for quote in quotes}
    by_head = {mention.head: mention for mention in reversed(mentions) if mention.head is not None}
    told = {attribution.quote: attribution for attribution in said}
    found = []
    for quote in quotes:
        voice = heard.get(quote.id)
        if voice is None or (quote.kind not in _KINDS and quote.id not in told):
            continue
        addressee = None if voice.to is None else _find_addressee(own[voice.to], quote.span, voice, span_of)
        addressees = () if addressee is None else (addressee.id,)
        if quote.id in told:
            found.append(replace(told[quote.id], addressees=told[quote.id].addressees or addressees))
        elif voice.speaker is not None:
            subject = None if voice.cue is None else _find_subject(by_head, voice.cue)
            cue, manner = None, ""
            if subject is not None and voice.cue is not None and means.get(subject.id) == voice.speaker:
                verb = text.tokens[voice.cue.verb]
                cue = Span(min(verb.start, subject.span.start), max(verb.end, subject.span.end))
                manner = MANNERS.get(tags.word(voice.cue.verb, text.quote(verb)).lemma, "")
            else:
                subject = own[voice.speaker].nearest(quote.span.start)
            spans = tuple(sorted({quote.span, subject.span, *(() if cue is None else (cue,))}))
            evidence = Evidence(spans, voice.reason, round(voice.probability, 3))
            found.append(Attribution(quote.id, subject.id, cue, manner, evidence, addressees))
    return tuple(sorted(found, key=lambda attribution: attribution.quote))


def _find_subject(by_head: Mapping[int, Mention], cue: Cue) -> Mention | None:
    """The mention that does what a cue says, or whose that is: "*he* said", "*his* voice said"."""
    return by_head.get(cue.subject) or (None if cue.owner is None else by_head.get(cue.owner))


class _Own:
    """The mentions of somebody, in text order, to be found by their places."""

    def __init__(self) -> None:
        self.mentions: list[Mention] = []
        self._starts: list[int] = []
        self._ends: list[int] = []  # of each mention the end of what has been read with it, so that they grow

    def append(self, mention: Mention) -> None:
        self.mentions.append(mention)
        self._starts.append(mention.span.start)
        end = mention.span.end
        self._ends.append(self._ends[-1] if self._ends and self._ends[-1] > end else end)

    def within(self, span: Span) -> Sequence[Mention]:
        """Those that begin in it."""
        return self.mentions[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def first_from(self, start: int) -> Mention | None:
        """The first that ends there or later."""
        at = bisect_left(self._ends, start)
        return self.mentions[at] if at < len(self.mentions) else None

    def nearest(self, start: int) -> Mention:
        """The last one before a place, by name if one is among the last few, else the first one behind it."""
        at = bisect_left(self._starts, start)
        if not at:
            return self.mentions[0]
        before = self.mentions[max(0, at - FEW) : at]
        return next((m for m in reversed(before) if m.kind is MentionKind.NAME), before[-1])


def _find_addressee(own: _Own, quote: Span, voice: Heard, spans: Mapping[int, Span]) -> Mention | None:
    """The mention that tells whom a quotation is spoken to: the name that it calls, or one where the answer is given.

    None where the one who answers later is not mentioned again. own: the mentions of who is spoken to.
    """
    if voice.to in voice.called:
        called = [m for m in own.within(quote) if m.kind is MentionKind.NAME]
        if called:
            return called[0]
    elif voice.beside is not None and spans[voice.beside] > quote:
        return own.first_from(spans[voice.beside].start)
    return own.nearest(quote.start)
