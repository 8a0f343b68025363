"""A stretch of a book as a passage: each cue left as it is, taken out, or its name made a pronoun."""

from __future__ import annotations

import random
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from fabula.records import Gender
from training.speakers.books import PRONOUN, BookMention, BookQuote, SpokenBook
from training.speakers.hints import find_beat, find_only_one, pronoun_cue
from training.speakers.passages import UNKNOWN, Label, Passage
from training.speakers.stretches import Stretch, tell_turns

DELETE, REPLACE = 0.4, 0.3  # shares of the cues whose speaker is named elsewhere, too
LONGEST_CLAUSE = 14  # words that go with a cue
NEAR_MENTIONS = 20  # names before, half as many after, among which the speaker must be named again
HE = {Gender.FEMALE: "she", Gender.MALE: "he"}
_ADJECTIVES = frozenset("the poor old young little good dear honest fair our my".split())
_STOPS = frozenset(". ! ? … ; :".split())
_CLOSING, _OPENING = frozenset("”’»\"'"), frozenset("“‘«\"'`")


class _Draft:
    """The words of a stretch while they change: what each becomes ("" is gone), and the quotations' marks that go."""

    def __init__(self, book: SpokenBook, stretch: Stretch) -> None:
        self.book, self.start, self.end = book, stretch.start, stretch.end
        self.words: list[str | None] = list(book.words[stretch.start : stretch.end])
        self.pronouns: dict[int, int] = {}  # a new pronoun's place -> the person meant

    def get(self, word: int) -> str:
        return self.book.words[word]

    def set(self, word: int, string: str | None) -> None:
        if self.start <= word < self.end:
            self.words[word - self.start] = string

    def drop(self, start: int, end: int) -> None:
        for word in range(start, end):
            self.set(word, None)


def edit_passage(work: str, book: SpokenBook, stretch: Stretch, rng: random.Random) -> Passage:
    """A stretch with its cues treated by chance; people are numbered as in the book."""
    draft = _Draft(book, stretch)
    quotes = [book.quotes[q] for q in stretch.quotes]
    speakers, labels = [UNKNOWN] * len(quotes), [Label.NONE] * len(quotes)
    known = {}
    for number, quote in enumerate(quotes):
        person = None if quote.speaker is None else book.mentions[quote.speaker].person
        if person is not None:
            known[number] = person
    lengths = _narration(book, stretch, quotes)
    for number, (person, label) in tell_turns(quotes, known, lengths).items():
        speakers[number], labels[number] = person, label
    joined: dict[int, list[tuple[int, int]]] = {}
    for number, person in known.items():
        quote = quotes[number]
        speakers[number], labels[number] = person, Label.EXPLICIT
        chance = rng.random()
        if chance >= DELETE + REPLACE or not _is_named_near(book, quote, person):
            continue
        if chance < DELETE:
            parts = _delete(draft, quote)
            if parts is not None:
                labels[number], joined[number] = Label.DELETED, parts
        elif _replace(draft, book, quote, rng):
            labels[number] = Label.REPLACED
    for number, quote in enumerate(quotes):
        if labels[number] is not Label.NONE:
            continue
        if (pronoun := pronoun_cue(book, quote)) is not None:
            person = find_only_one(book, pronoun)
            labels[number] = Label.PRONOUN if person is None else Label.GENDER
            # without a name, a person of its own: that pronoun, whoever it means
            draft.pronouns[pronoun] = speakers[number] = -2 - number if person is None else person
        elif (person := find_beat(book, quote)) is not None:
            speakers[number], labels[number] = person, Label.BEAT
    return _finish(work, draft, stretch, [list(joined.get(n, q.parts)) for n, q in enumerate(quotes)], speakers, labels)


def _narration(book: SpokenBook, stretch: Stretch, quotes: Sequence[BookQuote]) -> dict[int, int]:
    """Paragraph -> words outside its quotations."""
    lengths: dict[int, int] = {}
    first = bisect_right(book.paragraphs, stretch.start) - 1
    for paragraph in range(max(0, first), len(book.paragraphs)):
        begin = book.paragraphs[paragraph]
        if begin >= stretch.end:
            break
        stop = book.paragraphs[paragraph + 1] if paragraph + 1 < len(book.paragraphs) else len(book.words)
        lengths[paragraph] = stop - begin
    for quote in quotes:
        for start, end in quote.parts:
            paragraph = bisect_right(book.paragraphs, start) - 1
            lengths[paragraph] = lengths.get(paragraph, 0) - (end - start)
    return lengths


def _is_named_near(book: SpokenBook, quote: BookQuote, person: int) -> bool:
    """Whether the speaker is named elsewhere among the names around."""
    assert quote.speaker is not None
    for step, reach in ((-1, NEAR_MENTIONS), (1, NEAR_MENTIONS // 2)):
        at, seen = quote.speaker + step, 0
        while 0 <= at < len(book.mentions) and seen < reach:
            mention = book.mentions[at]
            if mention.person is not None:
                seen += 1
                if mention.person == person:
                    return True
            at += step
    return False


def _delete(draft: _Draft, quote: BookQuote) -> list[tuple[int, int]] | None:
    """Take the clause of a cue out and close the gap; the quotation's parts, or None where it is not to be done."""
    assert quote.cue is not None
    words, book, (start, end) = draft.book.words, draft.book, quote.cue
    parts = list(quote.parts)
    before = [number for number, part in enumerate(parts) if part[1] <= start]
    if not before:
        # Tom said, “Go.”
        sentence = book.sentences[bisect_right(book.sentences, start) - 1]
        paragraph = book.paragraphs[quote.paragraph]
        begin = max(sentence, paragraph)
        if parts[0][0] - begin > LONGEST_CLAUSE + 4 or any(word in _CLOSING for word in words[begin : parts[0][0]]):
            return None
        draft.drop(begin, parts[0][0])
        return parts
    number = before[-1]
    begin = parts[number][1]
    following = parts[number + 1] if number + 1 < len(parts) else None
    limit = following[0] if following else _paragraph_end(book, quote)
    stop = end
    while stop < limit and words[stop] not in _STOPS and stop - end <= LONGEST_CLAUSE:
        if words[stop] in _OPENING and words[stop] not in "'’":
            return None
        stop += 1
    if stop - end > LONGEST_CLAUSE:
        return None
    ends = stop >= limit or words[stop] in _STOPS
    if not ends:
        return None
    sentence_ended = stop < limit and words[stop] in ".!?…"
    stop = min(limit, stop + 1) if stop < limit else limit
    draft.drop(begin, stop)
    last = begin - 1  # the closing mark
    if (
        last - 1 >= parts[number][0]
        and words[last] in _CLOSING
        and words[last - 1] == ","
        and (sentence_ended or following is None)
    ):
        draft.set(last - 1, ".")
    if following is None or stop < following[0]:
        return parts
    # “Go,” said Tom, “now.” is “Go, now.”
    if words[last] in _CLOSING and words[following[0]] in _OPENING:
        draft.set(last, None)
        draft.set(following[0], None)
        parts[number : number + 2] = [(parts[number][0], following[1])]
    return parts


def _paragraph_end(book: SpokenBook, quote: BookQuote) -> int:
    last = bisect_right(book.paragraphs, quote.parts[-1][0])
    return book.paragraphs[last] if last < len(book.paragraphs) else len(book.words)


def _replace(draft: _Draft, book: SpokenBook, quote: BookQuote, rng: random.Random) -> bool:
    """Make the name of a cue a pronoun, as "said he" or "he said"; whether it was done."""
    assert quote.cue is not None and quote.speaker is not None
    mention = book.mentions[quote.speaker]
    pronoun, person = HE.get(mention.gender), mention.person
    start, end = quote.cue
    if pronoun is None or person is None:
        return False
    if mention.start > start:  # said Tom
        between = book.words[start + 1 : mention.start]
        if mention.end != end or any(word.lower() not in _ADJECTIVES for word in between):
            return False
        draft.drop(start + 1, mention.start)
        draft.drop(mention.start, mention.end)
        if rng.random() < 0.6:
            draft.set(mention.start, draft.get(start))
            draft.set(start, pronoun)
            draft.pronouns[start] = person
        else:
            draft.set(mention.start, pronoun)
            draft.pronouns[mention.start] = person
        return True
    begin = mention.start
    while begin > draft.start and book.words[begin - 1].lower() in _ADJECTIVES:
        begin -= 1
    opens = begin in set(book.sentences[bisect_left(book.sentences, begin) : bisect_right(book.sentences, begin)])
    after = begin > 0 and any(part[1] == begin for part in quote.parts)
    draft.drop(begin, mention.end)
    draft.set(begin, pronoun.capitalize() if opens and not after else pronoun)
    draft.pronouns[begin] = person
    return True


def _finish(
    work: str,
    draft: _Draft,
    stretch: Stretch,
    parts: list[list[tuple[int, int]]],
    speakers: Sequence[int],
    labels: Sequence[Label],
) -> Passage:
    book = draft.book
    place = [0]  # of each old word, among the new ones
    for word in draft.words:
        place.append(place[-1] + (word is not None))

    def moved(word: int) -> int:
        return place[min(max(word, stretch.start), stretch.end) - stretch.start]

    def firsts(numbers: Sequence[int]) -> tuple[int, ...]:
        inside = numbers[bisect_left(numbers, stretch.start) : bisect_left(numbers, stretch.end)]
        return tuple(sorted({0, *(moved(n) for n in inside if moved(n) < place[-1])}))

    people: dict[int, int] = {}
    mentions: list[tuple[int, int, int, int]] = []
    for mention in _inside(book.mentions, stretch):
        start, end = moved(mention.start), moved(mention.end)
        whole = end - start == mention.end - mention.start
        if whole and mention.start not in draft.pronouns:
            person = UNKNOWN if mention.person is None else people.setdefault(mention.person, len(people))
            mentions.append((start, end, mention.kind, person))
    for pronoun, person in draft.pronouns.items():
        if stretch.start <= pronoun < stretch.end:
            mentions.append((moved(pronoun), moved(pronoun) + 1, PRONOUN, people.setdefault(person, len(people))))
    mentions.sort(key=lambda m: (m[0], -m[1]))
    return Passage(
        work,
        tuple(word for word in draft.words if word is not None),
        firsts(book.sentences),
        firsts(book.paragraphs),
        tuple(tuple((moved(start), moved(end)) for start, end in quote) for quote in parts),
        tuple(start for start, _, _, _ in mentions),
        tuple(end for _, end, _, _ in mentions),
        tuple(kind for _, _, kind, _ in mentions),
        tuple(person for _, _, _, person in mentions),
        tuple(UNKNOWN if s == UNKNOWN else people.setdefault(s, len(people)) for s in speakers),
        tuple(labels),
    )


def _inside(mentions: Sequence[BookMention], stretch: Stretch) -> Sequence[BookMention]:
    first = bisect_left(mentions, stretch.start, key=lambda m: m.start)
    return mentions[first : bisect_left(mentions, stretch.end, key=lambda m: m.end)]
