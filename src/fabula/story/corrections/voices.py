"""Who speaks, and to whom, as the user says: each correction is of its own quotation, and of nothing else.

A person is named by a mention near the quotation, as the readers do it: if the stranger who speaks is known only later to be Tom, a
view that ends before has the stranger speak.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fabula.records import (
    Correction,
    Given,
    GivenAddressees,
    GivenSpeaker,
    Identity,
    Mention,
    MentionKind,
    Outcome,
    PeopleCorrection,
    Place,
    Quote,
    SetSpeaker,
    Span,
    Text,
    VoiceCorrection,
    Who,
)
from fabula.story.corrections.finding import NotHereError, UnfitError, find_character
from fabula.story.corrections.people import People
from fabula.story.corrections.places import Misfit, show_place

NEAR = 4  # mentions before a quotation, of which a name goes before a description, and that before a pronoun
_BEST_FIRST = (MentionKind.NAME, MentionKind.NOMINAL, MentionKind.PRONOUN)


class CorrectedVoices(NamedTuple):
    """What the user says of quotations, and the corrections that could not be applied, with why."""

    speakers: tuple[GivenSpeaker, ...] = ()
    addressees: tuple[GivenAddressees, ...] = ()
    unmatched: tuple[Outcome, ...] = ()


def about_people(corrections: Sequence[Correction]) -> tuple[PeopleCorrection, ...]:
    """Those corrections that say who is who."""
    return tuple(c for c in corrections if not isinstance(c, VoiceCorrection))


def about_voices(corrections: Sequence[Correction]) -> tuple[VoiceCorrection, ...]:
    """Those that say who speaks to whom."""
    return tuple(c for c in corrections if isinstance(c, VoiceCorrection))


def correct_voices(
    text: Text,
    quotes: Sequence[Quote],
    mentions: Sequence[Mention],
    identities: Sequence[Identity],
    given: Given,
    corrections: Sequence[VoiceCorrection],
) -> CorrectedVoices:
    """Apply corrections to quotations, the people of the story being settled; of two about one quotation the later one holds."""
    if not corrections:
        return CorrectedVoices()
    people, by_first = People(text, mentions, identities, (), given), {q.parts[0]: q for q in quotes}
    own: dict[Who, Sequence[Mention]] = {}  # the mentions of whom a correction names

    def name(who: Who, quote: Quote) -> int:
        if who not in own:
            whole = people.whole_of(find_character(people, who))
            own[who] = [people.mentions[index] for index in people.mentions_of(whole)]
        return _choose(own[who], quote.span).id

    speakers: dict[int, GivenSpeaker] = {}
    addressees: dict[int, GivenAddressees] = {}
    unmatched = []
    for correction in corrections:
        try:
            quote = _find_quote(people, by_first, correction.quote)
            if isinstance(correction, SetSpeaker):
                who = correction.speaker
                speakers[quote.id] = GivenSpeaker(quote.id, None if who is None else name(who, quote))
            else:
                to = dict.fromkeys(name(who, quote) for who in correction.addressees)
                addressees[quote.id] = GivenAddressees(quote.id, tuple(to))
        except (UnfitError, NotHereError) as error:
            unmatched.append(Outcome(correction, str(error)))
    return CorrectedVoices(
        tuple(speakers[id_] for id_ in sorted(speakers)), tuple(addressees[id_] for id_ in sorted(addressees)), tuple(unmatched)
    )


def _find_quote(people: People, by_first: Mapping[Span, Quote], place: Place) -> Quote:
    span = people.find(place)
    if isinstance(span, Misfit):
        raise UnfitError(f"{show_place(place)} {span}")
    if span not in by_first:
        raise UnfitError(f"{show_place(place)} is no longer a quotation")
    return by_first[span]


def _choose(own: Sequence[Mention], span: Span) -> Mention:
    """Of the mentions of a person, in text order, the one that stands for them at a quotation: before it, if there is any."""
    at = bisect_left(own, span.start, key=lambda mention: mention.span.start)
    if not at:
        return own[0]
    near = own[max(0, at - NEAR) : at]
    return min(reversed(near), key=lambda mention: _BEST_FIRST.index(mention.kind))
