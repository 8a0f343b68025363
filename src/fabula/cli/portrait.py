"""What the page of one person says."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict

from msgspec import Struct

from fabula import StoryView
from fabula.cli.show.cast import NameRecord
from fabula.cli.show.cast import record_of as cast_record
from fabula.cli.show.quotes import QuoteRecord
from fabula.cli.show.quotes import record_of as quote_record
from fabula.cli.terminal import one_line
from fabula.cli.views import chapter_number, require_cast
from fabula.records import Character, Gender

N_COMPANY = 5  # people that are said to be with somebody
N_FIRST_QUOTES = 3  # of what somebody says, besides the last


class Passage(Struct, frozen=True):
    """Where somebody is named, with the sentence that does it."""

    chapter: int
    start: int
    sentence: str


class Companion(Struct, frozen=True):
    """Somebody named in the same paragraphs, and in how many."""

    id: int
    name: str
    paragraphs: int


class Portrait(Struct, frozen=True):
    """One person, as far as the view reaches: `until` is the chapter that it ends in, None for the whole story.

    gender_evidence: the words that speak for the gender given (for either, if it is unknown), with how often.
    quotes: how many are known to be theirs; said: the first and the last of them. manners: how they are said, where the verb tells.
    """

    id: int
    name: str
    until: int | None
    names: tuple[NameRecord, ...]
    gender: str
    gender_evidence: dict[str, int]
    mentions: int
    first: Passage
    last: Passage
    company: tuple[Companion, ...]
    quotes: int
    said: tuple[QuoteRecord, ...]
    manners: dict[str, int]


def draw_portrait(view: StoryView, name: str) -> Portrait:
    """Gather what a view knows of the person who goes by a name. Raises NoSuchCharacterError, NotReadError."""
    require_cast(view)
    character = view.cast.find(name)
    quotes = view.quotes_of(character)
    told = cast_record(view, character, len(quotes))
    said = quotes[:N_FIRST_QUOTES] + quotes[max(N_FIRST_QUOTES, len(quotes) - 1) :]
    return Portrait(
        id=character.id,
        name=character.name,
        until=view.chapters[-1].number if view.is_cut else None,
        names=told.names,
        gender=told.gender,
        gender_evidence=_gender_evidence(view, character),
        mentions=character.n_mentions,
        first=_passage(view, character.first),
        last=_passage(view, character.last),
        company=_find_company(view, character),
        quotes=len(quotes),
        said=tuple(quote_record(view, q) for q in said),
        manners=dict(Counter(q.manner for q in quotes if q.manner).most_common()),
    )


def _passage(view: StoryView, offset: int) -> Passage:
    return Passage(chapter_number(view, offset), offset, one_line(view.quote(view.sentence_at(offset))))


def _gender_evidence(view: StoryView, character: Character) -> dict[str, int]:
    """A title counts by itself, without the name behind it: "Mrs." """
    words: Counter[str] = Counter()
    for cue in view.gender_cues_of(character):
        if character.gender in (cue.gender, Gender.UNKNOWN):
            word = view.quote(cue.span).split(maxsplit=1)[0]
            words[word.lower() if cue.span.end - cue.span.start == len(word) else word] += 1
    return dict(words.most_common())


def _find_company(view: StoryView, character: Character) -> tuple[Companion, ...]:
    starts = [p.span.start for p in view.paragraphs]
    people: dict[int, set[int]] = defaultdict(set)
    for mention in view.mentions:
        if mention.character is not None:
            people[bisect_right(starts, mention.span.start)].add(mention.character)
    together = Counter(
        other for present in people.values() if character.id in present for other in present if other != character.id
    )
    ranked = sorted(together.items(), key=lambda found: (-found[1], found[0]))[:N_COMPANY]
    return tuple(Companion(id_, view.cast.by_id(id_).name, n) for id_, n in ranked)
