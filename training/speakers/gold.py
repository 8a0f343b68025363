"""Quotations with gold mentions and chains, of LitBank and of the pages, as passages."""

from __future__ import annotations

from fabula.records import MentionKind, MentionType
from training.corpora.litbank import LitBankDocument
from training.corpora.pages import Page, Referent
from training.speakers.passages import UNKNOWN, Label, Passage

_KINDS = tuple(MentionKind)


def gold_passage(document: LitBankDocument) -> Passage:
    """A document: people are chains, also those of attributes."""
    chains = document.chains()
    number = {mention: at for at, chain in enumerate(chains) for mention in chain}
    people = [at for at, mention in enumerate(document.mentions) if mention.type is MentionType.PERSON]
    of_name = {document.mentions[chain[0]].chain: at for at, chain in enumerate(chains)}
    own = [document.mentions[at] for at in people]
    return Passage(
        document.id,
        tuple(document.alignment.words()),
        tuple(sentence.start for sentence in document.alignment.our_sentences),
        document.paragraphs,
        tuple(((quotation.span.start, quotation.span.end),) for quotation in document.quotations),
        tuple(mention.span.start for mention in own),
        tuple(mention.span.end for mention in own),
        tuple(_KINDS.index(mention.kind) for mention in own),
        tuple(number[at] for at in people),
        tuple(of_name[quotation.speaker] for quotation in document.quotations),
        (Label.GOLD,) * len(document.quotations),
    )


def page_passage(page: Page) -> Passage:
    """A page: people are those who are mentioned, several at once as one."""
    numbers: dict[Referent, int] = {}
    people = tuple(numbers.setdefault(mention.who, len(numbers)) for mention in page.mentions)
    speakers = tuple(UNKNOWN if one.by is None else numbers.get(one.by, UNKNOWN) for one in page.quotations)
    return Passage(
        page.id,
        page.words,
        page.sentences,
        page.paragraphs,
        tuple(tuple((part.start, part.end) for part in one.parts) for one in page.quotations),
        tuple(mention.span.start for mention in page.mentions),
        tuple(mention.span.end for mention in page.mentions),
        tuple(_KINDS.index(mention.kind) for mention in page.mentions),
        people,
        speakers,
        tuple(Label.NONE if speaker == UNKNOWN else Label.GOLD for speaker in speakers),
    )
