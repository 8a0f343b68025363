"""How predictions for LitBank's documents agree with their gold layers, span by span of the corpus's own tokens."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from evaluation.calibration import Calibration
from evaluation.coreference import CoreferenceCounts, count_coreference
from evaluation.counts import Agreement, Share, Summed
from evaluation.litbank_predictions import Prediction
from fabula.errors import FabulaError
from fabula.records import MentionKind
from training.corpora.alignment import TokenSpan
from training.corpora.litbank import LitBankDocument

CONTESTED = 0.05  # the probability from which a word counts for the calibration of events: nearly all words are surely none


@dataclass(frozen=True, slots=True)
class LitBankCounts(Summed):
    """What was counted in a document, or in several.

    mentions: exact spans of the layer of coreference, attributes among them; typed: with their type; names, nominals, pronouns:
    with their kind. typed_names: spans and types of names and nominals, against those of the layer of coreference; entities:
    against the layer of entities; layers: gold of the one against gold of the other. given: coreference of gold mentions.
    speakers: of gold quotations, the chain, gold mentions and chains given; unparted: where no paragraph is known.
    """

    mentions: Agreement = field(default_factory=Agreement)
    typed: Agreement = field(default_factory=Agreement)
    names: Agreement = field(default_factory=Agreement)
    nominals: Agreement = field(default_factory=Agreement)
    pronouns: Agreement = field(default_factory=Agreement)
    typed_names: Agreement = field(default_factory=Agreement)
    entities: Agreement = field(default_factory=Agreement)
    layers: Agreement = field(default_factory=Agreement)
    events: Agreement = field(default_factory=Agreement)
    coreference: CoreferenceCounts = field(default_factory=CoreferenceCounts)
    given: CoreferenceCounts = field(default_factory=CoreferenceCounts)
    speakers: Share = field(default_factory=Share)
    unparted: Share = field(default_factory=Share)
    mention_calibration: Calibration = field(default_factory=Calibration)
    event_calibration: Calibration = field(default_factory=Calibration)


class MissingPredictionError(FabulaError):
    """A document has no prediction: left out, it would not count against the model."""

    def __init__(self, id_: str) -> None:
        super().__init__(f"there is no prediction for `{id_}`", "predict every document that is scored")


def count_documents(documents: Sequence[LitBankDocument], predictions: Mapping[str, Prediction]) -> list[LitBankCounts]:
    """Score every document.

    predictions: by id.
    Raises MissingPredictionError.
    """
    for document in documents:
        if document.id not in predictions:
            raise MissingPredictionError(document.id)
    return [count_document(document, predictions[document.id]) for document in documents]


def count_document(document: LitBankDocument, prediction: Prediction) -> LitBankCounts:
    """Score one document; what was not predicted of gold mentions counts nothing."""
    # Two spans of ours that fall upon one of theirs are one, the first, as in the files that are written.
    theirs: dict[TokenSpan, int] = {}
    for at, mention in enumerate(prediction.mentions):
        theirs.setdefault(document.alignment.to_theirs(mention.span).span, at)
    found = [(span, prediction.mentions[at]) for span, at in theirs.items()]
    homes = {at: number for number, chain in enumerate(prediction.chains) for at in chain}
    chains: dict[int, list[TokenSpan]] = {}
    for span, at in theirs.items():
        chains.setdefault(homes[at], []).append(span)
    spans = [mention.theirs for mention in document.mentions]
    gold_chains = [[spans[at] for at in chain] for chain in document.chains()]
    gold = set(spans)
    triggers = {event.token for event in document.events}

    def of_kind(kind: MentionKind) -> Agreement:
        return Agreement.of(
            [mention.theirs for mention in document.mentions if mention.kind is kind],
            [span for span, mention in found if mention.kind is kind],
        )

    typed = [(span, mention.type) for span, mention in found]
    named: list[Hashable] = [(span, mention.type) for span, mention in found if mention.kind is not MentionKind.PRONOUN]
    gold_named = [(mention.theirs, mention.type) for mention in document.mentions if mention.kind is not MentionKind.PRONOUN]
    gold_entities = [(entity.theirs, entity.type) for entity in document.entities]
    given, speakers, unparted = CoreferenceCounts(), Share(), Share()
    if prediction.given is not None:
        given = count_coreference(gold_chains, [[spans[at] for at in chain] for chain in prediction.given.chains])
        speakers = _share_right(document, prediction.given.speakers)
        unparted = _share_right(document, prediction.given.unparted)
    return LitBankCounts(
        Agreement.of(gold, theirs),
        Agreement.of([(mention.theirs, mention.type) for mention in document.mentions], typed),
        of_kind(MentionKind.NAME),
        of_kind(MentionKind.NOMINAL),
        of_kind(MentionKind.PRONOUN),
        Agreement.of(gold_named, named),
        Agreement.of(gold_entities, named),
        Agreement.of(gold_entities, gold_named),
        Agreement.of(
            [event.theirs for event in document.events],
            [document.alignment.to_theirs(TokenSpan(token, token + 1)).span.start for token in prediction.triggers],
        ),
        count_coreference(gold_chains, chains.values()),
        given,
        speakers,
        unparted,
        Calibration.of((mention.probability, span in gold) for span, mention in found),
        Calibration.of((p, token in triggers) for token, p in enumerate(prediction.events) if p >= CONTESTED),
    )


def _share_right(document: LitBankDocument, speakers: Sequence[str]) -> Share:
    pairs = zip(document.quotations, speakers, strict=True)
    return Share(sum(quotation.speaker == speaker for quotation, speaker in pairs), len(document.quotations))


Ratio = Callable[[LitBankCounts], float]
MENTIONS: Mapping[str, Ratio] = {
    "mentions: precision": lambda c: c.mentions.precision,
    "mentions: recall": lambda c: c.mentions.recall,
    "mentions: F1": lambda c: c.mentions.f1,
    "mentions, span and type: F1": lambda c: c.typed.f1,
    "names, span and kind: F1": lambda c: c.names.f1,
    "nominals, span and kind: F1": lambda c: c.nominals.f1,
    "pronouns, span and kind: F1": lambda c: c.pronouns.f1,
    "typed names and nominals, layer of coreference: F1": lambda c: c.typed_names.f1,
    "typed names and nominals, layer of entities: F1": lambda c: c.entities.f1,
    "(gold typed names and nominals of the two layers: F1)": lambda c: c.layers.f1,
    "mentions: calibration error": lambda c: c.mention_calibration.error,
}
EVENTS: Mapping[str, Ratio] = {
    "events: precision": lambda c: c.events.precision,
    "events: recall": lambda c: c.events.recall,
    "events: F1": lambda c: c.events.f1,
    "events: calibration error": lambda c: c.event_calibration.error,
}
COREFERENCE: Mapping[str, Ratio] = {
    "coreference: MUC F1": lambda c: c.coreference.muc.f1,
    "coreference: B3 precision": lambda c: c.coreference.b3.precision,
    "coreference: B3 recall": lambda c: c.coreference.b3.recall,
    "coreference: B3 F1": lambda c: c.coreference.b3.f1,
    "coreference: CEAFe F1": lambda c: c.coreference.ceafe.f1,
    "coreference: LEA F1": lambda c: c.coreference.lea.f1,
    "coreference: CoNLL": lambda c: c.coreference.conll,
}
GIVEN: Mapping[str, Ratio] = {
    "gold mentions: MUC F1": lambda c: c.given.muc.f1,
    "gold mentions: B3 F1": lambda c: c.given.b3.f1,
    "gold mentions: CEAFe F1": lambda c: c.given.ceafe.f1,
    "gold mentions: LEA F1": lambda c: c.given.lea.f1,
    "gold mentions: CoNLL": lambda c: c.given.conll,
    "quotations, gold mentions and chains given: speaker": lambda c: c.speakers.value,
    "(the same, paragraphs not known)": lambda c: c.unparted.value,
}
