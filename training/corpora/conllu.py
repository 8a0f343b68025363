"""Files in CoNLL-U, the ten columns of Universal Dependencies, as they are: documents of sentences of words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.corpora.alignment import CorpusToken
from training.corpora.errors import CorpusMissingError, DamagedCorpusError

COLUMNS = 10


@dataclass(frozen=True, slots=True)
class ConlluWord:
    """A syntactic word. head: its number in the sentence, counted from 1, 0 for the root. misc: the tenth column, "" if empty."""

    token: CorpusToken
    lemma: str
    upos: str
    feats: tuple[tuple[str, str], ...]
    head: int
    deprel: str
    misc: str


@dataclass(frozen=True, slots=True)
class ConlluDocument:
    """id: of `# newdoc id`. sentences: their words; pieces of one written word ("don't") are words, empty nodes are not."""

    id: str
    sentences: tuple[tuple[ConlluWord, ...], ...]


def read_conllu(path: Path) -> Iterator[ConlluDocument]:
    """The documents of a file, in order.

    Raises CorpusMissingError, and DamagedCorpusError where a line is no word or a head points outside its sentence.
    """
    if not path.is_file():
        raise CorpusMissingError(path)
    document = path.stem
    sentences: list[tuple[ConlluWord, ...]] = []
    words: list[ConlluWord] = []
    glue_until, space_after_last = 0, True  # of the written word that several words make up
    with path.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate([*lines, "\n"], start=1):
            line = line.rstrip("\r\n")
            if line.startswith("# newdoc"):
                if sentences:
                    yield ConlluDocument(document, tuple(sentences))
                    sentences = []
                document = line.partition("=")[2].strip() or document
            elif not line:
                if words:
                    _check(words, f"{path.name}:{number}")
                    sentences.append(tuple(words))
                    words, glue_until = [], 0
            elif not line.startswith("#"):
                cells = line.split("\t")
                if len(cells) != COLUMNS:
                    raise DamagedCorpusError(f"{path.name}:{number}", f"{len(cells)} columns instead of {COLUMNS}")
                id_, form, lemma, upos, _, feats, head, deprel, _, misc = cells
                spaced = "SpaceAfter=No" not in misc.split("|")
                if "-" in id_:
                    glue_until, space_after_last = int(id_.partition("-")[2]), spaced
                elif "." not in id_:
                    if int(id_) <= glue_until:
                        spaced = int(id_) == glue_until and space_after_last
                    pairs = () if feats == "_" else tuple(_pair(feat) for feat in feats.split("|"))
                    words.append(
                        ConlluWord(CorpusToken(form, spaced), lemma, upos, pairs, int(head), deprel, "" if misc == "_" else misc)
                    )
    if sentences:
        yield ConlluDocument(document, tuple(sentences))


def _pair(feat: str) -> tuple[str, str]:
    name, _, value = feat.partition("=")
    return name, value


def _check(words: list[ConlluWord], where: str) -> None:
    if any(not 0 <= word.head <= len(words) for word in words) or sum(word.head == 0 for word in words) != 1:
        raise DamagedCorpusError(where, "a head lies outside its sentence, or it has not one root")
