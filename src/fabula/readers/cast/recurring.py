"""Whom a description means that recurs over a book: "the Jew" is Fagin, "the old prince" is not Prince Andrey.

Each place alone says little. Over a book a description and a name of one person take turns: the narration hardly ever has both in
a sentence, and where the one is called, the other answers. What stands beside a name again and again is somebody else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from fabula.lexicons.capitals import is_a_people
from fabula.lexicons.gender import ONLY_RELATIVES, means_several
from fabula.readers.cast.beliefs import Belief
from fabula.readers.cast.company import Company, find_company
from fabula.readers.cast.descriptions import ANYBODY
from fabula.readers.cast.name_words import parse_name
from fabula.readers.conversations import PlacedMentions
from fabula.readers.cues import Cue
from fabula.records import Attribution, Gender, Mention, MentionKind, MentionType, Quote, Text

LEAST = 8  # places of a description that recurs
LONGEST = 3  # words, "the" among them
APART = 2  # sentences with both, from which a description is not whom a name names
APART_SHARE = 0.06  # and their share of those with both around
NEAR, OFTEN_NEAR = 20, 60  # sentences with both around, from which it may be, or may be though nobody is called
ALWAYS_NEAR = 150  # and from which it is, whatever the links say
SELDOM, NEVER = 0.04, 0.03  # of such sentences those with both, up to which it may be, or is
ANSWERS, ANSWERS_SHARE = 3, 0.2  # in the place of who is called by name, and of all such calls, from which it is
VOTES_SHARE, VOTES_LEAST = 0.3, 0.1  # of what the links say of names, and of all places, from which it is
SURE = 0.5  # probability of somebody else with a name in a place
_OF_PARENTS = frozenset(
    "Mr Mrs Missus Missis Mis'ess Sir Lady Lord Madame Monsieur Mother Father Aunt Uncle Captain Colonel Major Dr".split()
)


class Recurring(NamedTuple):
    """meant: mention -> person. apart: of mentions other ones, names and descriptions, of people who are somebody else."""

    meant: Mapping[int, int]
    apart: Mapping[int, tuple[int, ...]]


def find_recurring(
    text: Text,
    quotes: Sequence[Quote],
    mentions: Sequence[Mention],
    known: Sequence[int | None],
    beliefs: Sequence[Belief],
    genders: Mapping[int, Gender],
    places: PlacedMentions,
    said: Sequence[Attribution],
    cues: Mapping[int, Cue],
    narrator: int,
) -> Recurring:
    """Say of the descriptions that recur in a book whom they mean where the book names that person, too, and whom they never mean.

    known: whom mentions name; beliefs: whom others may mean. said, cues: who speaks, by the words beside. narrator: a number above
    all of people with names.
    """
    described = _find_descriptions(text, mentions, known, places)
    if not described:
        return Recurring({}, {})
    number = {string: narrator + 1 + at for at, string in enumerate(described)}
    of = {row: number[string] for string, rows in described.items() for row in rows}
    named = {m.id: who for m, who in zip(mentions, known, strict=True) if who is not None and m.kind is MentionKind.NAME}
    chosen = [m for m in mentions if m.id in of or m.id in named]
    numbers = [of[m.id] if m.id in of else named[m.id] for m in chosen]
    company = find_company(text, quotes, chosen, numbers, _find_speakers(chosen, numbers, said, cues))
    around: dict[int, set[int]] = defaultdict(set)
    for pairs in (company.near, company.answered):
        for one, other in pairs:
            for description, who in ((one, other), (other, one)):
                if description > narrator and who < narrator:
                    around[description].add(who)
    first: dict[int, int] = {}
    for row, who in named.items():
        first.setdefault(who, row)
    chapters = [chapter.span.end for chapter in text.chapters]
    chapter_of = {m.id: bisect_right(chapters, m.span.start) for m in chosen}
    parents = {named[row] for row in named if parse_name(text.quote(mentions[row].span))[0] in _OF_PARENTS}
    present = {(chapter_of[row], who) for row, who in named.items()}
    meant: dict[int, int] = {}
    apart: dict[int, tuple[int, ...]] = {}
    last: dict[tuple[int, int], int] = {}  # of a description in a chapter the last place so far
    earlier: dict[int, tuple[int, ...]] = {}  # places of other descriptions that are somebody else's
    rivals = _find_rivals(company, number.values())
    for row in sorted(of):
        places_of = ((rival, chapter_of[row]) for rival in rivals[of[row]])
        earlier[row] = tuple(last[place] for place in places_of if place in last)
        last[of[row], chapter_of[row]] = row
    likely_of: dict[str, list[int]] = {}
    called: dict[int, list[int]] = defaultdict(list)  # of a person the descriptions that mean nobody else
    for string, rows in described.items():
        description = number[string]
        people = {who for who in around[description] if not _are_apart(company, description, [who])}
        likely_of[string] = _find_likely(company, description, string, rows, people, beliefs, genders, places)
        if len(likely_of[string]) == 1:
            called[likely_of[string][0]].append(description)
    for string, rows in described.items():
        description, likely = number[string], likely_of[string]
        others = {who for who in around[description] if _are_apart(company, description, [who, *called[who]])} - {*likely}
        if string in ONLY_RELATIVES:  # "Mother" is no sister of those whose mother she is, but somebody's wife
            others |= {who for row in rows for who in beliefs[row] if who < narrator and who not in parents}
        for row in rows:
            here = [who for who in likely if first[who] < row]
            if len(here) > 1 or string.split()[-1] in ANYBODY:
                here = [who for who in here if (chapter_of[row], who) in present]
            if len(here) == 1 and not _is_another(beliefs[row], here[0], others, narrator):
                meant[row] = here[0]
            elif names := sorted({first[who] for who in others if who in first} | {*earlier[row]}):
                apart[row] = tuple(names)
    return Recurring(meant, apart)


def _find_descriptions(
    text: Text, mentions: Sequence[Mention], known: Sequence[int | None], places: PlacedMentions
) -> dict[str, list[int]]:
    """The descriptions that recur, with their places: "the keeper"; "mother" and "my master" in what is told."""
    found: dict[str, list[int]] = defaultdict(list)
    for mention in mentions:
        if mention.kind is MentionKind.NOMINAL and mention.type is MentionType.PERSON and known[mention.id] is None:
            string = text.quote(mention.span).lower()
            last = string.split()[-1]
            if means_several(last) or is_a_people(last):
                continue
            is_told = places.quotes[mention.id] < 0
            is_short = string.count(" ") < LONGEST
            if (
                (string.startswith("the ") and is_short)
                or (string.startswith("my ") and is_short and is_told)
                or (string in ONLY_RELATIVES and is_told)
            ):
                found[string].append(mention.id)
    return {string: rows for string, rows in found.items() if len(rows) >= LEAST}


def _find_speakers(
    chosen: Sequence[Mention], numbers: Sequence[int], said: Sequence[Attribution], cues: Mapping[int, Cue]
) -> dict[int, int]:
    """Who speaks each quotation, by name or by description."""
    by_id = {m.id: who for m, who in zip(chosen, numbers, strict=True)}
    by_head = {m.head: who for m, who in zip(chosen, numbers, strict=True) if m.head is not None}
    speakers = {quote: by_head[cue.subject] for quote, cue in cues.items() if cue.subject in by_head}
    return speakers | {a.quote: by_id[a.speaker] for a in said if a.speaker in by_id}


def _are_apart(company: Company, description: int, who: Sequence[int]) -> bool:
    near, together = (company.count(pairs, [description], who) for pairs in (company.near, company.together))
    return together >= max(APART, APART_SHARE * near)


def _find_rivals(company: Company, descriptions: Iterable[int]) -> dict[int, list[int]]:
    """Of each description those that are somebody else's: "the reddleman", "the old man"."""
    rivals: dict[int, list[int]] = defaultdict(list)
    known = {*descriptions}
    for one, other in company.together:
        if one in known and other in known and _are_apart(company, one, [other]):
            rivals[one].append(other)
            rivals[other].append(one)
    return rivals


def _find_likely(
    company: Company,
    description: int,
    string: str,
    rows: Sequence[int],
    people: set[int],
    beliefs: Sequence[Belief],
    genders: Mapping[int, Gender],
    places: PlacedMentions,
) -> list[int]:
    """Those whom a description may mean: who answers when it is called so, or who takes turns with it and is meant by the links."""
    gender = places.genders[rows[0]]
    votes: Counter[int] = Counter()
    for row in rows:
        votes.update({who: p for who, p in beliefs[row].items() if who in people})
    total = sum(votes.values())
    likely = []
    for who in sorted(people):
        if {gender, genders.get(who, Gender.UNKNOWN)} == {Gender.MALE, Gender.FEMALE}:
            continue
        near, together, answers = (
            company.count(pairs, [who], [description]) for pairs in (company.near, company.together, company.answered)
        )
        if company.called_by.get((who, description), 0) > answers:
            continue
        turns = near >= NEAR and together <= SELDOM * near
        answering = answers >= max(ANSWERS, ANSWERS_SHARE * company.n_called.get(who, 0))
        if string.split()[-1] in ANYBODY:
            fits = turns and answering
        else:
            linked = votes[who] >= max(VOTES_SHARE * total, VOTES_LEAST * len(rows))
            always = near >= ALWAYS_NEAR and together <= NEVER * near
            fits = answering or (turns and near >= OFTEN_NEAR and linked) or always
        if fits:
            likely.append(who)
    return likely


def _is_another(belief: Belief, who: int, apart: set[int], narrator: int) -> bool:
    """Whether a place likely means somebody else with a name."""
    best = max(belief, key=lambda person: (belief[person], -person), default=who)
    return best < narrator and best != who and best not in apart and belief[best] >= SURE
