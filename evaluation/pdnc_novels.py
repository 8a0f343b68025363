"""The novels of the Project Dialogism Novel Corpus: who says every quotation, to whom, and the cast with aliases."""

from __future__ import annotations

import ast
import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

# The novels whose first chapters are documents of LitBank, so that what is trained there has seen them, and those that are not (by
# title; LitBank's numbers are 2641, 11, 45, 208, 158, 1245, 730, 105, 1342, 541, 5230, 1695, 174).
# Figures are given for the two apart.
IN_LITBANK = (
    "ARoomWithAView",
    "AlicesAdventuresInWonderland",
    "AnneOfGreenGables",
    "DaisyMiller",
    "Emma",
    "NightAndDay",
    "OliverTwist",
    "Persuasion",
    "PrideAndPrejudice",
    "TheAgeOfInnocence",
    "TheInvisibleMan",
    "TheManWhoWasThursday",
    "ThePictureOfDorianGray",
)
NOT_IN_LITBANK = (
    "APassageToIndia",
    "HowardsEnd",
    "MansfieldPark",
    "NorthangerAbbey",
    "SenseAndSensibility",
    "TheAwakening",
    "TheSignOfTheFour",
    "WhereAngelsFearToTread",
)


class CueKind(StrEnum):
    """How the narration names the speaker of a gold quotation, if it does."""

    EXPLICIT = "Explicit"  # "said Tom"
    ANAPHORIC = "Anaphoric"  # "he said", "said the boy"
    IMPLICIT = "Implicit"


@dataclass(frozen=True, slots=True)
class GoldPart:
    """An uninterrupted stretch of a quotation, marks left out; `start` and `end` are offsets into the novel.

    speaker, addressees: main names of the cast where it has them. cue: None where the annotators left it
    open. quote: the quotation's id.
    """

    start: int
    end: int
    speaker: str
    addressees: frozenset[str]
    cue: CueKind | None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class GoldCharacter:
    """category: "major", "intermediate" or "minor". aliases: the names that are nobody else's, the main one among them."""

    name: str
    category: str
    aliases: tuple[str, ...]

    @property
    def is_person(self) -> bool:
        return is_person(self.name)


def is_person(name: str) -> bool:
    """Whether it is a name at all: "_group", "_unknowable" and "_narr" are none."""
    return not name.startswith("_")


@dataclass(frozen=True, slots=True)
class GoldNovel:
    """A novel as PDNC has it.

    name: its folder's. path: its plain text, all that a reader may be given. cast: also those that are nobody in particular.
    narrator: the main name of whoever tells the story in the first person. parts: by start and end.
    """

    name: str
    path: Path
    text: str
    cast: tuple[GoldCharacter, ...]
    narrator: str | None
    parts: tuple[GoldPart, ...]


def read_novels(data: Path) -> list[GoldNovel]:
    """The novels in the corpus's folder `data`, by name; `data/data/NAME/` holds each."""
    return [read_novel(folder) for folder in sorted((data / "data").iterdir()) if (folder / "novel_text.txt").exists()]


def read_novel(folder: Path) -> GoldNovel:
    """The novel in a folder."""
    path = folder / "novel_text.txt"
    with path.open(encoding="utf-8", newline="") as file:  # offsets count the line ends as they are
        text = file.read()
    categories: dict[str, str] = {}
    owners: dict[str, str] = {}
    narrator = None
    for row in _read_rows(folder / "character_info.csv"):
        main = row["Main Name"].strip()
        categories[main] = row["Category"].strip()
        for alias in {main, *(str(a).strip() for a in ast.literal_eval(row["Aliases"]))}:
            owners[alias] = main  # a few aliases are listed for two characters: the last one has it
            if alias.strip("_").lower().startswith("narr"):
                narrator = main
    aliases = defaultdict(list)
    for alias in sorted(owners):
        aliases[owners[alias]].append(alias)
    cast = tuple(GoldCharacter(name, category, tuple(aliases[name])) for name, category in categories.items())
    parts = sorted(_read_parts(folder / "quotation_info.csv", owners), key=lambda p: (p.start, p.end))
    return GoldNovel(folder.name, path, text, cast, narrator, tuple(parts))


def _read_rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _read_parts(path: Path, owners: Mapping[str, str]) -> Iterator[GoldPart]:
    """The parts of all quotations; owners: whose each alias is."""
    cues: dict[str, CueKind] = {kind.value: kind for kind in CueKind}
    for row in _read_rows(path):
        speaker, listed = row["speaker"].strip(), row["addressees"]
        named = [name.strip() for name in ast.literal_eval(listed)] if listed.startswith("[") else []
        addressees = frozenset(owners.get(name, name) for name in named)
        for start, end in ast.literal_eval(row["quoteByteSpans"]):
            yield GoldPart(start, end, owners.get(speaker, speaker), addressees, cues.get(row["quoteType"]), row.get("quoteID", ""))
