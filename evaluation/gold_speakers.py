"""Who speaks, where the quotations and the names of the cast are given: PDNC's novels, the reading model's scores and the turns.

Given are each quotation's parts and, with `--gold-cast`, every place where an alias of a character is written, the longest
first. The model finds the other mentions, says what they may mean and who may speak; what is scored is what the readers make of it:
the subject of the verb that takes the quotation (`fabula.readers.cues`), whom it may mean (`cast.beliefs`), the turns (`turns`).

    python -m evaluation.gold_speakers --data DIR --gold-cast [--model FOLDER] [--novels NAME ...]
"""

from __future__ import annotations

import argparse
import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evaluation.given_novels import GivenNovel, find_genders, give_novel, word_mentions
from evaluation.pdnc_novels import IN_LITBANK, CueKind, read_novels
from evaluation.readings import ReadingModel, load_model, read_class
from evaluation.report import markdown_table
from fabula.language.segmenting import cut_text
from fabula.lexicons.gender import FEMALE_NOUNS, GENDERS, MALE_NOUNS, PRONOUN_PERSONS, Person
from fabula.neural.conversation import Mentions, find_called, find_inside
from fabula.neural.segments import NO_HEAD, Links, Reading, Segment
from fabula.readers.cast.beliefs import BeliefNetwork, MentionLinks, join_beliefs, learn_genders, weigh_links
from fabula.readers.conversations import add_beliefs, ask_cue, find_subjects
from fabula.readers.cues import find_cues
from fabula.readers.speakers import attribute_quotes
from fabula.readers.subjects import Grammar
from fabula.readers.turns import Turn, decide_speakers, find_pronoun_cues
from fabula.readers.voices import NOBODY, add_up
from fabula.records import Gender, MentionKind, MentionType

BARS = {CueKind.EXPLICIT: 95.0, CueKind.ANAPHORIC: 78.0, CueKind.IMPLICIT: 64.0}


@dataclass(frozen=True, slots=True)
class ReadNovel:
    """What the model says of a novel. mentions: those given and, of people, those found; numbers of words in the novel.

    known: of each mention whose name it is, a number into the cast; None where it is no name that was given.
    """

    mentions: Mentions
    known: tuple[int | None, ...]
    antecedents: Links
    speakers: Links
    named: Links
    grammar: Grammar


def read_novel(novel: GivenNovel, model: ReadingModel) -> ReadNovel:
    """Read a novel in segments, as the product does; each twice, first for its mentions."""
    given = word_mentions(novel)
    owners = {(s, e): person for s, e, person in zip(given.starts.tolist(), given.ends.tolist(), novel.people, strict=True)}
    joined = _Joined(model)
    for placed in cut_text(novel.text, novel.quotes):
        n = len(placed.segment.words)
        here = {
            (start - placed.first, end - placed.first): person
            for (start, end), person in owners.items()
            if placed.first <= start and end <= placed.first + n
        }
        spans = add_found(here, placed.segment, model.read(placed.segment), model)
        joined.add(model.read(placed.segment, mentions=spans), placed.first, placed.quotes, [here.get(span) for span in spans])
    return joined.finish()


def add_found(
    given: Mapping[tuple[int, int], int], segment: Segment, reading: Reading, model: ReadingModel
) -> list[tuple[int, int]]:
    """The given names and what the model found of people besides, in text order, the outer before the inner.

    A name that overlaps with a given one is left out, and what lies within one.
    """
    taken = np.zeros(len(segment.words), np.bool_)
    for start, end in given:
        taken[start:end] = True
    spans = set(given)
    for start, end, class_ in zip(reading.starts.tolist(), reading.ends.tolist(), reading.classes.tolist(), strict=True):
        kind, type_ = read_class(model.config.inventories.classes[class_])
        overlaps = taken[start:end].any() if kind is MentionKind.NAME else taken[start:end].all()
        if type_ is MentionType.PERSON and not overlaps:
            spans.add((start, end))
    return sorted(spans, key=lambda span: (span[0], -span[1]))


class _Joined:
    """Readings of segments, one after the other, with the numbers of the whole novel."""

    def __init__(self, model: ReadingModel) -> None:
        self._inventories = model.config.inventories
        self._mentions: list[tuple[int, int, int]] = []
        self._known: list[int | None] = []
        self._links: tuple[list[tuple[int, int, float]], ...] = ([], [], [])
        self._upos: list[str] = []
        self._relations: list[str] = []
        self._heads: list[int] = []

    def add(self, reading: Reading, first: int, quotes: Sequence[int], known: Sequence[int | None]) -> None:
        n_before = len(self._mentions)
        kinds = (reading.classes.astype(np.int64) // len(MentionType)).tolist()
        self._mentions += zip((reading.starts + first).tolist(), (reading.ends + first).tolist(), kinds, strict=True)
        self._known += known
        rows = [*range(len(known))], quotes, quotes
        for joined, links, numbers in zip(self._links, (reading.antecedents, reading.speakers, reading.named), rows, strict=True):
            shift = n_before if links is reading.antecedents else 0
            for row, column, log_odds in zip(*(part.tolist() for part in links), strict=True):
                joined.append((numbers[row] + shift, column + n_before, log_odds))
        self._upos += (self._inventories.upos[number] for number in reading.upos.tolist())
        self._relations += (self._inventories.relations[number] for number in reading.relations.tolist())
        self._heads += (NO_HEAD if head == NO_HEAD else head + first for head in reading.heads.tolist())

    def finish(self) -> ReadNovel:
        columns = np.array(self._mentions, np.int64).reshape(-1, 3).T
        antecedents, speakers, named = map(_links, self._links)
        grammar = Grammar(self._upos, self._relations, self._heads)
        return ReadNovel(Mentions(*columns), tuple(self._known), antecedents, speakers, named, grammar)


def _links(rows: Sequence[tuple[int, int, float]]) -> Links:
    columns = np.array(rows, np.float64).reshape(-1, 3).T
    return Links(columns[0].astype(np.int32), columns[1].astype(np.int32), columns[2].astype(np.float32))


def _by_row(links: Links) -> MentionLinks:
    rows: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for row, column, log_odds in sorted(zip(*(part.tolist() for part in links), strict=True)):
        rows[row].append((column, log_odds))
    return rows


def make_turns(novel: GivenNovel, read: ReadNovel) -> tuple[list[Turn], dict[int, Gender]]:
    """What is known of each quotation, and of the genders of the cast."""
    words = novel.segment.words
    bounds = _bounds(read.mentions)
    told = [_gender_of(words, start, end) for start, end in bounds]
    pronouns = [gender if end == start + 1 else Gender.UNKNOWN for gender, (start, end) in zip(told, bounds, strict=True)]
    genders = find_genders(novel)
    network = BeliefNetwork(weigh_links(_by_row(read.antecedents)), pronouns)
    for _ in range(2):
        genders = learn_genders(network.spread(read.known, genders), pronouns, genders)
    beliefs = network.spread(read.known, genders)
    n = len(novel.quotes)
    named = add_up(n, read.named, [NOBODY if person is None else person for person in read.known])
    meant = add_beliefs(n, _by_row(read.speakers), beliefs)
    said = {a.quote: novel.people[a.speaker] for a in attribute_quotes(novel.text, novel.quotes, novel.mentions)}
    beside = find_pronoun_cues(novel.text, novel.quotes)
    cues = find_cues(novel.segment, read.grammar)
    subjects = find_subjects(cues, read.mentions.starts.tolist(), read.mentions.ends.tolist())
    narrator = frozenset(at for at, name in enumerate(novel.cast) if name == novel.gold.narrator)
    called = _find_called(novel, read)
    turns = []
    for quote in range(n):
        subject = subjects.get(quote)
        known, gender = ask_cue(said.get(quote), subject, read.known, told, beside.get(quote, Gender.UNKNOWN))
        witness = beliefs[subject] if subject is not None and beliefs[subject] else meant[quote]
        paragraph = bisect_right(novel.segment.paragraphs, novel.segment.quotes[quote][0][0]) - 1
        # Nor is a narrator "he".
        others = called[quote] | (narrator if gender is not Gender.UNKNOWN else frozenset())
        turns.append(Turn(join_beliefs(named[quote], witness), paragraph, known, gender, others))
    return turns, genders


def _bounds(mentions: Mentions) -> list[tuple[int, int]]:
    return list(zip(mentions.starts.tolist(), mentions.ends.tolist(), strict=True))


def _gender_of(words: Sequence[str], start: int, end: int) -> Gender:
    """What the words alone say: "he", "the old *lady*"."""
    last = words[end - 1].lower()
    if last in MALE_NOUNS or last in FEMALE_NOUNS:
        return Gender.MALE if last in MALE_NOUNS else Gender.FEMALE
    return GENDERS.get(PRONOUN_PERSONS.get(last, Person.UNKNOWN), Gender.UNKNOWN) if end == start + 1 else Gender.UNKNOWN


def _find_called(novel: GivenNovel, read: ReadNovel) -> list[frozenset[int]]:
    """Of each quotation those of the cast whom it calls by name."""
    inside = find_inside(novel.segment).tolist()
    called: list[set[int]] = [set() for _ in novel.quotes]
    for mention in np.flatnonzero(find_called(novel.segment, read.mentions)).tolist():
        person = read.known[mention]
        if person is not None:
            called[inside[int(read.mentions.starts[mention])]].add(person)
    return [frozenset(own) for own in called]


@dataclass(frozen=True, slots=True)
class SpeakerCounts:
    """Parts of quotations whose speaker is one person, and those given right, by kind of cue."""

    known: Mapping[CueKind | None, int]
    right: Mapping[CueKind | None, int]

    def __add__(self, other: SpeakerCounts) -> SpeakerCounts:
        return SpeakerCounts(Counter(self.known) + Counter(other.known), Counter(self.right) + Counter(other.right))

    def accuracy(self, kind: CueKind | None = None) -> float:
        """In per cent; kind: None for all together."""
        kinds = [kind] if kind else list(self.known)
        return 100 * sum(self.right.get(k, 0) for k in kinds) / max(1, sum(self.known.get(k, 0) for k in kinds))


def count_speakers(novel: GivenNovel, speakers: Sequence[int | None]) -> SpeakerCounts:
    """Count part by part, as `evaluation.pdnc` does; speakers: of each quotation, a number into the cast."""
    known: Counter[CueKind | None] = Counter()
    right: Counter[CueKind | None] = Counter()
    persons = {c.name for c in novel.gold.cast if c.is_person}
    for parts, speaker in zip(novel.parts, speakers, strict=True):
        for part in parts:
            if part.speaker in persons:
                known[part.cue] += 1
                right[part.cue] += speaker is not None and novel.cast[speaker] == part.speaker
    return SpeakerCounts(known, right)


def score_novel(novel: GivenNovel, model: ReadingModel) -> tuple[SpeakerCounts, SpeakerCounts]:
    """Counts of the scores alone, and with cues and turns."""
    turns, genders = make_turns(novel, read_novel(novel, model))
    alone = [max(turn.people, key=turn.people.__getitem__, default=None) for turn in turns]
    decided = [d.person for d in decide_speakers(turns, genders)]
    return count_speakers(novel, alone), count_speakers(novel, decided)


def evaluate(data: Path, model: ReadingModel, novels: Sequence[str] | None = None) -> str:
    """A table: a row a novel, and the novels whose first chapters are in LitBank, the others, and all together."""
    nothing = SpeakerCounts({}, {})
    sums = dict.fromkeys(("in LitBank", "not in LitBank", "all"), (nothing, nothing))
    rows: list[tuple[str, SpeakerCounts]] = []
    for gold in read_novels(data / "pdnc"):
        if novels is not None and gold.name not in novels:
            continue
        print(gold.name, file=sys.stderr)
        alone, decided = score_novel(give_novel(gold), model)
        rows.append((gold.name, decided))
        for name in ("in LitBank" if gold.name in IN_LITBANK else "not in LitBank", "all"):
            sums[name] = (sums[name][0] + alone, sums[name][1] + decided)
    for name, (alone, decided) in sums.items():
        if decided.known:
            rows += [(f"**{name}**", decided), (f"{name}, scores alone", alone)]
    return format_rows(rows)


def format_rows(rows: Iterable[tuple[str, SpeakerCounts]]) -> str:
    """A line for each: explicit, anaphoric, implicit, all; how many parts; then the bars."""
    cells = [
        (name, *(f"{counts.accuracy(kind):.1f}" for kind in CueKind), f"{counts.accuracy():.1f}", f"{sum(counts.known.values()):,}")
        for name, counts in rows
    ]
    bars = ("bar", *(f"{BARS[kind]:.1f}" for kind in CueKind), "", "")
    return markdown_table(("novels", "explicit", "anaphoric", "implicit", "all", "parts"), [*cells, bars])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="evaluation.gold_speakers", description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("--model", type=Path, default=None, help="a weights folder; the package's own if not given")
    parser.add_argument("--gold-cast", action="store_true", required=True, help="the cast's names are given")
    parser.add_argument("--novels", nargs="*", default=None, help="PDNC's names of the novels; none: all")
    given = parser.parse_args(arguments)
    print(evaluate(given.data, load_model(given.model), given.novels))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
