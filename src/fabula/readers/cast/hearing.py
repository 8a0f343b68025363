"""Who is heard to speak, and whom mentions mean by that: "I", "you", "he" of "said he"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fabula.lexicons.gender import Person
from fabula.readers.cast.beliefs import Belief
from fabula.readers.cast.ground import Ground
from fabula.readers.cast.relatives import find_bare, find_relatives
from fabula.readers.conversations import Heard, PlacedMentions, Reason, Voices, hear_conversations
from fabula.records import Gender, MentionKind

SETTLED = 0.65  # probability of who speaks, from which "he" of "said he" means nobody else
FOLLOWED = 0.5  # probability that the subject of the cue tells who speaks, where nobody else is likely
FEW_SPEAK = 2  # cues of which nouns alone tell the subject, from which who goes by them is somebody by himself


class Hearing(NamedTuple):
    """What is known when it is asked who speaks, and whom mentions mean in what is said.

    known: whom a mention names; new: who a mention is that means none of those before. apart: of mentions others that are somebody
    else. tellers: as in `find_tellers`. narrator: a number above all of people with names, below those of who is new.
    """

    ground: Ground
    known: Sequence[int | None]
    genders: Mapping[int, Gender]
    new: Sequence[int | None]
    apart: Mapping[int, Sequence[int]]
    tellers: Sequence[int | None]
    voices: Voices
    narrator: int

    def hear(self, beliefs: Sequence[Belief]) -> dict[int, Heard]:
        """Who speaks, by whom mentions are believed to mean."""
        return hear_conversations(
            self.ground.places, self.known, beliefs, self.genders, self.narrator, self.voices, self.ground.owners
        )

    def spread(self, heard: Mapping[int, Heard], beliefs: Sequence[Belief] | None, *, number: int) -> Sequence[Belief]:
        """Whom all mentions may mean, by who speaks. beliefs: the ones before, for whose relatives are meant; None: nobody asks."""
        said_by = _find_said_by(self.ground.places, heard)
        return self.ground.whole.spread(self._know(heard, beliefs), self.genders, self.new, said_by, self.apart, number=number)

    def settle(self, heard: Mapping[int, Heard], beliefs: Sequence[Belief]) -> Sequence[Belief]:
        """The same for the last time: the "he" of "said he" means who is heard to speak."""
        known = add_meant(self._know(heard, beliefs), _find_settled(self.ground, heard))
        said_by = _find_said_by(self.ground.places, heard)
        return self.ground.last.spread(known, self.genders, self.new, said_by, self.apart)

    def _know(self, heard: Mapping[int, Heard], beliefs: Sequence[Belief] | None) -> list[int | None]:
        """Whom mentions name, whom "I" and "you" mean, and if there are beliefs whose mother "his mother" is."""
        ground, places = self.ground, self.ground.places
        spoken = _add_spoken(self.known, ground, heard)
        if beliefs is None:
            return spoken
        speakers = {row: heard[quote].speaker for row, quote in enumerate(places.placed.quotes)}
        whose = find_bare(ground.text, ground.mentions, places.quotes, self.tellers, speakers)
        relatives = find_relatives(ground.text, ground.mentions, spoken, ground.owners, beliefs, self.narrator, whose)
        return add_meant(spoken, relatives)

    def follow_meanings(self, meant: Sequence[int | None], heard: Mapping[int, Heard]) -> dict[int, Heard]:
        """The voices: where nobody is likely, who speaks is whom the subject of the cue means.

        "he" if he has a name; a noun if whoever goes by it speaks more than once, and so is somebody by himself: "the mariner".
        """
        subjects = _find_subjects(heard)
        n_cues = Counter(meant[subject] for subject in subjects.values())
        voices = dict(heard)
        for quote, subject in subjects.items():
            who, voice = meant[subject], heard[quote]
            if who is None or who == voice.speaker or who in voice.called or voice.probability >= SETTLED:
                continue
            is_pronoun = self.ground.mentions[subject].kind is MentionKind.PRONOUN
            is_himself = who > self.narrator and n_cues[who] >= FEW_SPEAK
            if who < self.narrator if is_pronoun else is_himself:
                voices[quote] = voice._replace(speaker=who, probability=FOLLOWED, reason=Reason.CUE)
        return voices


def add_meant(known: Sequence[int | None], meant: Mapping[int, int]) -> list[int | None]:
    """Whom mentions name, and whom others are found to mean."""
    return [meant.get(at) if who is None else who for at, who in enumerate(known)]


def _add_spoken(known: Sequence[int | None], ground: Ground, heard: Mapping[int, Heard]) -> list[int | None]:
    """Whom mentions name, and whom "I" and "you" mean in what is said."""
    added = list(known)
    places = ground.places
    for at, told in enumerate(ground.told):
        if not told and added[at] is None:
            voice = heard[places.placed.quotes[places.quotes[at]]]
            added[at] = voice.speaker if places.persons[at] is Person.I else voice.to
    return added


def _find_subjects(heard: Mapping[int, Heard]) -> dict[int, int]:
    """Of quotations, by their ids, the mention that is the subject of the cue: "said *he*"."""
    return {quote: voice.subject for quote, voice in heard.items() if voice.subject is not None}


def _find_settled(ground: Ground, heard: Mapping[int, Heard]) -> dict[int, int]:
    """Of the pronouns that are the subjects of cues whom they mean, where that is likely: who speaks."""
    return {
        subject: speaker
        for quote, subject in _find_subjects(heard).items()
        if ground.mentions[subject].kind is MentionKind.PRONOUN
        and (speaker := heard[quote].speaker) is not None
        and heard[quote].probability >= SETTLED
    }


def _find_said_by(places: PlacedMentions, heard: Mapping[int, Heard]) -> dict[int, Belief]:
    """Of each "he" and "she" in what is said, and of who is called in it ("yes, *sir*"), who says it: somebody else."""
    said_by: dict[int, Belief] = {}
    for at, row in enumerate(places.quotes):
        if row >= 0 and (places.hailed[at] or places.persons[at] in (Person.HE, Person.SHE)):
            voice = heard[places.placed.quotes[row]]
            if voice.speaker is not None:
                said_by[at] = {voice.speaker: voice.probability}
    return said_by
