"""What the model is shown in one step: a document's words with the labels that its corpus has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from fabula.neural.lemmas import script_of
from fabula.records import MentionKind, MentionType
from training.corpora.gum import GumDocument
from training.corpora.litbank import LitBankDocument
from training.corpora.litbank_text import find_quote_words
from training.corpora.pages import Page, Referent
from training.corpora.universal_dependencies import Fit, ParsedDocument

IGNORED = -100  # torch's own mark for "no label"
RARE = 3  # a feature set or an edit script that is seen less often is not learnt
STEP_WORDS = 700  # treebank documents are joined until they have about as many
GUM_TYPES = ("person", "place", "organization", "object", "animal", "plant", "substance", "event", "time", "abstract")
CLASSES = tuple(product(MentionKind, MentionType))
GUM_CLASSES = tuple(product(MentionKind, GUM_TYPES))
LITBANK, GUM = range(2)  # guidelines of mentions

NOT_LEARNT = frozenset({"Typo", "Abbr", "NumForm", "ExtPos", "Style", "Foreign"})  # features

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Inventories:
    """The labels that are learnt; a label's number is its place."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    lemmas: tuple[str, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SyntaxLabels:
    """[n_words] each. heads: numbers of words, -1 at a root, IGNORED where unknown; the others numbers into the inventories."""

    upos: Ints
    feats: Ints
    lemmas: Ints
    heads: Ints
    relations: Ints


@dataclass(frozen=True, slots=True)
class MentionLabels:
    """Mentions in text order, the outer before the inner. ends: half-open; classes: from 1; chains: -1 for a chain of its own.

    attributes: pairs (mention, of) of which the second comes first in the text. people_only: nothing else is marked, so that what
    the model takes for a place or a thing teaches nothing.
    """

    guideline: int
    starts: Ints
    ends: Ints
    classes: Ints
    chains: Ints
    attributes: tuple[tuple[int, int], ...] = ()
    people_only: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """sentences, paragraphs: the number of the first word of each; no paragraphs: they are not known.

    events: [n_words], 1 at a trigger.
    """

    id: str
    words: tuple[str, ...]
    sentences: tuple[int, ...]
    quotes: tuple[tuple[tuple[int, int], ...], ...] = ()
    syntax: SyntaxLabels | None = None
    mentions: MentionLabels | None = None
    events: Ints | None = field(default=None)
    paragraphs: tuple[int, ...] = ()


def feats_of(feats: Iterable[tuple[str, str]]) -> str:
    """Features as CoNLL-U writes them; without those of spelling and of annotation.

    >>> feats_of((("Number", "Sing"), ("Typo", "Yes")))
    'Number=Sing'
    """
    return "|".join(f"{name}={value}" for name, value in feats if name not in NOT_LEARNT)


def take_inventories(documents: Sequence[ParsedDocument]) -> Inventories:
    """The labels of the documents to train on, the commonest first."""
    upos, feats, lemmas, relations = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for document in documents:
        for word, form in zip(document.words, document.alignment.words(), strict=True):
            if word.fit is not Fit.REST:
                upos[word.upos] += 1
                feats[feats_of(word.feats)] += 1
                lemmas[script_of(form, word.lemma)] += 1
                relations[word.deprel] += 1
    return Inventories(
        *(
            tuple(label for label, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= RARE)
            for counts in (upos, feats, lemmas, relations)
        )
    )


def syntax_labels(document: ParsedDocument, inventories: Inventories) -> SyntaxLabels:
    """A treebank document's labels as numbers."""
    numbers = [{label: at for at, label in enumerate(labels)} for labels in (inventories.upos, inventories.feats)]
    scripts = {label: at for at, label in enumerate(inventories.lemmas)}
    relations = {label: at for at, label in enumerate(inventories.relations)}
    rows = []
    for word, form in zip(document.words, document.alignment.words(), strict=True):
        if word.fit is Fit.REST:
            rows.append((IGNORED,) * 5)
            continue
        rows.append(
            (
                numbers[0].get(word.upos, IGNORED),
                numbers[1].get(feats_of(word.feats), IGNORED),
                scripts.get(script_of(form, word.lemma), IGNORED),
                -1 if word.head is None else word.head,
                relations.get(word.deprel, IGNORED),
            )
        )
    return SyntaxLabels(*np.array(rows, np.int64).T.copy())


def example_of_treebank(document: ParsedDocument, inventories: Inventories) -> Example:
    alignment = document.alignment
    sentences = tuple(sentence.start for sentence in alignment.our_sentences)
    return Example(document.id, tuple(alignment.words()), sentences, syntax=syntax_labels(document, inventories))


def example_of_gum(document: GumDocument, inventories: Inventories) -> Example:
    plain = example_of_treebank(document.parsed, inventories)
    found = [(at, mention) for at, mention in enumerate(document.mentions) if mention.type in GUM_TYPES]
    unique = {mention.span: (at, mention) for at, mention in found}  # two labels of one stretch: the inner
    kept = sorted(unique.values(), key=lambda item: (item[1].span.start, -item[1].span.end))
    numbers = {label: at + 1 for at, label in enumerate(GUM_CLASSES)}
    labels = MentionLabels(
        GUM,
        np.array([mention.span.start for _, mention in kept], np.int64),
        np.array([mention.span.end for _, mention in kept], np.int64),
        np.array([numbers[mention.kind, mention.type] for _, mention in kept], np.int64),
        np.array([mention.chain for _, mention in kept], np.int64),
    )
    return Example(plain.id, plain.words, plain.sentences, syntax=plain.syntax, mentions=labels)


def example_of_litbank(document: LitBankDocument) -> Example:
    alignment = document.alignment
    order = sorted(
        range(len(document.mentions)), key=lambda at: (document.mentions[at].span.start, -document.mentions[at].span.end)
    )
    place = {at: new for new, at in enumerate(order)}
    kept = [document.mentions[at] for at in order]
    chains: dict[str, int] = {}
    numbers = {label: at + 1 for at, label in enumerate(CLASSES)}
    events = np.zeros(len(alignment.ours), np.int64)
    events[[event.token for event in document.events]] = 1
    attributes = ((place[attribute.mention], place[attribute.of]) for attribute in document.attributes)
    labels = MentionLabels(
        LITBANK,
        np.array([mention.span.start for mention in kept], np.int64),
        np.array([mention.span.end for mention in kept], np.int64),
        np.array([numbers[mention.kind, mention.type] for mention in kept], np.int64),
        np.array([-1 if mention.chain is None else chains.setdefault(mention.chain, len(chains)) for mention in kept], np.int64),
        tuple((one, of) for one, of in attributes if of < one),
    )
    sentences = tuple(sentence.start for sentence in alignment.our_sentences)
    return Example(
        document.id,
        tuple(alignment.words()),
        sentences,
        find_quote_words(document),
        mentions=labels,
        events=events,
        paragraphs=document.paragraphs,
    )


def example_of_page(page: Page) -> Example:
    numbers = {label: at + 1 for at, label in enumerate(CLASSES)}
    chains: dict[Referent, int] = {}
    last: dict[Referent, int] = {}
    attributes: list[tuple[int, int]] = []
    for at, mention in enumerate(page.mentions):
        if mention.attribute and mention.who in last:
            attributes.append((at, last[mention.who]))
        last[mention.who] = at
    described = {at for at, _ in attributes}
    labels = MentionLabels(
        LITBANK,
        np.array([mention.span.start for mention in page.mentions], np.int64),
        np.array([mention.span.end for mention in page.mentions], np.int64),
        np.array([numbers[mention.kind, MentionType.PERSON] for mention in page.mentions], np.int64),
        np.array(
            [-1 if at in described else chains.setdefault(mention.who, len(chains)) for at, mention in enumerate(page.mentions)],
            np.int64,
        ),
        tuple(attributes),
        people_only=True,
    )
    return Example(page.id, page.words, page.sentences, page.found_quotes, mentions=labels, paragraphs=page.paragraphs)


def join(examples: Sequence[Example]) -> Example:
    """Treebank documents one after the other, as one example; only the syntax is kept."""
    words: list[str] = []
    sentences: list[int] = []
    columns: list[SyntaxLabels] = []
    for example in examples:
        syntax = example.syntax
        if syntax is None:
            continue
        at = len(words)
        words += example.words
        sentences += [start + at for start in example.sentences]
        heads = np.where(syntax.heads >= 0, syntax.heads + at, syntax.heads)
        columns.append(SyntaxLabels(syntax.upos, syntax.feats, syntax.lemmas, heads, syntax.relations))
    joined = [np.concatenate([getattr(labels, name) for labels in columns]) for name in SyntaxLabels.__slots__]
    return Example("+".join(example.id for example in examples[:2]), tuple(words), tuple(sentences), syntax=SyntaxLabels(*joined))


def group(examples: Sequence[Example]) -> list[list[Example]]:
    """Treebank documents in groups of about STEP_WORDS words."""
    groups: list[list[Example]] = []
    n_words = STEP_WORDS
    for example in examples:
        if n_words + len(example.words) / 2 > STEP_WORDS:
            groups.append([])
            n_words = 0
        groups[-1].append(example)
        n_words += len(example.words)
    return groups
