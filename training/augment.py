"""The same document as somebody else would have typed it: other names, no apostrophes, no commas, capitals, typos.

Every change keeps the labels right; words are changed in place or left out, never added.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np

from fabula.lexicons.titles import TITLES
from fabula.records import Gender, MentionKind, MentionType
from training.examples import CLASSES, GUM_CLASSES, IGNORED, LITBANK, Example, MentionLabels, SyntaxLabels
from training.names import FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES, PLACE_NAMES

NAMES_SWAPPED = 0.5  # share of documents
QUOTES_STRAIGHT = 0.3
APOSTROPHES_GONE = 0.1
COMMAS_GONE = 0.1
LOWERED = 0.06  # whole documents in lower case
LOWERED_NAMES = 0.06  # documents in which half of the names are small
SHOUTED = 0.1  # documents with some words in capitals
MISTYPED = 0.1
PARAGRAPHS_HIDDEN = 0.2
_WORD = re.compile(r"[^\W\d_]+")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


def vary(example: Example, random: Random) -> Example:
    """A variant of the document, drawn anew at each call."""
    words = list(example.words)
    if example.mentions is not None and random.random() < NAMES_SWAPPED:
        words = _swap_names(words, example.mentions, random)
    if random.random() < QUOTES_STRAIGHT:
        words = [word.translate(_STRAIGHT) for word in words]
    if random.random() < APOSTROPHES_GONE:
        words = [re.sub(r"(?<=\w)['’]|^['’](?=\w)", "", word) if len(word) > 2 else word for word in words]
    if random.random() < SHOUTED:
        share = random.uniform(0.002, 0.02)
        words = [word.upper() if random.random() < share else word for word in words]
    if random.random() < MISTYPED:
        share = random.uniform(0.005, 0.03)
        words = [_mistype(word, random) if random.random() < share and len(word) > 3 else word for word in words]
    roll = random.random()
    if roll < LOWERED:
        words = [word.lower() for word in words]
    elif roll < LOWERED + LOWERED_NAMES and example.mentions is not None:
        names = {word for start, end, _ in _names(example.mentions) for word in words[start:end]}
        small = {word for word in sorted(names) if random.random() < 0.5}
        words = [word.lower() if word in small else word for word in words]
    varied = replace(example, words=tuple(words))
    if random.random() < PARAGRAPHS_HIDDEN:
        varied = replace(varied, paragraphs=())
    if varied.syntax is not None:
        varied = replace(varied, syntax=_forget_lemmas(varied.syntax, example.words, words))
    if random.random() < COMMAS_GONE:
        share = random.uniform(0.3, 1.0)
        kept = np.array([not (word in (",", ";") and random.random() < share) for word in words])
        varied = leave_out(varied, kept)
    return varied


def _forget_lemmas(syntax: SyntaxLabels, old: Sequence[str], new: Sequence[str]) -> SyntaxLabels:
    """A word that is spelled in another way needs another script, and teaches none."""
    changed = np.array([one != other for one, other in zip(old, new, strict=True)])
    return replace(syntax, lemmas=np.where(changed, IGNORED, syntax.lemmas))


def leave_out(example: Example, kept: np.ndarray) -> Example:
    """The example without some words; those stay on which others hang, that open a sentence, bound a mention or a quotation's part,
    or are the trigger of an event.
    """
    n = len(example.words)
    kept = kept.copy()
    if example.syntax is not None:
        heads = example.syntax.heads
        kept[heads[heads >= 0]] = True
        kept[heads == -1] = True
    kept[list(example.sentences)] = True
    kept[list(example.paragraphs)] = True
    if example.mentions is not None:
        kept[example.mentions.starts] = True
        kept[example.mentions.ends - 1] = True
    if example.events is not None:
        kept[example.events == 1] = True
    for parts in example.quotes:
        for start, end in parts:
            kept[start] = kept[end - 1] = True
    new = np.cumsum(kept) - 1
    syntax = example.syntax
    if syntax is not None:
        heads = np.where(syntax.heads >= 0, new[syntax.heads.clip(min=0)], syntax.heads)
        syntax = replace(
            syntax,
            upos=syntax.upos[kept],
            feats=syntax.feats[kept],
            lemmas=syntax.lemmas[kept],
            heads=heads[kept],
            relations=syntax.relations[kept],
        )
    mentions = example.mentions
    if mentions is not None:
        mentions = replace(mentions, starts=new[mentions.starts], ends=new[mentions.ends - 1] + 1)
    return replace(
        example,
        words=tuple(example.words[at] for at in range(n) if kept[at]),
        sentences=tuple(int(new[start]) for start in example.sentences),
        paragraphs=tuple(int(new[start]) for start in example.paragraphs),
        quotes=tuple(tuple((int(new[start]), int(new[end - 1]) + 1) for start, end in parts) for parts in example.quotes),
        syntax=syntax,
        mentions=mentions,
        events=None if example.events is None else example.events[kept],
    )


def _names(mentions: MentionLabels) -> list[tuple[int, int, bool]]:
    """Start, end, and whether a person: of the mentions that are names of people or places."""
    found = []
    classes = CLASSES if mentions.guideline == LITBANK else GUM_CLASSES
    for start, end, number in zip(mentions.starts, mentions.ends, mentions.classes, strict=True):
        kind, type_ = classes[number - 1]
        if kind is MentionKind.NAME and type_ in ("person", "place", MentionType.LOCATION, MentionType.GEOPOLITICAL):
            found.append((int(start), int(end), type_ == "person"))
    return found


def _swap_names(words: list[str], mentions: MentionLabels, random: Random) -> list[str]:
    """Each word of a name becomes another one, the same all through the document; titles and small words stay."""
    new: dict[str, str] = {}
    women = _women(words, mentions)
    for start, end, person in _names(mentions):
        if end - start > 4:
            continue
        for at in range(start, end):
            word = words[at]
            if not word[:1].isupper() or len(word) < 3 or word.rstrip(".") in TITLES or word in new or not word.isalpha():
                continue
            if not person:
                new[word] = random.choice(PLACE_NAMES)
            elif at + 1 == end and (end - start > 1):
                new[word] = random.choice(FAMILY_NAMES)
            elif word in women:
                new[word] = random.choice(FEMALE_NAMES)
            else:
                new[word] = random.choice(MALE_NAMES)
    upper = {old.upper(): name.upper() for old, name in new.items()}
    return [new.get(word, upper.get(word, word)) for word in words]


def _women(words: Sequence[str], mentions: MentionLabels) -> frozenset[str]:
    """Words that name somebody whose chain holds "she", "her", or a woman's title."""
    feminine: set[int] = set()
    for start, end, chain in zip(mentions.starts, mentions.ends, mentions.chains, strict=True):
        first = words[start]
        if (end - start == 1 and first.lower() in ("she", "her", "herself", "hers")) or (
            end - start > 1 and TITLES.get(first.rstrip("."), Gender.UNKNOWN) is Gender.FEMALE
        ):
            feminine.add(int(chain))
    return frozenset(
        words[at]
        for start, end, chain in zip(mentions.starts, mentions.ends, mentions.chains, strict=True)
        if int(chain) in feminine and chain >= 0
        for at in range(start, end)
    )


def _mistype(word: str, random: Random) -> str:
    """Two letters exchanged, one left out or one doubled, past the first."""
    if not _WORD.fullmatch(word):
        return word
    at = random.randrange(1, len(word) - 1)
    how = random.randrange(3)
    if how == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + word[at + 1 :] if how == 1 else word[:at] + word[at] + word[at:]
