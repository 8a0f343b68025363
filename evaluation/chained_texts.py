"""Texts of which a corpus says what refers to whom, rebuilt as plain text: GUM's fiction and the tales of FantasyCoref.

Both are for evaluation alone. GUM says what kind of thing a chain is about, where paragraphs begin, and has chains of one.
FantasyCoref has none of the three: each tale is one paragraph, and its chains are about whatever is mentioned twice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fabula.lexicons.gender import PRONOUN_PERSONS, Person
from fabula.records import Span
from training.corpora.alignment import CorpusToken
from training.corpora.errors import CorpusMissingError, DamagedCorpusError
from training.corpora.gum import GumDocument, read_gum_entities
from training.corpora.spacing import respace
from training.corpora.universal_dependencies import EVALUATION_GENRES

GUM_PERSON = "person"
# Of FantasyCoref: Grimms' tales; Andersen's, which are not at hand everywhere.
GRIMM, ANDERSEN = "GFT*/dev*_gold_conll", "AFT*/*_gold_conll"
SOMEBODY = frozenset({Person.I, Person.WE, Person.YOU, Person.HE, Person.SHE})
_BEGIN = re.compile(r"#begin document \((.*)\)")
_CELL = re.compile(r"(\()?(\d+)(\))?")
_MARKS = {"``": '"', "''": '"'}
_ELIDED = frozenset({"s", "t", "ll", "re", "ve", "m", "d"})


@dataclass(frozen=True, slots=True)
class ChainedText:
    """text: paragraphs parted by an empty line. chains: the mentions of each, as stretches of it."""

    id: str
    text: str
    chains: tuple[tuple[Span, ...], ...]


def read_gum_fiction(data: Path) -> list[ChainedText]:
    """GUM's fiction with its chains of persons, those of one mention too; data: the folder that holds `gum`."""
    return [
        rebuild_gum(document, _paragraphs(data / "gum" / "dep" / f"{document.parsed.id}.conllu"))
        for document in read_gum_entities(data)
        if document.parsed.genre in EVALUATION_GENRES
    ]


def rebuild_gum(document: GumDocument, firsts: Sequence[int]) -> ChainedText:
    """A document as plain text; firsts: the numbers of the sentences that begin a paragraph."""
    alignment = document.parsed.alignment
    starts = [alignment.theirs.starts[alignment.their_sentences[number].start] for number in firsts if number]
    pieces = (alignment.string[start:end] for start, end in zip([0, *starts], [*starts, None], strict=True))

    def moved(at: int) -> int:
        """A paragraph's end is longer by one than the space that it stands for."""
        return at + bisect_right(starts, at)

    chains = []
    for chain in document.chains():
        mentions = [document.mentions[at] for at in chain]
        if mentions[0].type == GUM_PERSON:
            bounds = ((alignment.theirs.starts[m.theirs.start], alignment.theirs.ends[m.theirs.end - 1]) for m in mentions)
            chains.append(tuple(Span(moved(start), moved(end - 1) + 1) for start, end in bounds))
    return ChainedText(document.parsed.id, "\n\n".join(piece.rstrip() for piece in pieces), tuple(chains))


def _paragraphs(path: Path) -> list[int]:
    """The numbers of the sentences of a file that begin a paragraph."""
    firsts: list[int] = []
    n_sentences = 0
    begins = is_inside = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.split()[:2] == ["#", "newpar"]:
            begins = True
        elif not line:
            is_inside = False
        elif not line.startswith("#") and not is_inside:
            if begins:
                firsts.append(n_sentences)
            n_sentences += 1
            begins, is_inside = False, True
    return firsts


def read_fantasy(data: Path, pattern: str) -> list[ChainedText]:
    """The tales of FantasyCoref in the files of a pattern, none if there are no files; data: the folder that holds `fantasycoref`.

    Raises CorpusMissingError where the corpus is not there at all.
    """
    folder = data / "fantasycoref" / "data"
    if not folder.is_dir():
        raise CorpusMissingError(folder)
    return [tale for path in sorted(folder.glob(pattern)) for tale in read_tales(path)]


def read_tales(path: Path) -> Iterator[ChainedText]:
    """The tales of one file in CoNLL-2012's format. Raises DamagedCorpusError where a mention is not closed, or not opened."""
    id_, forms, cells = "", list[str](), list[str]()
    for line in path.read_text(encoding="utf-8").splitlines():
        if begun := _BEGIN.match(line):
            id_, forms, cells = begun[1], [], []
        elif line.startswith("#end"):
            yield rebuild_tale(id_, forms, cells)
        elif line.strip() and not line.startswith("#"):
            columns = line.split()
            forms.append(columns[3])
            cells.append(columns[-1])


def rebuild_tale(id_: str, forms: Sequence[str], cells: Sequence[str]) -> ChainedText:
    """A tale as plain text. forms: its words and marks; cells: for each, which chains' mentions begin and end there."""
    # An opening mark at a sentence's beginning may be the last one's closing: the corpus cannot be believed, only alternated.
    [tokens] = respace([[_MARKS.get(form, form) for form in forms]])
    text, spans = "", list[Span]()
    for at, token in enumerate(tokens):
        spans.append(Span(len(text), len(text) + len(token.form)))
        text += token.form + " " * (token.space_after and not _is_glued(tokens, at))
    return ChainedText(id_, text.rstrip(), _read_chains(id_, cells, spans))


def _is_glued(tokens: Sequence[CorpusToken], at: int) -> bool:
    """Whether a token belongs to the next one all the same: mother ’ s, to - day."""
    form, after = tokens[at].form, tokens[at + 1].form if at + 1 < len(tokens) else ""
    return (form == "’" and after in _ELIDED) or "-" in (form, after)


def _read_chains(id_: str, cells: Sequence[str], spans: Sequence[Span]) -> tuple[tuple[Span, ...], ...]:
    open_: dict[str, list[int]] = defaultdict(list)
    chains: dict[str, list[Span]] = defaultdict(list)
    for at, cell in enumerate(cells):
        for opens, chain, closes in _CELL.findall(cell):
            if opens:
                open_[chain].append(spans[at].start)
            if closes:
                if not open_[chain]:
                    raise DamagedCorpusError(id_, f"word {at + 1} closes a mention of chain {chain} that is not open")
                chains[chain].append(Span(open_[chain].pop(), spans[at].end))
    if any(open_.values()):
        raise DamagedCorpusError(id_, "a mention is not closed")
    return tuple(tuple(sorted(chain)) for chain in chains.values())


def only_somebody(text: ChainedText) -> ChainedText:
    """The text with those chains that hold a pronoun of persons (I, we, you, he, she): FantasyCoref does not say which are persons.

    Who is never called by one is left out with the things; "they" and "it" say nothing.
    """
    kept = (
        chain
        for chain in text.chains
        if any(PRONOUN_PERSONS.get(text.text[slice(*mention)].casefold()) in SOMEBODY for mention in chain)
    )
    return ChainedText(text.id, text.text, tuple(kept))
