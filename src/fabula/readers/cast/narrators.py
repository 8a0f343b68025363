"""Who tells the story as "I": outside quotations, by chapters and the documents in them, and under which name others know them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from fabula.lexicons.gender import Person
from fabula.readers.cast.introductions import Introduction
from fabula.readers.conversations import Heard, PlacedMentions
from fabula.readers.documents import DOCUMENTS, LONGEST_HEADING, read_heading
from fabula.records import Chapter, Evidence, Identity, Mention, MentionKind, Quote, Span, Text

READER = "narrators"
TELLING = 120  # words of narration, for which a chapter told by "I" has one
TOLD = 0.1  # of all words of narration those in such chapters, for the book to have a narrator
LEAST_TELLING = 4  # of them in a chapter
OFTEN_CALLED = 10  # such times, from which it is, whatever name an "I" says is mine: in a letter that is read out, it is another's
CALLED = 3  # times that others call whom "I" answers, for a name to be the narrator's
AROUND = 2  # paragraphs from a call in which the narration says "I", where it is the narrator who is called
AROUND_SHARE = 0.7  # of the calls, at least
SELDOM_TOLD = 0.3  # share of a name's places that are narration, at most: narrators seldom name themselves
PROBABILITY = 0.9  # that such a name is theirs
_BY = re.compile(r"\b[bB][yY]\s+(.{2,60})")  # "The Story Continued by Vincent Gilmore"
LONGEST_NAME = 4  # words
OF_ALL = 0.8  # of the places of a family name, that are one person's, for it to be his or hers in a heading
# "The Story Continued by Vincent Gilmore (of Chancery Lane)", "The events related by Gabriel Betteredge", "Contributed by Miss
# Clack", and "The End of Hartright's Narrative" behind what it closes.
_CONTINUED = re.compile(
    r"\W*(?:the (?:story|tale|narrative|events) (?:is |are )?\w+|contributed|related|narrated|told|written) by (.{2,60})",
    re.IGNORECASE,
)
_CLOSED = re.compile(rf"\W*(?:here )?(?:the )?ends?(?: of)? (.{{2,50}}?)['’]s (?:{DOCUMENTS})\W*", re.IGNORECASE)
_OWN = re.compile(r"(.{2,60}?)['’][sS]\b")


def find_tellers(
    text: Text, places: PlacedMentions, mentions: Sequence[Mention], known: Sequence[int | None], narrator: int
) -> list[int | None]:
    """Of each mention that is the "I" of a chapter told so, who says it; None for all others.

    known: whom names mean. narrator: the number of who tells the chapters that no heading gives to somebody ("Dr. Lanyon's
    Narrative").
    """
    owners = _find_owners(text, mentions, known, narrator)
    stretches = sorted({chapter.span.start for chapter in text.chapters} | owners.keys())
    outside = np.ones(len(text.tokens), np.int64)
    for parts in places.placed.segment.quotes:
        for start, end in parts:
            outside[start:end] = 0
    cuts = [0, *(bisect_left(text.tokens.starts, start) for start in stretches), len(text.tokens)]
    n_told = [int(outside[start:end].sum()) for start, end in pairwise(cuts)]
    said = [places.persons[m.id] is Person.I and places.quotes[m.id] < 0 for m in mentions]
    of = [bisect_right(stretches, m.span.start) for m in mentions]
    counts = Counter(stretch for stretch, is_i in zip(of, said, strict=True) if is_i)
    told = [stretch for stretch, n in counts.items() if n >= LEAST_TELLING and n * TELLING >= n_told[stretch]]
    named = {stretch: owners[start] for stretch in told if (start := stretches[max(stretch, 1) - 1]) in owners}
    if 2 * len(named) < len(told):
        named = {}  # one chapter of many that is called "Cluny's Cage" is not told by Cluny
    if not named and sum(n_told[stretch] for stretch in told) < TOLD * sum(n_told):
        return [None] * len(mentions)  # letters and diaries of several people, in a book that nobody tells
    tellers = {stretch: named.get(stretch, narrator) for stretch in told}
    return [tellers.get(stretch) if is_i else None for is_i, stretch in zip(said, of, strict=True)]


def _find_owners(text: Text, mentions: Sequence[Mention], known: Sequence[int | None], narrator: int) -> dict[int, int]:
    """Where a chapter begins, or a document in it -> whose it is by its heading."""
    names = _read_names(text, mentions, known)
    owners: dict[int, int] = {}
    teller: int | None = None  # of the chapters on end
    part = ""
    for start, chapter, line in _find_headings(text):
        if chapter is not None:
            own = _read_owner(chapter.title or chapter.heading, names)
            own = _read_owner(chapter.heading, names) if own is None else own
            if chapter.part_title != part:
                part, teller = chapter.part_title, _read_owner(chapter.part_title, names)
            who = teller if own is None else own
            if who is not None:
                owners[start] = who
        elif (found := _CONTINUED.match(line)) is not None:
            teller = _find_named(_fold(found[1]), names)
            owners[start] = narrator if teller is None else teller
        elif (document := read_heading(line)) is not None:
            who = _find_name(_fold(line[document.owner.start : document.owner.end]), names)
            if who is not None:
                owners[start] = who
    return owners


def _read_names(text: Text, mentions: Sequence[Mention], known: Sequence[int | None]) -> dict[str, int]:
    """Names as headings may have them: in full, and the family name of the one who is named with it ("ELIZA MICHELSON")."""
    names: dict[str, int] = {}
    families: dict[str, Counter[int]] = defaultdict(Counter)
    for mention, who in zip(mentions, known, strict=True):
        if who is not None and mention.kind is MentionKind.NAME:
            name = _fold(text.quote(mention.span))
            names[name] = who
            families[name.split()[-1] if name else ""][who] += 1
    only = {family: bearers.most_common(1)[0] for family, bearers in families.items()}
    return {family: who for family, (who, n) in only.items() if n >= OF_ALL * families[family].total()} | names


def _find_headings(text: Text) -> list[tuple[int, Chapter | None, str]]:
    """The beginnings of chapters, and the short paragraphs with their words, in text order."""
    found: list[tuple[int, Chapter | None, str]] = [(chapter.span.start, chapter, "") for chapter in text.chapters]
    found += [(p.span.start, None, text.quote(p.span)) for p in text.paragraphs if p.span.end - p.span.start <= LONGEST_HEADING]
    return sorted(found, key=lambda one: (one[0], one[1] is None))


def _read_owner(heading: str, names: Mapping[str, int]) -> int | None:
    told = _BY.search(heading)
    if told is not None and (who := _find_named(_fold(told[1]), names)) is not None:
        return who
    if (found := _OWN.search(heading) or told) is not None:
        return _find_name(_fold(found[1]), names)
    document = read_heading(heading)
    return None if document is None else _find_name(_fold(heading[document.owner.start : document.owner.end]), names)


def _find_name(words: str, names: Mapping[str, int]) -> int | None:
    """Whose name some words begin with, the longest first."""
    listed = words.split()
    return next((names[name] for n in range(len(listed), 0, -1) if (name := " ".join(listed[:n])) in names), None)


def _find_named(words: str, names: Mapping[str, int]) -> int | None:
    """Whose name some words begin with, or whose family name is among the first of them."""
    who = _find_name(words, names)
    listed = words.split()[:LONGEST_NAME] if who is None else []
    return next((names[word] for word in listed if word in names), who)


@lru_cache(maxsize=1 << 14)
def _fold(name: str) -> str:
    """
    >>> _fold("DR. LANYON")
    'dr lanyon'
    """
    return re.sub(r"\W+", " ", name).strip().lower()


def name_narrator(
    text: Text,
    quotes: Sequence[Quote],
    mentions: Sequence[Mention],
    places: PlacedMentions,
    known: Sequence[int | None],
    meant: Sequence[int | None],
    heard: Mapping[int, Heard],
    narrator: int,
    introductions: Sequence[Introduction],
) -> Iterator[Identity]:
    """Who the narrator is: whom the end of the narrative names, whose name "I" says is mine, or who is named in what others say,
    seldom in the narration, and called where "I" answers; or, if there is no such one, the only one whom others call and the
    narration never names.

    meant: whom mentions mean; introductions: of whom the text says which name is theirs.
    """
    first = next(m for at, m in enumerate(mentions) if known[at] == narrator)
    if (closed := _find_closed(text, mentions, known, narrator)) is not None:
        yield Identity(closed[0], narrator, Evidence(tuple(sorted({first.span, closed[1]})), READER, PROBABILITY))
        return
    told: Counter[int] = Counter()
    spoken: Counter[int] = Counter()
    for at, who in enumerate(known):
        if who is not None and who != narrator:
            (spoken if places.quotes[at] >= 0 else told)[who] += 1
    answers = _count_answers(heard, narrator)
    fits = [who for who, n in answers.items() if n >= CALLED and told[who] <= SELDOM_TOLD * (told[who] + spoken[who])]
    best = sorted(fits, key=lambda who: (-answers[who], who))[:2]
    called_so = best[0] if len(best) == 1 or (best and answers[best[0]] >= 2 * answers[best[1]]) else None
    introduced = _find_introduced(mentions, known, meant, narrator, introductions)
    if introduced is not None and (called_so is None or answers[called_so] < OFTEN_CALLED):
        name, where = introduced
        yield Identity(name, narrator, Evidence(tuple(sorted({first.span, *where})), READER, PROBABILITY))
        return
    if called_so is not None:
        spans = {quote.id: quote.span for quote in quotes}
        for at, mention in enumerate(mentions):
            if known[at] == called_so and places.called[at] and mention.character is not None:
                voice = heard[places.placed.quotes[places.quotes[at]]]
                if voice.speaker != narrator and voice.beside is not None and heard[voice.beside].speaker == narrator:
                    evidence = Evidence(tuple(sorted({first.span, mention.span, spans[voice.beside]})), READER, PROBABILITY)
                    yield Identity(mention.character, narrator, evidence)
                    return
    elif not best and (called := _find_unseen(places, known, heard, narrator, told)) is not None:
        who = mentions[called].character
        if who is not None:
            yield Identity(who, narrator, Evidence(tuple(sorted({first.span, mentions[called].span})), READER, PROBABILITY))


def _count_answers(heard: Mapping[int, Heard], narrator: int) -> Counter[int]:
    """How often the narrator answers, or has just spoken, where each one is called, less the times that the narrator calls."""
    answers: Counter[int] = Counter()
    for voice in heard.values():
        if voice.speaker == narrator:
            answers.subtract(voice.called)
        elif voice.beside is not None and heard[voice.beside].speaker == narrator:
            answers.update(voice.called)
    return answers


def _find_unseen(
    places: PlacedMentions, known: Sequence[int | None], heard: Mapping[int, Heard], narrator: int, told: Mapping[int, int]
) -> int | None:
    """Where somebody is first called of whom the narration never speaks, though "I" is mostly around where that one is called.

    told: how often the narration has each one's name. None where there is no such one, or a second one.
    """
    starts = places.placed.segment.paragraphs
    of = [bisect_right(starts, start) for start in places.starts]
    around = {of[at] + step for at, who in enumerate(known) if who == narrator for step in range(-AROUND, AROUND + 1)}
    calls: dict[int, list[int]] = defaultdict(list)
    for at, who in enumerate(known):
        if who is not None and who != narrator and places.called[at] and not told.get(who):
            calls[who].append(at)
    fits = []
    for who, own in calls.items():
        callers = {places.quotes[at]: heard[places.placed.quotes[places.quotes[at]]].speaker for at in own}
        n_around = sum(of[at] in around for at in own)
        if len(callers) >= CALLED and not {narrator, who, None} & set(callers.values()) and n_around >= AROUND_SHARE * len(own):
            fits.append(own[0])
    return fits[0] if len(fits) == 1 else None


def _find_closed(text: Text, mentions: Sequence[Mention], known: Sequence[int | None], narrator: int) -> tuple[int, Span] | None:
    """The first name of whose narrative ends behind all that the narrator says, and where; None if he goes on behind it."""
    lines = (p.span for p in text.paragraphs if p.span.end - p.span.start <= LONGEST_HEADING)
    closing = [(span, found[1]) for span in lines if (found := _CLOSED.fullmatch(text.quote(span))) is not None]
    if not closing:
        return None
    last = max(m.span.start for m, who in zip(mentions, known, strict=True) if who == narrator)
    span, name = closing[0]
    who = _find_name(_fold(name), _read_names(text, mentions, known))
    if who is None or who == narrator or last > span.start:
        return None
    named = (m.character for m, own in zip(mentions, known, strict=True) if own == who and m.character is not None)
    return next(named), span


def _find_introduced(
    mentions: Sequence[Mention],
    known: Sequence[int | None],
    meant: Sequence[int | None],
    narrator: int,
    introductions: Sequence[Introduction],
) -> tuple[int, tuple[Span, Span]] | None:
    """The name that the narrator is most often said to have, and where first; None if another is said as often."""
    said: dict[int, list[Introduction]] = defaultdict(list)
    for introduction in introductions:
        who = known[introduction.name]
        if meant[introduction.mention] == narrator and who is not None and who != narrator:
            said[who].append(introduction)
    ranked = sorted(said.values(), key=len, reverse=True)
    if not ranked or (len(ranked) > 1 and len(ranked[0]) == len(ranked[1])):
        return None
    mention, name = (mentions[at] for at in ranked[0][0][:2])
    return None if name.character is None else (name.character, (mention.span, name.span))
