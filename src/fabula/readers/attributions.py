"""Who says a quotation, and to whom, as statements: by mentions that the text has, with the words that say so."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fabula.lexicons.speech_verbs import MANNERS
from fabula.readers.conversations import Heard
from fabula.records import Attribution, Evidence, Mention, MentionKind, Quote, QuoteKind, Span, Tags, Text

READER = "conversations"
_KINDS = (QuoteKind.SPEECH, QuoteKind.THOUGHT)


def attribute_heard(
    text: Text,
    quotes: Sequence[Quote],
    tags: Tags,
    mentions: Sequence[Mention],
    said: Sequence[Attribution],
    heard: Mapping[int, Heard],
) -> tuple[Attribution, ...]:
    """An attribution for each speech and thought whose speaker is known.

    mentions: with the characters that they mean; heard: of each quotation, by characters; said: those that a cue tells by name.
    A character is named by the subject of the cue, or by the nearest of his or her mentions: a name shortly before the quotation if
    there is one.
    """
    own: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.character is not None:
            own[mention.character].append(mention)
    by_head = {mention.head: mention for mention in reversed(mentions) if mention.head is not None}
    told = {attribution.quote: attribution for attribution in said}
    leader = {mention.id: mention.character for mention in mentions}
    found = []
    for quote in quotes:
        voice = heard.get(quote.id)
        if voice is None or quote.kind not in _KINDS:
            continue
        addressees = () if voice.to is None else (_nearest(own[voice.to], quote).id,)
        if quote.id in told:
            found.append(replace(told[quote.id], addressees=addressees))
        elif voice.speaker is not None:
            subject = by_head.get(voice.cue.subject) if voice.cue is not None else None
            cue, manner = None, ""
            if subject is not None and voice.cue is not None and leader[subject.id] == voice.speaker:
                verb = text.tokens[voice.cue.verb]
                cue = Span(min(verb.start, subject.span.start), max(verb.end, subject.span.end))
                manner = MANNERS.get(tags.word(voice.cue.verb, text.quote(verb)).lemma, "")
            else:
                subject = _nearest(own[voice.speaker], quote)
            spans = tuple(sorted({quote.span, subject.span, *(() if cue is None else (cue,))}))
            evidence = Evidence(spans, READER, round(voice.probability, 3))
            found.append(Attribution(quote.id, subject.id, cue, manner, evidence, addressees))
    return tuple(sorted(found, key=lambda attribution: attribution.quote))


def _nearest(own: Sequence[Mention], quote: Quote) -> Mention:
    """The last mention of somebody before a quotation, by name if one is among the last few, else the first one after it begins."""
    at = bisect_left(own, quote.span.start, key=lambda mention: mention.span.start)
    if not at:
        return own[0]
    before = own[max(0, at - 4) : at]
    return next((m for m in reversed(before) if m.kind is MentionKind.NAME), before[-1])
