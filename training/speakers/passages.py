"""Passages of books with quotations, the people mentioned around them, and who speaks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

UNKNOWN = -1  # a speaker, or whom a mention means


class Label(StrEnum):
    """How it is known who speaks a quotation of a passage."""

    NONE = "none"
    GOLD = "gold"
    EXPLICIT = "explicit"  # "said Tom" stands there
    DELETED = "deleted"  # it stood there
    REPLACED = "replaced"  # "said he" stands in its place
    PRONOUN = "pronoun"  # "said he" always stood there: its speaker is that pronoun, whoever it means
    TURN = "turn"  # two take turns, and the turns around are known
    PARAGRAPH = "paragraph"  # another quotation of the paragraph is theirs
    BEAT = "beat"  # “So,” and Tom rose; or the narration of the paragraph opens with the one person that it names
    GENDER = "gender"  # "said he", and only one man is named around


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a book on our tokens; all spans are half-open and count words.

    sentences, paragraphs: numbers of their first words; paragraphs is empty where nobody knows.
    quotes: the parts of each, marks included. starts, ends, kinds, people: of each mention of a person, in text order;
    kinds: 0 a name, 1 a nominal, 2 a pronoun; people, speakers: whom a mention means, who speaks a quotation: a
    number, UNKNOWN (-1) where nobody knows.
    """

    work: str
    words: tuple[str, ...]
    sentences: tuple[int, ...]
    paragraphs: tuple[int, ...]
    quotes: tuple[tuple[tuple[int, int], ...], ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    kinds: tuple[int, ...]
    people: tuple[int, ...]
    speakers: tuple[int, ...]
    labels: tuple[Label, ...]


def write_passages(passages: Iterable[Passage], path: Path) -> int:
    """Write a passage a line; returns how many."""
    n = 0
    with path.open("w", encoding="utf-8") as file:
        for passage in passages:
            file.write(json.dumps(asdict(passage), ensure_ascii=False, separators=(",", ":")) + "\n")
            n += 1
    return n


def read_passages(path: Path) -> Iterator[Passage]:
    """The passages of a file that `write_passages` wrote."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            flat = {
                key: tuple(row[key])
                for key in ("words", "sentences", "paragraphs", "starts", "ends", "kinds", "people", "speakers")
            }
            quotes = tuple(tuple((start, end) for start, end in parts) for parts in row["quotes"])
            yield Passage(work=row["work"], quotes=quotes, labels=tuple(Label(label) for label in row["labels"]), **flat)
