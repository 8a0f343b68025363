"""Who says a quotation, and to whom, as far as a view has come: by what the readers say, and by what the user says instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from fabula.records import Attribution, Evidence, GivenAddressees, GivenSpeaker, Mention, Quote, QuoteSide
from fabula.story.corrections.parts import READER as CORRECTIONS


@dataclass(frozen=True, slots=True)
class Voices:
    """said: what the readers say and has been told, speakers and addressees: what the user says, each by the quotation's id.

    mentions: those that have been read, by id, with their characters as the view folds them.
    """

    said: Mapping[int, Attribution]
    speakers: Mapping[int, GivenSpeaker]
    addressees: Mapping[int, GivenAddressees]
    mentions: Mapping[int, Mention]

    def voice(self, quote: Quote) -> Quote:
        """A quotation with its speaker and whom it is said to, as far as they are known."""
        said = self.said.get(quote.id)
        if quote.id in self.speakers or quote.id in self.addressees:
            return self._as_corrected(quote, said)
        if said is None:
            return quote
        speaker = self.mentions[said.speaker].character
        # Not `replace`: a third of the time of all quotations of a long book.
        return Quote(
            *(quote.id, quote.parts, quote.kind, speaker, self._characters_of(said.addressees)),
            *(said.cue, said.manner, said.evidence.probability),
        )

    def _as_corrected(self, quote: Quote, said: Attribution | None) -> Quote:
        """A quotation of which the user says who speaks it, or to whom; what the user does not say is as it has been read."""
        speaker, to = self.speakers.get(quote.id), self.addressees.get(quote.id)
        mention = speaker.speaker if speaker is not None else said.speaker if said is not None else None
        who = None if mention is None else next(iter(self._characters_of((mention,))), None)
        because = self.evidence_for(quote)
        addressees = to.addressees if to is not None else said.addressees if said is not None else ()
        sides = ((QuoteSide.SPEAKER, speaker), (QuoteSide.ADDRESSEES, to))
        return replace(
            quote,
            speaker=who,
            addressees=self._characters_of(addressees),
            cue=said.cue if said is not None else None,
            manner=said.manner if said is not None else "",
            probability=because.probability if because is not None and who is not None else 0.0,
            corrected=tuple(side for side, given in sides if given is not None),
        )

    def evidence_for(self, quote: Quote) -> Evidence | None:
        """Why a quotation has its speaker, as `StoryView.evidence_for` tells it."""
        given = self.speakers.get(quote.id)
        if given is not None:
            mention = None if given.speaker is None else self.mentions.get(given.speaker)
            spans = {quote.span} if mention is None or mention.character is None else {quote.span, mention.span}
            return Evidence(tuple(sorted(spans)), CORRECTIONS, 1.0)
        said = self.said.get(quote.id)
        return said.evidence if said is not None else None

    def _characters_of(self, mentions: Iterable[int]) -> tuple[int, ...]:
        """The characters that mentions mean, of those that have been read."""
        read = (self.mentions.get(mention) for mention in mentions)
        return tuple(dict.fromkeys(m.character for m in read if m is not None and m.character is not None))
