"""What the user's corrections make of the people that the readers found.

Twice, in THE ORDER: after the names have been resolved, so that pronouns are then resolved with the right people; and at the
end, for people who have no name. Corrections are applied in the order in which they stand, each to what those before it have
made. One that does not fit changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fabula.records import (
    NOTHING_GIVEN,
    Correction,
    GenderCue,
    Given,
    Grouping,
    Identity,
    Mention,
    Merge,
    NotAPerson,
    Outcome,
    PeopleCorrection,
    Rename,
    SetGender,
    Split,
    Text,
    Who,
)
from fabula.story.corrections.finding import NotHereError, UnfitError, find_character, find_mention
from fabula.story.corrections.people import People, is_somebody
from fabula.story.corrections.places import show_place


@dataclass(frozen=True, slots=True)
class Corrected:
    """People as corrected.

    unmatched: the corrections that could not be applied, with why. left: those that are about people of whom only names would not
    tell; they wait for `correct_people`.
    """

    mentions: tuple[Mention, ...]
    identities: tuple[Identity, ...]
    gender_cues: tuple[GenderCue, ...]
    given: Given = NOTHING_GIVEN
    unmatched: tuple[Outcome, ...] = ()
    left: tuple[PeopleCorrection, ...] = ()


def correct_names(
    text: Text,
    mentions: Sequence[Mention],
    identities: Sequence[Identity],
    gender_cues: Sequence[GenderCue],
    corrections: Sequence[PeopleCorrection],
) -> Corrected:
    """Apply corrections to people who are named.

    mentions: of names, with `character`. Characters stay numbered by where they are read first; one who is split off has a number
    of his own among them.
    """
    if not corrections:
        return Corrected(tuple(mentions), tuple(identities), tuple(gender_cues))
    people = People(text, mentions, identities, gender_cues, NOTHING_GIVEN)
    unmatched, left = [], []
    for correction in corrections:
        try:
            _apply(people, correction)
        except NotHereError:
            left.append(correction)
        except UnfitError as error:
            unmatched.append(Outcome(correction, str(error)))
    return _numbered_anew(_freeze(people, unmatched, left))


def correct_people(
    text: Text,
    mentions: Sequence[Mention],
    identities: Sequence[Identity],
    gender_cues: Sequence[GenderCue],
    given: Given,
    corrections: Sequence[PeopleCorrection],
) -> Corrected:
    """Apply the corrections that `correct_names` has left, now that people without a name are known.

    mentions: all, with `character` where it is known; characters that `correct_names` knew have its ids. given: as it gave it;
    what it struck out is nobody again, whatever was read since. One who is split off has the next number.
    """
    if not corrections and not given.struck:
        return Corrected(tuple(mentions), tuple(identities), tuple(gender_cues), given)
    people = People(text, mentions, identities, gender_cues, given)
    people.strike_again()
    unmatched = []
    for correction in corrections:
        try:
            _apply(people, correction)
        except (NotHereError, UnfitError) as error:
            unmatched.append(Outcome(correction, str(error)))
    return _freeze(people, unmatched, [])


def outcomes_of(corrections: Iterable[Correction], unmatched: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """What became of each correction, in their order."""
    why = {outcome.correction: outcome.why for outcome in unmatched}
    return tuple(Outcome(correction, why.get(correction, "")) for correction in corrections)


def _apply(people: People, correction: PeopleCorrection) -> None:
    """Apply one correction, or leave all as it is. Raises UnfitError, NotHereError."""
    match correction:
        case Merge(one, other):
            people.join(find_character(people, one), find_character(people, other))
        case Split():
            _split(people, correction)
        case Rename(who, name):
            people.name(people.foremost_of(find_character(people, who)), name)
        case NotAPerson(who):
            if not _is_struck(people, who):
                people.strike(people.whole_of(find_character(people, who)))
        case SetGender(who, gender):
            people.set_gender(find_character(people, who), gender)
        case Grouping():
            _group(people, correction)


def _is_struck(people: People, who: Who) -> bool:
    if who.place is None:
        key = people.key(who.name)
        return not people.called(key) and people.is_struck(key)
    return people.find(who.place) in people.struck


def _split(people: People, correction: Split) -> None:
    who = find_character(people, correction.who)
    whole = people.whole_of(who)
    own = people.mentions_of(whole)
    moving: set[int] = set()
    for name in correction.names:
        key = people.key(name)
        if not people.bearers_of(key):
            raise NotHereError(f"nobody is called `{name}`")
        moving.update(index for index in own if people.key_of(index) == key)
    for place in correction.mentions:
        index = find_mention(people, place)
        if people.mentions[index].character is None:
            raise NotHereError(f"nobody is known to be meant in {show_place(place)}")
        if people.mentions[index].character in whole:
            moving.add(index)
    if not moving:
        return  # they are somebody else's already
    told_by = correction.who.place
    rest = [people.mentions[index] for index in own if index not in moving]
    is_left = is_somebody(rest, (people.mentions[index] for index in own))
    if not is_left or (told_by is not None and find_mention(people, told_by) in moving):
        raise UnfitError(f"nothing would be left of `{correction.who.name}`")
    new = people.take_out(moving, whole)
    if correction.name:
        people.name(new, correction.name)


def _group(people: People, correction: Grouping) -> None:
    who = find_character(people, correction.who)
    whole = people.whole_of(who)
    members: dict[frozenset[int], int] = {}
    for member in correction.members:
        found = find_character(people, member)
        if found in whole:
            raise UnfitError(f"`{member.name}` is the group itself, not a member of it")
        members.setdefault(people.whole_of(found), people.foremost_of(found))
    people.group(people.foremost_of(who), tuple(members.values()), is_group=correction.is_group)


def _freeze(people: People, unmatched: Sequence[Outcome], left: Sequence[PeopleCorrection]) -> Corrected:
    return Corrected(tuple(people.mentions), tuple(people.identities), people.cues, people.given, tuple(unmatched), tuple(left))


def _numbered_anew(corrected: Corrected) -> Corrected:
    """With characters counted in the order in which they are read, so that no number tells how many come later."""
    new: dict[int, int] = {}
    for mention in corrected.mentions:
        if mention.character is not None:
            new.setdefault(mention.character, len(new))
    given = corrected.given
    return replace(
        corrected,
        mentions=tuple(m if m.character is None else m.of(new[m.character]) for m in corrected.mentions),
        identities=tuple(_renumber(i, new) for i in corrected.identities if i.one in new and i.other in new),
        gender_cues=tuple(replace(c, character=new[c.character]) for c in corrected.gender_cues if c.character in new),
        given=Given(
            tuple(replace(n, character=new[n.character]) for n in given.names),
            tuple(replace(g, character=new[g.character]) for g in given.genders),
            tuple(replace(g, character=new[g.character], members=tuple(new[m] for m in g.members)) for g in given.groups),
            given.struck,
        ),
    )


def _renumber(identity: Identity, new: Mapping[int, int]) -> Identity:
    one, other = sorted((new[identity.one], new[identity.other]))
    return Identity(one, other, identity.evidence)
