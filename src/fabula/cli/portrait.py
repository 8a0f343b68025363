"""What the page of one person says."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from fabula import StoryView
from fabula.cli.show.cast import DescriptionRecord, NameRecord, Reference
from fabula.cli.show.cast import record_of as cast_record
from fabula.cli.show.quotes import QuoteRecord
from fabula.cli.show.quotes import record_of as quote_record
from fabula.cli.terminal import one_line
from fabula.cli.views import chapter_number, label_of, require_cast
from fabula.records import Character
from fabula.story.address import count_addresses
from fabula.story.pronouns import gender_evidence_of, pronouns_of

N_COMPANY = 5  # people that are said to be with somebody
N_FIRST_QUOTES = 3  # of what somebody says, besides the last


class Passage(Struct, frozen=True):
    """Where somebody is mentioned, with the sentence that does it."""

    chapter: int
    start: int
    sentence: str


class Companion(Struct, frozen=True):
    """Somebody mentioned in the same paragraphs, and in how many; `label` is what finds this person alone."""

    id: int
    name: str
    label: str
    paragraphs: int


class AddressRecord(Struct, frozen=True):
    """What others call them to their face; `first` is the code point at which it stands first."""

    text: str
    count: int
    first: int


class Portrait(Struct, frozen=True):
    """One person, as far as the view reaches: `until` is the chapter that it ends in, None for the whole story.

    names is empty for somebody without a name, of whom `name` is a description. gender_evidence: the words that speak for the
    gender given (for either, if it is unknown), with how often. pronouns: those of the third person that stand for them.
    mentions: of all kinds; by_kind: how many of each. presence: how many each chapter has, from the first one on.
    quotes: how many are known to be theirs; said: the first and the last of them. manners: how they are said, where the verb tells.
    """

    id: int
    name: str
    label: str
    until: int | None
    names: tuple[NameRecord, ...]
    descriptions: tuple[DescriptionRecord, ...]
    addressed: tuple[AddressRecord, ...]
    narrator: bool
    group: bool
    members: tuple[Reference, ...]
    member_of: tuple[Reference, ...]
    gender: str
    gender_evidence: dict[str, int]
    pronouns: dict[str, int]
    mentions: int
    by_kind: dict[str, int]
    first: Passage
    last: Passage
    presence: tuple[int, ...]
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
        label=label_of(view, character),
        until=view.chapters[-1].number if view.is_cut else None,
        names=told.names,
        descriptions=told.descriptions,
        addressed=tuple(AddressRecord(a.text, a.count, a.first.start) for a in count_addresses(view).get(character.id, ())),
        narrator=character.narrator,
        group=character.group,
        members=told.members,
        member_of=tuple(Reference(c.id, c.name) for c in view.cast if character.id in c.members),
        gender=told.gender,
        gender_evidence=gender_evidence_of(view, character),
        pronouns=pronouns_of(view, character),
        mentions=character.n_mentions,
        by_kind=dict(Counter(m.kind.value for m in view.mentions_of(character)).most_common()),
        first=_passage(view, character.first),
        last=_passage(view, character.last),
        presence=told.presence,
        company=_find_company(view, character),
        quotes=len(quotes),
        said=tuple(quote_record(view, q) for q in said),
        manners=dict(Counter(q.manner for q in quotes if q.manner).most_common()),
    )


def _passage(view: StoryView, offset: int) -> Passage:
    return Passage(chapter_number(view, offset), offset, one_line(view.quote(view.sentence_at(offset))))


def _find_company(view: StoryView, character: Character) -> tuple[Companion, ...]:
    met = ((view.cast.by_id(found.character), found.n_paragraphs) for found in view.company_of(character)[:N_COMPANY])
    return tuple(Companion(other.id, other.name, label_of(view, other), n) for other, n in met)
