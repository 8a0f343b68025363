"""A reading model for tests that needs no weights: small inventories, heads of random numbers, the fake encoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from fabula.neural.encoder import WIDTH, FakeEncoder
from fabula.neural.heads.parameters import Parameters
from fabula.neural.heads.parse import N_DISTANCES
from fabula.neural.model import Model
from fabula.neural.pairs import FEATURES, KINDS, N_PAIR_KINDS, PERSONS, MentionTable
from fabula.neural.segments import Reading, Segment
from fabula.neural.session import Config, Inventories, Thresholds
from fabula.neural.spelling import N_SPELLINGS
from fabula.neural.surroundings import N_CODES, N_TRAITS
from fabula.neural.wordpieces import WordPieces
from fabula.records import MentionKind, MentionType

Arrays = Mapping[str, NDArray[np.float32]]

INVENTORIES = Inventories(
    upos=("NOUN", "VERB", "PRON", "PUNCT", "ADJ"),
    feats=("", "Number=Sing", "Mood=Ind|Tense=Past"),
    lemmas=("l0", "k0", "l2", "=be"),
    relations=("root", "nsubj", "obj", "punct"),
    classes=tuple(f"{kind}:{type_}" for kind in MentionKind for type_ in MentionType),
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *LETTERS, *(f"##{letter}" for letter in LETTERS), *"“”.,'?!-")


def make_arrays(seed: int = 0) -> Arrays:
    """The parameters of all heads, by name; scores come out around 0, so that everything happens."""
    random = np.random.default_rng(seed)
    arrays: dict[str, NDArray[np.float32]] = {}

    def linear(name: str, inputs: int, outputs: int, *, bias: bool = True) -> None:
        arrays[f"{name}.weight"] = random.normal(scale=inputs**-0.5, size=(outputs, inputs)).astype(np.float32)
        if bias:
            arrays[f"{name}.bias"] = random.normal(scale=0.1, size=outputs).astype(np.float32)

    def array(name: str, *shape: int, scale: float = 1.0) -> None:
        arrays[name] = random.normal(scale=scale, size=shape).astype(np.float32)

    linear("tags.hidden", WIDTH, 256)
    array("tags.spellings.weight", N_SPELLINGS, 256)
    for tag in ("upos", "feats", "lemmas"):
        linear(f"tags.{tag}", 256, len(getattr(INVENTORIES, tag)))
    linear("events.hidden.linear", WIDTH, 128)
    linear("events.output", 128, 1)
    linear("parse.dependent.linear", WIDTH, 256)
    linear("parse.head.linear", WIDTH, 256)
    array("parse.arc", 256, 256, scale=1 / 256)
    array("parse.arc_bias", 256, scale=1 / 16)
    array("parse.root", 256, scale=1 / 16)
    linear("parse.relation_dependent", WIDTH, 192)
    linear("parse.relation_head", WIDTH, 192)
    array("parse.relation_root", 192)
    linear("parse.relation", 192, len(INVENTORIES.relations))
    linear("mentions.start.linear", WIDTH, 192)
    linear("mentions.end.linear", WIDTH, 192)
    array("mentions.span", 192, 192, scale=1 / 192)
    linear("mentions.span_start", 192, 2)
    linear("mentions.span_end", 192, 2)
    linear("mentions.at_start", WIDTH, 256)
    for part in ("at_end", "pooled"):
        linear(f"mentions.{part}", WIDTH, 256, bias=False)
    linear("mentions.weight", WIDTH, 1, bias=False)
    array("mentions.width.weight", 12, 256, scale=0.1)
    linear("mentions.classes", 256, 1 + len(INVENTORIES.classes))
    for sides, width in (("pairs", 256), ("pairs.together", 128)):
        linear(f"{sides}.later", width, 160)
        linear(f"{sides}.earlier", width, 160, bias=False)
        linear(f"{sides}.product_later", width, 96)
        linear(f"{sides}.product_earlier", width, 96)
        linear(f"{sides}.product", 96, 160, bias=False)
    linear("pairs.company.mention", 256, 128)
    array("pairs.company.traits.weight", N_TRAITS, 128, scale=0.1)
    for bias, n in zip(("steps", "sentences", "quotes", "links"), (*N_CODES, 2), strict=True):
        array(f"pairs.company.bias_{bias}", n, 8)
    for norm in ("norm", "blocks.0.attention_norm", "blocks.0.wide_norm", "blocks.1.attention_norm", "blocks.1.wide_norm"):
        array(f"pairs.company.{norm}.weight", 128)
        array(f"pairs.company.{norm}.bias", 128)
    for block in ("blocks.0", "blocks.1"):
        for name, inputs, outputs in (("attention", 128, 384), ("joined", 128, 128), ("wide", 128, 256), ("narrow", 256, 128)):
            linear(f"pairs.company.{block}.{name}", inputs, outputs)
    array("pairs.features.weight", sum(FEATURES.values()), 160, scale=0.3)
    array("pairs.output.weight", N_PAIR_KINDS, 3 * 161, scale=0.1)
    array("parse.arc_distances", N_DISTANCES, 256, scale=1 / 16)
    arrays["mentions.span_start.bias"][0] -= 2  # few spans are looked at
    return arrays


def make_table(n: int, seed: int = 0) -> MentionTable:
    """Mentions of a word each, four a sentence, some in quotations."""
    random = np.random.default_rng(seed)
    places, zeros = np.arange(n), np.zeros(n, np.int64)
    kinds, persons = random.integers(0, len(KINDS), n), random.integers(0, len(PERSONS), n)
    quotes = np.where(places % 7 < 2, places // 7, -1)
    return MentionTable(
        places, places + 1, places, kinds, zeros, zeros[:, None], places, places, persons, places // 4, zeros, quotes, zeros
    )


def make_config(*, window: int = 64, context: int = 16) -> Config:
    """Of small windows, so that short passages have several."""
    thresholds = Thresholds(candidate=-1.0, mention=0.9, antecedent=-1.0, attribute=0.0)
    return Config("test", window, context, INVENTORIES, {}, thresholds)


def make_model(seed: int = 0, *, threads: int | None = 1, config: Config | None = None) -> Model:
    """Nonsense, but always the same, and different for different words."""
    return Model(
        config or make_config(),
        f"test-{seed}",
        WordPieces(VOCABULARY),
        FakeEncoder(seed),
        Parameters(make_arrays(seed)),
        threads=threads,
    )


def make_segment(passage: str, quotes: Sequence[tuple[int, int]] = ()) -> Segment:
    """Words apart by spaces; a sentence ends with a stop; ¶ parts paragraphs. quotes: of one part each."""
    words: list[str] = []
    sentences, paragraphs = [0], [0]
    for word in passage.split():
        if word == "¶":
            paragraphs.append(len(words))
            continue
        words.append(word)
        if word == ".":
            sentences.append(len(words))
    if len(sentences) > 1 and sentences[-1] == len(words):
        sentences.pop()
    return Segment(tuple(words), tuple(sentences), tuple(paragraphs), tuple((quote,) for quote in quotes))


def same_reading(one: Reading, other: Reading) -> bool:
    """Bit for bit."""
    return all(_same(getattr(one, name), getattr(other, name)) for name in Reading.__slots__)


def _same(one: object, other: object) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(map(_same, one, other))
    assert isinstance(one, np.ndarray) and isinstance(other, np.ndarray)
    return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
