"""What a model says of LitBank's documents, and the same in the corpus's own formats, for other scorers."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.readings import Linker, PredictedMention, ReadingModel, find_mentions, link_mentions, make_segment, mentions_of
from fabula.errors import FabulaError
from fabula.neural.segments import Reading, Segment
from fabula.readers.quotes import find_quotes
from fabula.readers.voices import NOBODY, find_voices
from fabula.records import MentionKind, Span, Text
from training.corpora.alignment import TokenSpan
from training.corpora.litbank import LitBankDocument
from training.corpora.litbank_files import conll, entities_tsv, events_tsv, quotations_ann
from training.corpora.litbank_text import rebuild_text


@dataclass(frozen=True, slots=True)
class GivenGold:
    """What is said of gold mentions. chains: of places in the document's mentions. speakers: of every gold quotation, in order, the
    name of the gold chain that says it, "" if nobody is found; unparted: the same where no paragraph is known."""

    chains: tuple[tuple[int, ...], ...]
    speakers: tuple[str, ...]
    unparted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prediction:
    """What is said of a document from its words alone, and of its gold mentions if they were given.

    chains: of places in `mentions`, each in one. events: the probability of every token of ours that it is one.
    """

    mentions: tuple[PredictedMention, ...]
    chains: tuple[tuple[int, ...], ...]
    events: tuple[float, ...]
    given: GivenGold | None = None

    @property
    def triggers(self) -> tuple[int, ...]:
        return tuple(token for token, probability in enumerate(self.events) if probability > 0.5)


class MovedMentionsError(FabulaError):
    """A model was given mentions, and answered about others."""

    def __init__(self, id_: str) -> None:
        super().__init__(f"the model does not keep to the mentions that it is given in `{id_}`", "compare `Model.read`'s contract")


def predict(
    model: ReadingModel, document: LitBankDocument, *, link: Linker = link_mentions, gold_mentions: bool = False
) -> Prediction:
    """Read a document as one segment.

    The quotations that the model is told of are those that the rules find, as everywhere else; only where it says who speaks the
    gold ones, it is given these. gold_mentions: also say what it makes of the gold mentions.
    """
    text = rebuild_text(document)
    found, _ = find_quotes(text)
    segment = _segment(text, [quote.parts for quote in found])
    reading = model.read(segment)
    given = None
    if gold_mentions:
        places: dict[TokenSpan, list[int]] = defaultdict(list)  # two may have fallen upon one span of our tokens
        for place, mention in enumerate(document.mentions):
            places[mention.span].append(place)
        spans = sorted(places, key=lambda span: (span.start, -span.end))
        told = model.read(segment, mentions=spans)
        quotes = [[document.alignment.characters(quotation.span)] for quotation in document.quotations]
        parted = _segment(text, quotes)
        segments = (parted, replace(parted, paragraphs=()))
        spoken = [model.read(one, mentions=spans) for one in segments]
        for one in (told, *spoken):
            if list(zip(one.starts.tolist(), one.ends.tolist(), strict=True)) != spans:
                raise MovedMentionsError(document.id)
        chains = [tuple(place for at in chain for place in places[spans[at]]) for chain in link(segment, told)]
        names = [_chain_name(document, places[span][0]) for span in spans]
        speakers, unparted = (choose_speakers(*pair, names) for pair in zip(segments, spoken, strict=True))
        given = GivenGold(tuple(chains), speakers, unparted)
    return Prediction(
        find_mentions(model, reading),
        tuple(tuple(chain) for chain in link(segment, reading)),
        tuple(1 / (1 + math.exp(-log_odds)) for log_odds in reading.events.tolist()),
        given,
    )


def _segment(text: Text, quotes: Sequence[Sequence[Span]]) -> Segment:
    return make_segment(text, Span(0, len(text.string)), quotes, paragraphs=len(text.paragraphs) > 1)[0]


def _chain_name(document: LitBankDocument, place: int) -> str:
    """The chain that a mention belongs to, or whatever it is an attribute of; "" if none."""
    described = {attribute.mention: attribute.of for attribute in document.attributes}
    seen: set[int] = set()
    while document.mentions[place].chain is None and place in described and place not in seen:
        seen.add(place)
        place = described[place]
    return document.mentions[place].chain or ""


def choose_speakers(segment: Segment, reading: Reading, chains: Sequence[str]) -> tuple[str, ...]:
    """For every quotation the chain that speaks it, as the product decides over a conversation; "" for nobody.

    chains: the name of every mention's chain, "" if it has none.
    """
    names = list(dict.fromkeys(name for name in chains if name))
    people = [names.index(name) if name else NOBODY for name in chains]
    voices = find_voices(segment, mentions_of(reading), reading.speakers, people)
    return tuple("" if voice.person is None else names[voice.person] for voice in voices)


def write_prediction(prediction: Prediction, document: LitBankDocument, folder: Path) -> None:
    """Put a document's predictions into the corpus's folders and formats; what is made of gold mentions into `gold_mentions`."""
    alignment, id_ = document.alignment, document.id
    mentions = prediction.mentions
    entities = [(mention.span, mention.type) for mention in mentions if mention.kind is not MentionKind.PRONOUN]
    files = {
        f"coref/conll/{id_}.conll": conll(id_, alignment, [[mentions[at].span for at in chain] for chain in prediction.chains]),
        f"entities/tsv/{id_}.tsv": entities_tsv(alignment, entities),
        f"events/tsv/{id_}.tsv": events_tsv(alignment, prediction.triggers),
    }
    if prediction.given is not None:
        chains = [[document.mentions[at].span for at in chain] for chain in prediction.given.chains]
        quotations = [(q.span, speaker) for q, speaker in zip(document.quotations, prediction.given.speakers, strict=True)]
        files[f"gold_mentions/coref/conll/{id_}.conll"] = conll(id_, alignment, chains)
        files[f"gold_mentions/quotations/tsv/{id_}.ann"] = quotations_ann(alignment, quotations)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8", newline="\n")
