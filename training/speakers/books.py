"""A whole book as the silver data needs it: words, quotations, names and pronouns, and the cues that name a speaker."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fabula.lexicons.patterns import CUE
from fabula.readers.cast.names import resolve_names
from fabula.readers.mentions import find_mentions
from fabula.readers.quotes import find_quotes
from fabula.readers.speakers import attribute_quotes
from fabula.records import Attribution, Gender, GenderCue, Identity, Mention, MentionKind, Quote, QuoteKind, Span, Text

PRONOUNS = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself he him his himself she her hers herself they them their"
    " theirs themselves".split()
)
NAME, NOMINAL, PRONOUN = range(3)
SPOKEN = (QuoteKind.SPEECH, QuoteKind.THOUGHT)
GENDER_EVIDENCE = 3  # cues that a gender needs
TIMES_AS_MUCH = 4  # as for the other one: a silver pronoun should be right


@dataclass(frozen=True, slots=True)
class BookMention:
    """Words `[start, end)`; person: a number, None where nobody knows; gender: of that person."""

    start: int
    end: int
    kind: int
    person: int | None
    gender: Gender = Gender.UNKNOWN


@dataclass(frozen=True, slots=True)
class BookQuote:
    """parts: in words, marks included. paragraph: of its first word.

    cue: the words of "said Tom", speaker: the place of its mention in `mentions`; None where no name is beside it.
    pronoun_cue: whether other words beside it say who speaks ("said he", "the old man cried").
    """

    parts: tuple[tuple[int, int], ...]
    paragraph: int
    cue: tuple[int, int] | None
    speaker: int | None
    pronoun_cue: bool


@dataclass(frozen=True, slots=True)
class SpokenBook:
    """A book on our tokens; sentences and paragraphs by the numbers of their first words."""

    words: tuple[str, ...]
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]
    quotes: tuple[BookQuote, ...]
    mentions: tuple[BookMention, ...]


def read_spoken_book(text: Text) -> SpokenBook:
    """The quotations and people of a composed text, by rules alone."""
    words = tuple(text.quote(span) for span in text.tokens)
    all_quotes, _ = find_quotes(text)
    names, identities, cues = resolve_names(text, find_mentions(text, all_quotes))
    quotes = _outer([quote for quote in all_quotes if quote.kind in SPOKEN])
    said = {a.quote: a for a in attribute_quotes(text, quotes, names)}
    people = _people(identities, cues, names)
    mentions, place = _mentions(text, words, names, people)
    paragraphs = [bisect_left(text.tokens.starts, p.span.start) for p in text.paragraphs if p.kind.is_prose]
    paragraphs = sorted({0, *paragraphs})
    found = tuple(_quote(text, quote, paragraphs, said.get(quote.id), place) for quote in quotes)
    sentences = tuple(bisect_left(text.tokens.starts, start) for start in text.sentences.starts)
    return SpokenBook(words, sentences, tuple(paragraphs), found, mentions)


def _outer(quotes: Sequence[Quote]) -> list[Quote]:
    """The quotations that lie in no other, by their first words."""
    outer: list[Quote] = []
    for quote in sorted(quotes, key=lambda q: (q.span.start, -q.span.end)):
        if not outer or quote.span.start >= outer[-1].span.end:
            outer.append(quote)
    return outer


def _people(
    identities: Sequence[Identity], cues: Sequence[GenderCue], mentions: Sequence[Mention]
) -> dict[int, tuple[int, Gender]]:
    """Character of a mention -> the person whose name it is, and their gender."""
    parent = {m.character: m.character for m in mentions if m.character is not None}

    def root(character: int) -> int:
        while parent[character] != character:
            character = parent[character]
        return character

    for identity in identities:
        parent[root(identity.one)] = root(identity.other)
    genders: Counter[tuple[int, Gender]] = Counter((root(cue.character), cue.gender) for cue in cues)
    return {character: (root(character), _gender(genders, root(character))) for character in parent}


def _gender(genders: Counter[tuple[int, Gender]], person: int) -> Gender:
    female, male = genders[person, Gender.FEMALE], genders[person, Gender.MALE]
    if max(female, male) < GENDER_EVIDENCE:
        return Gender.UNKNOWN
    if female >= TIMES_AS_MUCH * male:
        return Gender.FEMALE
    return Gender.MALE if male >= TIMES_AS_MUCH * female else Gender.UNKNOWN


def _mentions(
    text: Text, words: Sequence[str], names: Sequence[Mention], people: dict[int, tuple[int, Gender]]
) -> tuple[tuple[BookMention, ...], dict[int, int]]:
    """Names and pronouns in text order, and the places of the names by their ids."""
    found: list[tuple[BookMention, int | None]] = []
    covered: set[int] = set()
    for name in names:
        inside = tokens_of(text, name.span)
        if inside and name.character is not None and name.kind is MentionKind.NAME:
            found.append((BookMention(inside.start, inside.stop, NAME, *people[name.character]), name.id))
            covered.update(inside)
    for number, word in enumerate(words):
        if word.lower() in PRONOUNS and number not in covered and word not in ("US", "May", "Mine"):
            found.append((BookMention(number, number + 1, PRONOUN, None), None))
    found.sort(key=lambda pair: (pair[0].start, -pair[0].end))
    place = {id_: at for at, (_, id_) in enumerate(found) if id_ is not None}
    return tuple(mention for mention, _ in found), place


def _quote(text: Text, quote: Quote, paragraphs: Sequence[int], said: Attribution | None, place: dict[int, int]) -> BookQuote:
    parts = tuple((inside.start, inside.stop) for part in quote.parts if (inside := tokens_of(text, part)))
    cue = None
    if said is not None and said.cue is not None and said.speaker in place:
        inside = tokens_of(text, said.cue)
        cue = (inside.start, inside.stop)
    other = cue is None and any(_has_cue(text, part) for part in quote.parts)
    first = parts[0][0] if parts else bisect_left(text.tokens.starts, quote.span.start)
    paragraph = bisect_right(paragraphs, first) - 1
    return BookQuote(parts, paragraph, cue, place[said.speaker] if said is not None and cue else None, other)


def _has_cue(text: Text, part: Span) -> bool:
    """Whether a verb of speech with its subject stands behind a part of a quotation, or leads up to it."""
    after = text.string[part.end : part.end + 60].lstrip(" ,;.—–-")
    before = text.string[max(0, part.start - 80) : part.start].rsplit("\n", 1)[-1].rstrip()
    return CUE.match(after) is not None or (before[-1:] in ",:" and CUE.search(before) is not None)


def tokens_of(text: Text, span: Span) -> range:
    """The words that lie in or touch a span."""
    first = bisect_right(text.tokens.ends, span.start)
    return range(first, max(first, bisect_left(text.tokens.starts, span.end)))
