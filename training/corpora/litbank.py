"""LitBank on our tokens: nested mentions, chains, attributes, typed entities, realis events, quotations with their speakers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from fabula.records import MentionKind, MentionType
from training.corpora.alignment import Alignment, Moves, TokenSpan, align, count_moves
from training.corpora.errors import CorpusMissingError, DamagedCorpusError
from training.corpora.litbank_paragraphs import find_paragraphs
from training.corpora.spacing import respace

KINDS = {"PROP": MentionKind.NAME, "NOM": MentionKind.NOMINAL, "PRON": MentionKind.PRONOUN}
TYPES = {
    "PER": MentionType.PERSON,
    "LOC": MentionType.LOCATION,
    "FAC": MentionType.FACILITY,
    "GPE": MentionType.GEOPOLITICAL,
    "VEH": MentionType.VEHICLE,
    "ORG": MentionType.ORGANIZATION,
}
FOLDS = 10  # of the coreference split; documents that are held back are missing in their test lists


class AttributeKind(StrEnum):
    COPULA = "copula"  # "Ishmael is [a sailor]"
    APPOSITION = "apposition"  # "Ishmael, [a sailor],"


@dataclass(frozen=True, slots=True)
class GoldMention:
    """id: the corpus's own ("T12"). span: our tokens; theirs: the corpus's. chain: None where the mention is an attribute."""

    id: str
    span: TokenSpan
    theirs: TokenSpan
    kind: MentionKind
    type: MentionType
    chain: str | None


@dataclass(frozen=True, slots=True)
class GoldAttribute:
    """That a mention says what another one is; both by their place in `mentions`. The other may be an attribute too."""

    mention: int
    of: int
    kind: AttributeKind


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A name or nominal of the layer of entities, which was annotated apart from that of coreference. layer: 0 the innermost."""

    span: TokenSpan
    theirs: TokenSpan
    type: MentionType
    layer: int


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event that happens; `token`, of ours, is its trigger."""

    token: int
    theirs: int


@dataclass(frozen=True, slots=True)
class GoldQuotation:
    """Marks included; may run over sentences. speaker: the name of a chain."""

    id: str
    span: TokenSpan
    theirs: TokenSpan
    speaker: str


@dataclass(frozen=True, slots=True)
class LitBankDocument:
    """An excerpt of 2,000 words with every layer. mentions and quotations are in text order, the outer before the inner.

    paragraphs: the numbers of their first words, of our tokens; () where they are not known.
    moves: by layer ("mentions", "entities", "events", "quotations"), how its labels came over to our tokens.
    """

    id: str
    alignment: Alignment
    paragraphs: tuple[int, ...]
    mentions: tuple[GoldMention, ...]
    attributes: tuple[GoldAttribute, ...]
    entities: tuple[GoldEntity, ...]
    events: tuple[GoldEvent, ...]
    quotations: tuple[GoldQuotation, ...]
    moves: tuple[tuple[str, Moves], ...]

    def chains(self) -> list[tuple[int, ...]]:
        """The mentions of every chain, by place in `mentions`; each attribute is a chain of its own, as in the conll files."""
        members: dict[str, list[int]] = {}
        for at, mention in enumerate(self.mentions):
            members.setdefault(mention.chain or f"\t{mention.id}", []).append(at)
        return [tuple(chain) for chain in members.values()]


@dataclass(frozen=True, slots=True)
class DocumentSplit:
    """Ids of documents; the three share none."""

    train: tuple[str, ...]
    dev: tuple[str, ...]
    test: tuple[str, ...]


def read_litbank(data: Path) -> Iterator[LitBankDocument]:
    """Every document, by id; data: the folder that holds `litbank`."""
    for id_ in document_ids(data):
        yield read_document(data, id_)


def document_ids(data: Path) -> list[str]:
    """The ids of the documents at hand."""
    folder = data / "litbank" / "coref" / "tsv"
    if not folder.is_dir():
        raise CorpusMissingError(folder)
    return sorted(path.stem for path in folder.glob("*.txt"))


def read_fold(data: Path, number: int) -> DocumentSplit:
    """Fold `number`, from 0, of the coreference split; its test documents leave every layer of that fold's training."""
    return _read_split(data / "litbank" / "splits_coref_tenfold" / "data" / "litbank_tenfold_splits" / str(number))


def read_event_split(data: Path) -> DocumentSplit:
    """The published split of the events."""
    return _read_split(data / "litbank" / "splits_events" / "data")


def read_entity_split(data: Path) -> DocumentSplit:
    """The published split of the entities."""
    return _read_split(data / "litbank" / "splits_entities_naacl2019")


def _read_split(folder: Path) -> DocumentSplit:
    lists = [
        tuple(line.removesuffix(".tsv") for line in _lines(folder / f"{name}.ids") if line) for name in ("train", "dev", "test")
    ]
    return DocumentSplit(*lists)


def read_document(data: Path, id_: str) -> LitBankDocument:
    """One document.

    Raises CorpusMissingError, and DamagedCorpusError where two layers do not share their tokens or a reference leads nowhere.
    """
    root = data / "litbank"
    sentences = [line.split() for line in _lines(root / "coref" / "tsv" / f"{id_}.txt") if line.strip()]
    alignment = align(respace(sentences))
    words = [word for sentence in sentences for word in sentence]
    events = _read_columns(root / "events" / "tsv" / f"{id_}.tsv", words)
    layers = _read_columns(root / "entities" / "tsv" / f"{id_}.tsv", words)
    coreference = root / "coref" / "tsv" / f"{id_}.ann"
    mentions, attributes = _read_coreference(_rows(coreference), alignment, coreference.name)
    entities = tuple(sorted(_read_entities(layers, alignment), key=lambda entity: _text_order(entity.theirs)))
    triggers = [TokenSpan(at, at + 1) for at, cells in enumerate(events) if cells[0] == "EVENT"]
    quotations = _read_quotations(root / "quotations" / "tsv" / f"{id_}.ann", alignment, mentions)
    return LitBankDocument(
        id_,
        alignment,
        find_paragraphs(root, id_, alignment.words()),
        mentions,
        attributes,
        entities,
        tuple(GoldEvent(alignment.to_ours(trigger).span.start, trigger.start) for trigger in triggers),
        quotations,
        (
            ("mentions", count_moves(alignment, [mention.theirs for mention in mentions])),
            ("entities", count_moves(alignment, [entity.theirs for entity in entities])),
            ("events", count_moves(alignment, triggers)),
            ("quotations", count_moves(alignment, [quotation.theirs for quotation in quotations])),
        ),
    )


def _read_coreference(
    rows: Sequence[Sequence[str]], alignment: Alignment, name: str
) -> tuple[tuple[GoldMention, ...], tuple[GoldAttribute, ...]]:
    chains = {row[1]: row[2] for row in rows if row[0] == "COREF"}
    mentions: list[GoldMention] = []
    for row in rows:
        if row[0] == "MENTION":
            theirs = _span(alignment, row[2:6])
            span = alignment.to_ours(theirs).span
            mentions.append(GoldMention(row[1], span, theirs, KINDS[row[8]], TYPES[row[7]], chains.get(row[1])))
    mentions.sort(key=lambda mention: _text_order(mention.theirs))
    places = {mention.id: at for at, mention in enumerate(mentions)}
    kinds = {"COP": AttributeKind.COPULA, "APPOS": AttributeKind.APPOSITION}
    try:
        attributes = [GoldAttribute(places[row[1]], places[row[2]], kinds[row[0]]) for row in rows if row[0] in kinds]
    except KeyError as error:
        raise DamagedCorpusError(name, f"there is no mention {error}") from error
    described = {attribute.mention for attribute in attributes}
    for at, mention in enumerate(mentions):
        if (mention.chain is None) != (at in described):
            raise DamagedCorpusError(name, f"mention {mention.id} is not either in a chain or an attribute")
    return tuple(mentions), tuple(sorted(attributes, key=lambda attribute: attribute.mention))


def _read_quotations(path: Path, alignment: Alignment, mentions: Sequence[GoldMention]) -> tuple[GoldQuotation, ...]:
    rows = _rows(path)
    speakers = {row[1]: row[2] for row in rows if row[0] == "ATTRIB"}
    chains = {mention.chain for mention in mentions}
    quotations: list[GoldQuotation] = []
    for row in rows:
        if row[0] == "QUOTE":
            speaker = speakers.get(row[1])
            if speaker is None or speaker not in chains:
                raise DamagedCorpusError(path.name, f"quotation {row[1]} has no speaker with a chain")
            theirs = _span(alignment, row[2:6])
            quotations.append(GoldQuotation(row[1], alignment.to_ours(theirs).span, theirs, speaker))
    return tuple(sorted(quotations, key=lambda quotation: _text_order(quotation.theirs)))


def _read_entities(rows: Sequence[Sequence[str]], alignment: Alignment) -> Iterator[GoldEntity]:
    """The stretches of every layer: a B opens one, the I's after it carry it on."""
    for layer in range(max((len(cells) for cells in rows), default=0)):
        column = [cells[layer] if layer < len(cells) and cells[layer] else "O" for cells in rows] + ["O"]
        start: int | None = None
        for at, label in enumerate(column):
            if start is not None and not label.startswith("I-"):
                theirs = TokenSpan(start, at)
                yield GoldEntity(alignment.to_ours(theirs).span, theirs, TYPES[column[start][2:]], layer)
                start = None
            if label.startswith("B-"):
                start = at


def _span(alignment: Alignment, cells: Sequence[str]) -> TokenSpan:
    """Sentence and token of the first, sentence and token of the last one, as a span of the document's tokens."""
    first_sentence, first, last_sentence, last = map(int, cells)
    starts = alignment.their_sentences
    return TokenSpan(starts[first_sentence].start + first, starts[last_sentence].start + last + 1)


def _text_order(span: TokenSpan) -> tuple[int, int]:
    return span.start, -span.end


def _read_columns(path: Path, words: Sequence[str]) -> list[list[str]]:
    """The labels of every token of a file of one token a line."""
    rows = [line.split("\t") for line in _lines(path) if line]
    if [row[0] for row in rows] != list(words):
        raise DamagedCorpusError(path.name, "its tokens are not those of the coreference layer")
    return [row[1:] for row in rows]


def _rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in _lines(path) if line]


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        raise CorpusMissingError(path)
    return path.read_text(encoding="utf-8").split("\n")
