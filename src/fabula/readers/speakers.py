"""Who says a quotation, where a verb of speech names the speaker: "said Tom", "Tom whispered", "replied Mrs. Hale".

The speaker is a mention, not yet a character. A quotation whose speaker is a pronoun, or is not named at all, is left unknown.
Where no rule finds a name beside the words, the parse is asked which verb takes them, and who does it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from fabula.lexicons.patterns import SPEECH_VERB
from fabula.lexicons.speech_verbs import FORMS, MANNERS
from fabula.readers.cues import Cue
from fabula.records import Attribution, Evidence, Mention, Quote, QuoteKind, Span, Tags, Text

READER = "speakers"
# Of attributions by a speech verb beside the quotation; measured, `python -m evaluation.quotes` (evaluation/RESULTS.md).
AFTER_PROBABILITY = 0.97
BEFORE_PROBABILITY = 0.93
PARSED_PROBABILITY = 0.93  # of those that only the parse finds, set as low as that of the weaker rule

_ADVERBS = r"(?:(?:then|had|has|only|now|at last|at once|again|also|just|even|still|never|always|once|[a-z]+ly)\s+){0,2}"
_GAP = r"[\s,.;:—–-]{0,4}"
# After the words: `said poor Tom`. Group verb; the mention must begin where it ends, or at group lead ("the old man").
_VERB_FIRST = re.compile(
    rf"{_GAP}{_ADVERBS}(?P<verb>{SPEECH_VERB})\s+(?:[a-z]+ly\s+)?(?P<lead>(?:(?:the|poor|old|young|little|good|dear|honest|fair|our|my)\s+){{0,2}})",
    re.IGNORECASE,
)
_NAME_FIRST = re.compile(
    rf"{_GAP}(?P<lead>(?:(?:[Tt]he|[Pp]oor|[Oo]ld|[Yy]oung|[Ll]ittle|[Gg]ood|[Dd]ear|[Bb]ut|[Aa]nd|[Tt]hen)\s+){{0,2}})"
)
_VERB_NEXT = re.compile(
    r"(?:,? (?:with|in|after|as|who|turning|looking|smiling|laughing|rising|still)\b[^.!?;\"“”«»]{0,60},)?"
    rf"\s+{_ADVERBS}(?P<verb>{SPEECH_VERB})\b(?! to be\b)",
    re.IGNORECASE,
)
# Before the words: `Tom said to her, `
_TAIL = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St)\.|[^.!?;\"“”«»:]){0,60}[,:—–-]{0,3}\s*$")
# “Go.” Tom said to her, “Now.”: after a full stop these are the next quotation's words.
_LEADS_ON = re.compile(r"[^.!?;\"“”«»]{0,60}[,:—–-]+\s*[\"“‘«]")
_AND_SOMEBODY = re.compile(r" and [A-Z][\w.]+")
_NEXT_CLAUSE = re.compile(r";|\b(?:and|but|while)\b")
_GENITIVE = re.compile(r"(?:['’]s|(?<=s)['’]| s)\s+\w")  # "said Tom's aunt"; " s" in a text that has lost its marks
_CLOSING = "\"'”’»"
REACH_BEFORE = 160  # characters of the paragraph before a quotation that may hold its cue


def attribute_quotes(text: Text, quotes: Sequence[Quote], mentions: Sequence[Mention]) -> tuple[Attribution, ...]:
    """Say who speaks each quotation that a speech verb gives to somebody by name; the others have no attribution.

    The verb is looked for behind each part, then before the first one. mentions in text order.
    """
    starts = [m.span.start for m in mentions]
    paragraph_starts = [p.span.start for p in text.paragraphs]
    found = []
    for quote in quotes:
        attribution = None
        for index, part in enumerate(quote.parts):
            limit = quote.parts[index + 1].start if index + 1 < len(quote.parts) else len(text.string)
            paragraph = text.paragraphs[bisect_right(paragraph_starts, part.end - 1) - 1].span
            attribution = _after(text, quote, part, min(limit, paragraph.end), mentions, starts)
            if attribution is not None:
                break
        if attribution is None:
            first = quote.parts[0]
            at = bisect_right(paragraph_starts, first.start) - 1
            floor = text.paragraphs[at].span.start
            if at and first.start == floor and text.quote(text.paragraphs[at - 1].span).rstrip()[-1:] in tuple(",:—–-"):
                floor = text.paragraphs[at - 1].span.start  # Tom said, ¶ “Go.”
            attribution = _before(text, quote, floor, mentions, starts)
        if attribution is not None:
            found.append(attribution)
    return tuple(found)


def attribute_by_parse(
    text: Text,
    quotes: Sequence[Quote],
    tags: Tags,
    cues: Mapping[int, Cue],
    mentions: Sequence[Mention],
    known: Sequence[Attribution],
) -> tuple[Attribution, ...]:
    """What is known of speakers and, of the other speeches, what the parse tells: that a mention is the subject of their verb.

    cues: by the ids of quotations. mentions: those that may be named, with the tokens of their heads. Where several share the verb,
    nobody is named.
    """
    by_id = {quote.id: quote for quote in quotes}
    by_head = {mention.head: mention for mention in reversed(mentions) if mention.head is not None}
    mention_of = {mention.id: mention for mention in mentions}
    found = [a for a in known if not _is_sentence_of_its_own(text, by_id[a.quote], a, mention_of[a.speaker], cues.get(a.quote))]
    told = {attribution.quote for attribution in found}
    for quoted, cue in cues.items():
        quote, mention = by_id[quoted], by_head.get(cue.subject)
        if quote.id not in told and quote.kind is QuoteKind.SPEECH and mention is not None and not cue.is_shared:
            found.append(_by_parse(text, tags, quote, mention, cue))
    return tuple(sorted(found, key=lambda attribution: attribution.quote))


def _is_sentence_of_its_own(text: Text, quote: Quote, said: Attribution, speaker: Mention, cue: Cue | None) -> bool:
    """Whether what a rule takes for a cue behind a quotation is another sentence: “Is it late?” Tom asked for his hat.

    It is where a name stands before its verb, the words do not end with a comma or another clause begins ("; and Tom asked"), and
    the parse does not have the same cue.
    """
    part = next((part for part in reversed(quote.parts) if said.cue is not None and part.end <= said.cue.start), None)
    if part is None or said.cue is None or said.cue.start != speaker.span.start:
        return False
    goes_on = text.string[part.start : part.end].rstrip(_CLOSING).endswith(",")
    if goes_on and not _NEXT_CLAUSE.search(text.string, part.end, said.cue.start):
        return False
    return cue is None or cue.subject != speaker.head


def _by_parse(text: Text, tags: Tags, quote: Quote, mention: Mention, cue: Cue) -> Attribution:
    verb = text.tokens[cue.verb]
    lemma = tags.word(cue.verb, text.quote(verb)).lemma
    span = Span(min(verb.start, mention.span.start), max(verb.end, mention.span.end))
    spans = tuple(sorted({quote.span, span, mention.span}))
    return Attribution(quote.id, mention.id, span, MANNERS.get(lemma, ""), Evidence(spans, READER, PARSED_PROBABILITY))


def _after(
    text: Text, quote: Quote, part: Span, limit: int, mentions: Sequence[Mention], starts: Sequence[int]
) -> Attribution | None:
    string = text.string
    verb = _VERB_FIRST.match(string, part.end, limit)
    if verb:
        mention = _mention_behind(mentions, starts, verb)
        if mention is not None and mention.span.end <= limit and not _is_another_s(string, mention.span.end):
            return _attribution(quote, mention, Span(verb.start("verb"), mention.span.end), verb["verb"], AFTER_PROBABILITY)
    lead = _NAME_FIRST.match(string, part.end, limit)
    if lead:
        mention = _mention_behind(mentions, starts, lead)
        if mention is not None:
            verb = _VERB_NEXT.match(string, mention.span.end, limit)
            ended = string[max(part.start, part.end - 2) : part.end].rstrip(_CLOSING)[-1:] == "."
            if verb and not (ended and _LEADS_ON.match(string, verb.end(), limit)):
                return _attribution(quote, mention, Span(mention.span.start, verb.end()), verb["verb"], AFTER_PROBABILITY)
    return None


def _before(text: Text, quote: Quote, floor: int, mentions: Sequence[Mention], starts: Sequence[int]) -> Attribution | None:
    string, end = text.string, quote.parts[0].start
    begin = max(floor, end - REACH_BEFORE)
    for index in range(bisect_left(starts, end) - 1, -1, -1):
        mention = mentions[index]
        if mention.span.start < begin:
            return None
        verb = _VERB_NEXT.match(string, mention.span.end, end)
        if verb and _TAIL.fullmatch(string, verb.end(), end) and string[max(0, end - 4) : end].rstrip()[-1:] in ",:—–-":
            return _attribution(quote, mention, Span(mention.span.start, verb.end()), verb["verb"], BEFORE_PROBABILITY)
    return None


def _mention_behind(mentions: Sequence[Mention], starts: Sequence[int], lead: re.Match[str]) -> Mention | None:
    """The mention that begins where a match ends, or with its group lead."""
    return _mention_at(mentions, starts, lead.end()) or _mention_at(mentions, starts, lead.start("lead"))


def _mention_at(mentions: Sequence[Mention], starts: Sequence[int], offset: int) -> Mention | None:
    index = bisect_left(starts, offset)
    return mentions[index] if index < len(mentions) and starts[index] == offset else None


def _is_another_s(string: str, end: int) -> bool:
    """Whether not who is named until here speaks, or not he alone: "cried Tom's aunt", "cried Tom and Jane together"."""
    return any(pattern.match(string, end) for pattern in (_AND_SOMEBODY, _GENITIVE))


def _attribution(quote: Quote, speaker: Mention, cue: Span, verb: str, probability: float) -> Attribution:
    manner = MANNERS.get(FORMS.get(verb.lower(), ""), "")
    spans = tuple(sorted({quote.span, cue, speaker.span}))
    return Attribution(quote.id, speaker.id, cue, manner, Evidence(spans, READER, probability))
