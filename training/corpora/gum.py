"""GUM on our tokens: nested entities of every kind, and coreference, beside the parse of `universal_dependencies`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fabula.records import MentionKind
from training.corpora.alignment import Moves, TokenSpan, count_moves
from training.corpora.conllu import ConlluDocument
from training.corpora.errors import DamagedCorpusError
from training.corpora.universal_dependencies import ParsedDocument, Split, Word, parse, read_gum_files

_ENTITY = re.compile(r"(?:^|\|)Entity=([^|]*)")
_BRACKET = re.compile(r"\((?P<opened>[^()]+)|(?P<closed>[^()]+)\)|(?P<end>\))")
# chain-type-status-salience-centering-minspan-link, and the identity where it has an article: it may hold "-" itself.
FIELDS = 7


@dataclass(frozen=True, slots=True)
class GumMention:
    """A stretch that refers to something, of any kind.

    head: the token whose head lies outside the span. kind: read off the head's part of speech, for GUM does not say it.
    type: GUM's own ("person", "place", "object", "abstract" ...; a place may be a location, a facility or a state).
    chain: the number of what it refers to, in the document; a chain of one is a mention that nothing else refers to.
    status: whether it is new or given ("new", "giv:act", "acc:inf" ...). link: how it hangs on the mention before ("coref", "ana",
    "cata", "appos", "pred", "disc", "sgl" where it is the first or alone). identity: the article of Wikipedia on it, "" if none.
    """

    span: TokenSpan
    theirs: TokenSpan
    head: int
    kind: MentionKind
    type: str
    chain: int
    status: str
    link: str
    identity: str


@dataclass(frozen=True, slots=True)
class GumDocument:
    """mentions: in text order, the outer before the inner."""

    parsed: ParsedDocument
    mentions: tuple[GumMention, ...]
    moves: Moves

    def chains(self) -> list[tuple[int, ...]]:
        """The mentions of every chain, by their place in `mentions`."""
        members: dict[int, list[int]] = {}
        for at, mention in enumerate(self.mentions):
            members.setdefault(mention.chain, []).append(at)
        return [tuple(chain) for chain in members.values()]


def read_gum_entities(data: Path) -> Iterator[GumDocument]:
    """Every document of GUM at hand; data: the folder that holds `gum`. Its fiction is for evaluation (`parsed.may_train`)."""
    for document, split in read_gum_files(data):
        yield read_entities(document, split=split)


def read_entities(document: ConlluDocument, *, split: Split) -> GumDocument:
    """The parse and the mentions of one document. Raises DamagedCorpusError where a bracket of `Entity=` has no other half."""
    parsed = parse(document, genre=document.id.split("_")[1], split=split)
    found = sorted(_find_stretches(document), key=lambda stretch: (stretch[0].start, -stretch[0].end))
    mentions: list[GumMention] = []
    for theirs, fields in found:
        span = parsed.alignment.to_ours(theirs).span
        head = _head(parsed.words, span)
        chain, type_, status, _, _, _, link, *identity = fields
        kind = _kind(parsed.words[head].upos)
        mentions.append(GumMention(span, theirs, head, kind, type_, int(chain), status, link, "".join(identity)))
    return GumDocument(parsed, tuple(mentions), count_moves(parsed.alignment, [mention.theirs for mention in mentions]))


def _find_stretches(document: ConlluDocument) -> Iterator[tuple[TokenSpan, list[str]]]:
    open_: dict[str, list[tuple[int, list[str]]]] = {}  # by chain: the innermost of a chain closes first
    last: str | None = None  # what a bracket closes that names no chain: the one opened at this very word
    for at, word in enumerate(word for sentence in document.sentences for word in sentence):
        entity = _ENTITY.search(word.misc)
        for bracket in _BRACKET.finditer(entity[1]) if entity else ():
            if opened := bracket["opened"]:
                fields = opened.split("-", FIELDS)
                if len(fields) < FIELDS:
                    raise DamagedCorpusError(document.id, f"the entity `{opened}` has not {FIELDS} fields")
                open_.setdefault(fields[0], []).append((at, fields))
                last = fields[0]
                continue
            chain = bracket["closed"] or last
            if chain is None or not open_.get(chain):
                raise DamagedCorpusError(document.id, f"word {at + 1} closes an entity that is not open")
            start, fields = open_[chain].pop()
            yield TokenSpan(start, at + 1), fields
    if any(open_.values()):
        raise DamagedCorpusError(document.id, "an entity is not closed")


def _head(words: Sequence[Word], span: TokenSpan) -> int:
    """The first token whose head lies outside the span."""
    return next(
        (
            token
            for token in range(span.start, span.end)
            if (head := words[token].head) is None or not span.start <= head < span.end
        ),
        span.end - 1,
    )


def _kind(upos: str) -> MentionKind:
    if upos == "PROPN":
        return MentionKind.NAME
    return MentionKind.PRONOUN if upos in ("PRON", "DET") else MentionKind.NOMINAL
