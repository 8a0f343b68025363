"""The cast, and all about one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import asdict

from fabula.records import Character, CharacterName, Mention, MentionKind
from fabula.story.pronouns import gender_evidence_of, pronouns_of
from fabula.web.faults import BadRequestError
from fabula.web.lens import Lens
from fabula.web.payloads import (
    AddressLine,
    Alias,
    CastAnswer,
    CastPerson,
    CompanyCount,
    Counted,
    Passages,
    PersonAnswer,
)

MOST_STRINGS = 6  # of what somebody is called, in the cast
MOST_DESCRIPTIONS = 60  # on a page of their own
MOST_COMPANY = 60  # people with whom somebody is seen


def describe_cast(lens: Lens) -> CastAnswer:
    """Everybody, the most mentioned first."""
    return CastAnswer(tuple(_cast_person(lens, c) for c in lens.view.cast))


def _cast_person(lens: Lens, character: Character) -> CastPerson:
    one, mentions = lens.people[character.id], lens.view.mentions_of(character)
    first, last = (lens.place(mentions[index].span) for index in (0, -1))
    return CastPerson(
        **asdict(one),
        aliases=_counted(character.names),
        descriptions=_counted(character.descriptions),
        first=first,
        last=last,
        presence=lens.view.presence_of(character)[first.chapter : last.chapter + 1],
        members=character.members,
    )


def _counted(names: Sequence[CharacterName]) -> tuple[Counted, ...]:
    return tuple(Counted(n.text, n.count) for n in names[:MOST_STRINGS])


def describe_person(lens: Lens, id_: int) -> PersonAnswer:
    """All that is known of a person. Raises NoSuchPersonError."""
    view, character = lens.view, lens.character(id_)
    one, mentions = lens.people[id_], view.mentions_of(character)
    said = lens.quotes_of.get(id_, ())
    addressed = tuple(AddressLine(by, a.text, n) for a in lens.addresses.get(id_, ()) for by, n in a.speakers)
    company = tuple(CompanyCount(c.character, c.n_paragraphs) for c in view.company_of(character)[:MOST_COMPANY])
    told = _ranked(to for q in said for to in q.addressees)
    heard = _ranked(q.speaker for q in lens.quotes_to.get(id_, ()) if q.speaker is not None)
    groups = lens.groups_of.get(id_, ())
    named = [*(line.by for line in addressed), *(c.id for c in (*company, *told, *heard)), *character.members, *groups]
    return PersonAnswer(
        **asdict(one),
        aliases=_aliases(lens, character.names),
        descriptions=_aliases(lens, character.descriptions[:MOST_DESCRIPTIONS]),
        first=lens.passage(mentions[0].span),
        last=lens.passage(mentions[-1].span),
        presence=view.presence_of(character),
        by_kind=Counter(m.kind.value for m in mentions),
        quotes=len(said),
        pronouns=_strings(pronouns_of(view, character).items()),
        gender_evidence=_strings(gender_evidence_of(view, character).items()),
        addressed=addressed,
        company=company,
        speaks_to=told,
        spoken_to_by=heard,
        manners=_strings(Counter(q.manner for q in said if q.manner).most_common()),
        members=character.members,
        in_groups=groups,
        people=lens.people_of((id_, *named)),
    )


def _aliases(lens: Lens, names: Sequence[CharacterName]) -> tuple[Alias, ...]:
    return tuple(Alias(n.text, n.count, n.kind.value, lens.place(n.first)) for n in names)


def _strings(counts: Iterable[tuple[str, int]]) -> tuple[Counted, ...]:
    return tuple(Counted(text, n) for text, n in counts)


def _ranked(ids: Iterable[int]) -> tuple[CompanyCount, ...]:
    counts = Counter(ids)
    return tuple(CompanyCount(id_, n) for id_, n in sorted(counts.items(), key=lambda found: (-found[1], found[0])))


def describe_mentions(lens: Lens, id_: int, kind: str, offset: int, limit: int) -> Passages:
    """Where a person is mentioned, of one kind, or "" for all. Raises NoSuchPersonError, BadRequestError."""
    if kind and kind not in list(MentionKind):
        raise BadRequestError(f"`{kind[:20]}` is no kind of mention", f"it is one of {', '.join(MentionKind)}")
    found: Sequence[Mention] = lens.view.mentions_of(lens.character(id_))
    if kind:
        found = [m for m in found if m.kind == kind]
    return Passages(len(found), tuple(lens.passage(m.span) for m in found[offset : offset + limit]))


def describe_meetings(lens: Lens, one: int, other: int, offset: int, limit: int) -> Passages:
    """The paragraphs in which two people are mentioned: where they stand nearest to each other. Raises NoSuchPersonError."""
    ours, theirs = (lens.view.mentions_of(lens.character(id_)) for id_ in (one, other))
    met = []
    for ours_here, theirs_here in _by_shared_paragraph(lens, ours, theirs):
        met.append(
            min(
                ((a, b) for a in ours_here for b in theirs_here),
                key=lambda pair: (abs(pair[0].span.start - pair[1].span.start), pair[0].span),
            )
        )
    return Passages(len(met), tuple(lens.passage(a.span, b.span) for a, b in met[offset : offset + limit]))


def _by_shared_paragraph(
    lens: Lens, ours: Sequence[Mention], theirs: Sequence[Mention]
) -> Iterable[tuple[Sequence[Mention], Sequence[Mention]]]:
    """The mentions of both in every paragraph of prose that has some of each."""
    here, there = lens.by_paragraph(ours), lens.by_paragraph(theirs)
    return ((here[index], there[index]) for index in here if index in there)
