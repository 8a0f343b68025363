"""Whom every mention means, over the whole book: names first, then what refers to them, then who speaks, then "I" and "you".

Names are characters already (`fabula.readers.cast.names`). Pronouns and nominals are believed to mean whoever their antecedents
mean; what has no antecedent is somebody new, who may be named later. What means nobody in particular stays open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from fabula.lexicons.gender import Person
from fabula.readers.cast.adoption import adopt_new
from fabula.readers.cast.ages import part_children
from fabula.readers.cast.beliefs import Belief, learn_genders
from fabula.readers.cast.descriptions import unite_described
from fabula.readers.cast.epithets import find_epithets
from fabula.readers.cast.ground import Ground
from fabula.readers.cast.hearing import Hearing, add_meant
from fabula.readers.cast.introductions import Introduction
from fabula.readers.cast.names import fold_identities
from fabula.readers.cast.narrators import find_tellers, name_narrator
from fabula.readers.cast.offices import find_holders
from fabula.readers.cast.recurring import find_recurring
from fabula.readers.cast.relatives import find_bare, find_relatives
from fabula.readers.cast.renumbering import rename_people, settle_meanings, unfold_meanings
from fabula.readers.conversations import Heard, PlacedMentions, Voices
from fabula.records import (
    Evidence,
    Gender,
    GenderCue,
    Identity,
    Mention,
    MentionKind,
    MentionType,
    Narrator,
)

READER = "people"
FEW = 2  # mentions that a person without a name needs, if he or she does not speak
SEVERAL = 3  # pronouns that make a person of somebody without a name or a noun
GENDER_EVIDENCE, TIMES_AS_MUCH = 3, 2  # cues of a name's gender, and how many more than of the other
_REFERRING = (Person.HE, Person.SHE, Person.THEY, Person.I)


class People(NamedTuple):
    """mentions: with the characters that they mean. identities: that somebody new is who is named later. narrators: who tells the
    story as "I". heard: by quotation."""

    mentions: tuple[Mention, ...]
    identities: tuple[Identity, ...]
    narrators: tuple[Narrator, ...]
    heard: Mapping[int, Heard]


def resolve_people(
    ground: Ground,
    mentions: Sequence[Mention],
    identities: Sequence[Identity],
    cues: Sequence[GenderCue],
    voices: Voices,
    introductions: Sequence[Introduction],
) -> People:
    """Say whom each mention means. mentions: those of the ground; names have their characters.

    identities, cues: of the names. introductions: of whom the text says which name is theirs.
    """
    text, quotes, places, links, owners = ground.text, ground.quotes, ground.places, ground.links, ground.owners
    leader = fold_identities(mentions, identities)
    people = _Numbering.of(mentions, leader)
    narrator = people.narrator
    known = [None if m.character is None else people.first[leader[m.character]] for m in mentions]
    tellers = find_tellers(text, places, mentions, known, narrator)
    known = [who if teller is None else teller for who, teller in zip(known, tellers, strict=True)]
    known = add_meant(known, find_holders(text, mentions, known))
    known = add_meant(known, find_epithets(text, mentions, known, ground.binding.beside))
    known = add_meant(known, {i.mention: who for i in introductions if i.is_sure and (who := known[i.name]) is not None})
    new = [narrator + 1 + m.id if known[m.id] is None and _may_be_new(m, places) else None for m in mentions]
    told_new = [who if told and not hailed else None for who, told, hailed in zip(new, ground.told, places.hailed, strict=True)]
    genders = {people.first[who]: gender for who, gender in _count_genders(cues, leader).items() if who in people.first}
    for number in range(2):
        genders = learn_genders(ground.narration.spread(known, genders, told_new, number=number), ground.by_words, genders)
    beliefs = ground.narration.spread(known, genders, told_new, number=2)
    recurring = find_recurring(text, quotes, mentions, known, beliefs, genders, places, voices.said, voices.cues, narrator)
    known = add_meant(known, recurring.meant)
    children = part_children(text, mentions, known, beliefs, places.hailed)
    apart = {row: (*recurring.apart.get(row, ()), *children.get(row, ())) for row in {**recurring.apart, **children}}
    beliefs = ground.narration.spread(known, genders, told_new, apart=apart, number=3)
    whose = find_bare(text, mentions, places.quotes, tellers, {})
    told_known = add_meant(known, find_relatives(text, mentions, known, owners, beliefs, narrator, whose))
    beliefs = ground.narration.spread(told_known, genders, told_new, apart=apart, number=4)
    hearing = Hearing(ground, known, genders, new, apart, tellers, voices, narrator)
    heard = hearing.hear(beliefs)
    beliefs = hearing.spread(heard, None, number=0)
    beliefs = hearing.spread(heard, beliefs, number=1)
    heard = hearing.hear(beliefs)  # now that it is known whom "I" and "you" mean
    beliefs = hearing.settle(heard, beliefs)
    meant, heard = settle_meanings(_decide_all(beliefs, ground), heard, narrator)
    heard = hearing.follow_meanings(meant, heard)
    meant, heard = rename_people(meant, heard, unite_described(text, mentions, meant, narrator))
    adopted = adopt_new(
        text,
        mentions,
        ground.weighed,
        known,
        beliefs,
        meant,
        learn_genders(beliefs, ground.by_words, genders),
        narrator,
        places,
        owners,
        introductions,
        apart,
    )
    if narrator in tellers:
        adopted = (*adopted, *name_narrator(text, quotes, mentions, places, known, meant, heard, narrator, introductions))
    kept = _find_kept(mentions, meant, heard, narrator, {identity.one for identity in adopted} | {i.other for i in adopted})
    shown = [people.shown(who) if who in kept else None for who in meant]
    numbers = unfold_meanings(mentions, shown, links, people.shown(narrator))
    resolved = tuple(
        m if m.character == number else before if before.character == number else m.of(number)
        for m, before, number in zip(mentions, ground.resolved or mentions, numbers, strict=True)
    )
    ground.resolved[:] = resolved
    narrators = _state_narrators(mentions, [None if who is None else people.shown(who) for who in tellers], numbers)
    adopted = tuple(replace(one, other=people.shown(one.other)) for one in adopted)
    voices_of = {quote: _keep(voice, kept, people) for quote, voice in heard.items()}
    return People(resolved, adopted, narrators, voices_of)


class _Numbering(NamedTuple):
    """How people are counted while they are resolved, so that a correction of one leaves the numbers of all others as they are.

    Somebody with a name is the place of the first mention that has it, in `first` by the number of all his names; the narrator is
    one more than the last place, and somebody new so much more than that and the place of a mention. In this order they are
    numbered in what is said of them, too, but without gaps between those who have names.
    """

    first: Mapping[int, int]
    leaders: Mapping[int, int]
    narrator: int
    n_named: int

    @classmethod
    def of(cls, mentions: Sequence[Mention], leader: Mapping[int, int]) -> _Numbering:
        first: dict[int, int] = {}
        for mention in mentions:
            if mention.character is not None:
                first.setdefault(leader[mention.character], mention.id)
        return cls(first, {place: one for one, place in first.items()}, len(mentions), max(leader, default=-1) + 1)

    def shown(self, who: int) -> int:
        """The number of somebody in what is said of the mentions."""
        return self.leaders[who] if who < self.narrator else self.n_named + who - self.narrator


def _state_narrators(
    mentions: Sequence[Mention], tellers: Sequence[int | None], numbers: Sequence[int | None]
) -> tuple[Narrator, ...]:
    """Who tells the story, or a part of it, by the first "I" of each. numbers: the characters of the mentions."""
    first: dict[int, Mention] = {}
    for mention, teller in zip(mentions, tellers, strict=True):
        if teller is not None:
            first.setdefault(teller, mention)
    return tuple(
        Narrator(teller if (number := numbers[mention.id]) is None else number, Evidence((mention.span,), READER, 1.0))
        for teller, mention in first.items()
    )


def _keep(voice: Heard, kept: Container[int], people: _Numbering) -> Heard:
    """A voice without those who are no characters."""

    def show(who: int | None) -> int | None:
        return people.shown(who) if who is not None and who in kept else None

    return voice._replace(speaker=show(voice.speaker), to=show(voice.to), called=frozenset(map(people.shown, voice.called)))


def _may_be_new(mention: Mention, places: PlacedMentions) -> bool:
    """Whether a mention may be the first of somebody: a nominal, a "he" whose name may follow, an "I" whom nobody names."""
    if mention.type is not MentionType.PERSON:
        return False
    return mention.kind is not MentionKind.PRONOUN or places.persons[mention.id] in _REFERRING


def _count_genders(cues: Sequence[GenderCue], leader: Mapping[int, int]) -> dict[int, Gender]:
    counts: Counter[tuple[int, Gender]] = Counter((leader[cue.character], cue.gender) for cue in cues)
    genders = {}
    for person in {who for who, _ in counts}:
        female, male = counts[person, Gender.FEMALE], counts[person, Gender.MALE]
        if max(female, male) >= GENDER_EVIDENCE and max(female, male) > TIMES_AS_MUCH * min(female, male):
            genders[person] = Gender.FEMALE if female > male else Gender.MALE
    return genders


def _decide_all(beliefs: Sequence[Belief], ground: Ground) -> list[int | None]:
    """The likeliest person of each mention; where a belief is the one of last time, that of then."""
    before = ground.decided or [({}, None)] * len(beliefs)
    decided = [who if belief is last else _decide(belief) for belief, (last, who) in zip(beliefs, before, strict=True)]
    ground.decided[:] = zip(beliefs, decided, strict=True)
    return decided


def _decide(belief: Belief) -> int | None:
    """The likeliest person; None where there is nobody."""
    if len(belief) < 2:
        return next(iter(belief), None)
    return max(belief, key=lambda person: (belief[person], -person))


def _find_kept(
    mentions: Sequence[Mention],
    meant: Sequence[int | None],
    heard: Mapping[int, Heard],
    narrator: int,
    joined: set[int],
) -> set[int]:
    """The characters: all with a name, the narrator, and of the others those whom a noun names and who recur or speak."""
    counts = Counter(who for who in meant if who is not None)
    speaking = {voice.speaker for voice in heard.values()}
    nominal = {who for who, m in zip(meant, mentions, strict=True) if m.kind is MentionKind.NOMINAL}
    return {
        who
        for who in counts
        if who <= narrator
        or who in joined
        or (who in nominal and (counts[who] >= FEW or who in speaking))
        or counts[who] >= SEVERAL
    }
