"""The treebanks of Universal Dependencies (EWT, GUM) on our tokens: part of speech, features, lemma, head and relation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from training.corpora.alignment import Alignment, TokenSpan, align
from training.corpora.conllu import ConlluDocument, ConlluWord, read_conllu
from training.corpora.errors import CorpusMissingError

EWT_FILES = {"train": "en_ewt-ud-train.rebuilt.conllu", "dev": "en_ewt-ud-dev.conllu", "test": "en_ewt-ud-test.conllu"}
EVALUATION_GENRES = frozenset({"fiction"})  # not licensed openly enough to train what ships
_HEADLINE = re.compile(r"## *(\w+)")
_LISTED = re.compile(r" *\* *(GUM_\w+)")


class Split(StrEnum):
    TRAIN = "train"
    DEV = "dev"
    TEST = "test"


class Fit(StrEnum):
    """How a token of ours lies on the corpus's words."""

    SAME = "same"
    JOINED = "joined"  # several of their words, of which one governs the others: it bears that one's labels
    MIXED = "mixed"  # several of their words, of which more than one has its head outside: it bears those of the highest
    PART = "part"  # the longest part of one of their words: it bears the word's labels, its lemma for lack of a better
    REST = "rest"  # another part of it: its labels are made up, and say only that it belongs to the longest


@dataclass(frozen=True, slots=True)
class Word:
    """The labels of one of our tokens. head: the number of a token of the document, None at the root of a sentence."""

    upos: str
    feats: tuple[tuple[str, str], ...]
    lemma: str
    head: int | None
    deprel: str
    fit: Fit


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """words: one for each of our tokens (`alignment.ours`); each sentence is a tree with one root."""

    id: str
    genre: str
    split: Split
    alignment: Alignment
    words: tuple[Word, ...]

    @property
    def may_train(self) -> bool:
        """Whether its split and its licence allow to train on it what ships."""
        return self.split is Split.TRAIN and self.genre not in EVALUATION_GENRES


def read_ewt(data: Path) -> Iterator[ParsedDocument]:
    """The English Web Treebank; data: the folder that holds `ud_ewt`. Genres: weblog, newsgroup, email, reviews, answers."""
    for split, name in EWT_FILES.items():
        for document in read_conllu(data / "ud_ewt" / name):
            yield parse(document, genre=document.id.split("-")[0], split=Split(split))


def read_gum(data: Path) -> Iterator[ParsedDocument]:
    """GUM's free genres and its fiction, which is for evaluation alone; data: the folder that holds `gum`."""
    for document, split in read_gum_files(data):
        yield parse(document, genre=document.id.split("_")[1], split=split)


def read_gum_files(data: Path) -> Iterator[tuple[ConlluDocument, Split]]:
    """The documents of GUM as they are, by name, each with its place in the corpus's own split."""
    folder, listing = data / "gum" / "dep", data / "gum" / "splits.md"
    for path in (folder, listing):
        if not path.exists():
            raise CorpusMissingError(path)
    splits = _read_splits(listing.read_text(encoding="utf-8"))
    for path in sorted(folder.glob("*.conllu")):
        for document in read_conllu(path):
            yield document, splits.get(document.id, Split.TRAIN)


def _read_splits(listing: str) -> dict[str, Split]:
    splits: dict[str, Split] = {}
    headline = ""
    for line in listing.splitlines():
        if found := _HEADLINE.match(line):
            headline = found[1]
        elif (found := _LISTED.match(line)) and headline in set(Split):
            splits[found[1]] = Split(headline)
    return splits


def parse(document: ConlluDocument, *, genre: str, split: Split) -> ParsedDocument:
    """Move the labels of a document to our tokens.

    Where ours join words of the corpus ("mother-in-law"), the token takes the labels of the word whose head lies outside it, the
    highest in the tree if there are several, and their lemmas joined. Where ours are finer ("and/or"), the longest part takes
    the labels, the first of equals, and the others hang on it: marks as PUNCT, `punct`, words with its part of speech as `flat`.
    """
    alignment = align([[word.token for word in sentence] for sentence in document.sentences])
    words: list[Word] = []
    for sentence, theirs, ours in zip(document.sentences, alignment.their_sentences, alignment.our_sentences, strict=True):
        words.extend(_move_sentence(sentence, alignment, theirs, ours))
    return ParsedDocument(document.id, genre, split, alignment, tuple(words))


def _move_sentence(sentence: Sequence[ConlluWord], alignment: Alignment, theirs: TokenSpan, ours: TokenSpan) -> Iterator[Word]:
    homes = [_home(alignment, number) for number in range(theirs.start, theirs.end)]
    depths = _depths(sentence)
    borne: dict[int, list[int]] = {}
    for at, home in enumerate(homes):
        borne.setdefault(home, []).append(at)
    for number in range(ours.start, ours.end):
        touched = alignment.to_theirs(TokenSpan(number, number + 1))
        pieces = borne.get(number)
        if pieces is None:
            whole = touched.span.start - theirs.start
            yield _rest(alignment, number, homes[whole], sentence[whole])
            continue
        # The highest bears the labels: then heads only ever go up, and what was a tree stays one.
        top = min(pieces, key=lambda at: depths[at])
        word = sentence[top]
        outside = sum(not sentence[at].head or homes[sentence[at].head - 1] != number for at in pieces)
        fit = Fit.PART if not touched.exact else Fit.SAME if len(pieces) == 1 else Fit.JOINED if outside == 1 else Fit.MIXED
        yield Word(
            word.upos,
            word.feats,
            _join_lemmas([sentence[at] for at in pieces]),
            homes[word.head - 1] if word.head else None,
            word.deprel,
            fit,
        )


def _home(alignment: Alignment, theirs: int) -> int:
    """The token of ours that holds most of a word of the corpus."""
    start, end = alignment.theirs[theirs]
    span = alignment.to_ours(TokenSpan(theirs, theirs + 1)).span

    def held(ours: int) -> tuple[bool, int]:
        left, right = max(start, alignment.ours.starts[ours]), min(end, alignment.ours.ends[ours])
        return any(map(str.isalnum, alignment.string[left:right])), right - left

    return max(range(span.start, span.end), key=held)


def _rest(alignment: Alignment, number: int, head: int, whole: ConlluWord) -> Word:
    start, end = alignment.ours[number]
    form = alignment.string[start:end]
    if not any(map(str.isalnum, form)):
        return Word("PUNCT", (), form, head, "punct", Fit.REST)
    return Word(whole.upos, (), form if whole.upos == "PROPN" else form.lower(), head, "flat", Fit.REST)


def _join_lemmas(pieces: Sequence[ConlluWord]) -> str:
    return "".join(piece.lemma + " " * (piece.token.space_after and at + 1 < len(pieces)) for at, piece in enumerate(pieces))


def _depths(sentence: Sequence[ConlluWord]) -> list[int]:
    """How far each word is from the root. Cycles, which no treebank has, count as deeper than the sentence is long."""
    depths: list[int] = []
    for word in sentence:
        depth = 0
        while word.head and depth <= len(sentence):
            word, depth = sentence[word.head - 1], depth + 1
        depths.append(depth)
    return depths
