"""Whom the mentions of an example mean, and who says its quotations, by the story that was read from it.

`NAME.expected.toml` marks every mention with whom it means: one of its characters or groups, or several joined by "+". A character
of the story stands for whom most of its names mean, if it has none its nominals, if none its pronouns; a group is one for itself,
and so are several who are only joined. A mention is found if a mention of the story has just its words. A part of a quotation is
said by the right one if the story's quotation in its middle has a speaker who stands for whoever says it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from evaluation.counts import Share, Summed
from evaluation.expectations import Expectations
from evaluation.letters import Letters, align
from evaluation.pages import KINDS, Place, place_marks, tell_kind
from fabula.records import MentionKind, MentionType
from fabula.story.story import StoryView

Key = frozenset[str]  # whom a mention means: ids of the file
Said = Sequence[tuple[Place, int | None]]  # the story's parts of quotations, each with its speaker
Placed = Mapping[Place, int | None]  # the character of every mention of the story, by its place in the example


@dataclass(frozen=True, slots=True)
class PageCastCounts(Summed):
    """Mentions with the right referent, by their kinds: of all, those found as mentions, and two counts of those that are right.

    right: one of the story's characters stands for each person, the one that has most of her mentions, and all others are wrong.
    parted: several may. unknown: found, and without a character. speakers: of the parts of quotations whose speaker is known.
    """

    found: Share = field(default_factory=Share)
    unknown: Share = field(default_factory=Share)
    right: Share = field(default_factory=Share)
    right_names: Share = field(default_factory=Share)
    right_nominals: Share = field(default_factory=Share)
    right_pronouns: Share = field(default_factory=Share)
    parted: Share = field(default_factory=Share)
    parted_pronouns: Share = field(default_factory=Share)
    speakers: Share = field(default_factory=Share)


RIGHT, RIGHT_PRONOUNS = "mentions with the right referent", "pronouns alone"
RATIOS: Mapping[str, Callable[[PageCastCounts], float]] = {
    RIGHT: lambda c: c.right.value,
    RIGHT_PRONOUNS: lambda c: c.right_pronouns.value,
    "names alone": lambda c: c.right_names.value,
    "nominals alone": lambda c: c.right_nominals.value,
    "all, pieces of a person taken for the whole": lambda c: c.parted.value,
    "pronouns, pieces of a person taken for the whole": lambda c: c.parted_pronouns.value,
    "speakers of quotations": lambda c: c.speakers.value,
    "(mentions found)": lambda c: c.found.value,
    "(found, and without a character)": lambda c: c.unknown.value,
}


def place_story(story: StoryView, text: str) -> Placed:
    """The story's mentions of persons in the letters of the example. Of two in one place, the one with a character is taken."""
    ours = Letters.of(story.text)
    theirs = align(Letters.of(text).folded, ours.folded)
    characters: dict[Place, int | None] = {}
    for mention in story.mentions:
        letters = theirs[ours.within(*mention.span)].tolist() if mention.type is MentionType.PERSON else []
        if letters and min(letters) >= 0:
            place = letters[0], letters[-1] + 1
            if characters.get(place) is None:
                characters[place] = mention.character
    return characters


def place_said(story: StoryView, text: str) -> Said:
    """The parts of the story's quotations in the letters of the example, and who says each."""
    ours = Letters.of(story.text)
    theirs = align(Letters.of(text).folded, ours.folded)
    said: list[tuple[Place, int | None]] = []
    for quote in story.quotes:
        for part in quote.parts:
            letters = [at for at in theirs[ours.within(*part)].tolist() if at >= 0]
            if letters:
                said.append(((letters[0], letters[-1] + 1), quote.speaker))
    return said


def count_page_cast(expected: Expectations, story: Placed, said: Said = ()) -> PageCastCounts:
    """Score the story of one example."""
    gold = place_marks(expected)
    keys = {place: frozenset(mark.referents) for place, mark in gold.items()}
    kinds = {place: tell_kind(expected, mark) for place, mark in gold.items()}
    stands_for = _identify(keys, kinds, story)
    foremost = _choose(keys, stands_for, story)
    parted = {place for place in gold if (who := story.get(place)) is not None and stands_for[who] == keys[place]}
    right = {place for place in parted if foremost[keys[place]] == story[place]}

    def share(hit: set[Place], kind: MentionKind | None = None) -> Share:
        of_kind = [place for place in gold if kind is None or kinds[place] is kind]
        return Share(sum(place in hit for place in of_kind), len(of_kind))

    return PageCastCounts(
        share(gold.keys() & story.keys()),
        share({place for place in gold if place in story and story[place] is None}),
        share(right),
        share(right, MentionKind.NAME),
        share(right, MentionKind.NOMINAL),
        share(right, MentionKind.PRONOUN),
        share(parted),
        share(parted, MentionKind.PRONOUN),
        _count_speakers(expected, stands_for, said),
    )


def _count_speakers(expected: Expectations, stands_for: Mapping[int, Key], said: Said) -> Share:
    letters = Letters.of(expected.text)
    speakers = {key: quote["by"] for key, quote in expected.tables.get("quotes", {}).items() if quote.get("by")}
    speakers = {key: who for key, who in speakers.items() if expected.tables["quotes"][key]["kind"] != "writing"}
    hit = total = 0
    for mark in expected.marks:
        within = letters.within(mark.start, mark.end)
        if mark.key not in speakers or within.start == within.stop:
            continue
        middle = (within.start + within.stop) // 2
        found = next((who for (start, stop), who in said if start <= middle < stop), None)
        total += 1
        hit += found is not None and stands_for.get(found) == frozenset(speakers[mark.key].split("+"))
    return Share(hit, total)


def _identify(keys: Mapping[Place, Key], kinds: Mapping[Place, MentionKind], story: Placed) -> dict[int, Key]:
    """Whom each character of the story stands for, of those with a mention in a place of the example's."""
    votes: dict[int, dict[MentionKind, Counter[Key]]] = {}
    for place, key in keys.items():
        character = story.get(place)
        if character is not None:
            votes.setdefault(character, {}).setdefault(kinds[place], Counter())[key] += 1
    stands_for: dict[int, Key] = {}
    for character, counted in votes.items():
        best = next(counted[kind] for kind in KINDS if kind in counted)
        [(stands_for[character], _)] = best.most_common(1)
    return stands_for


def _choose(keys: Mapping[Place, Key], stands_for: Mapping[int, Key], story: Placed) -> dict[Key, int]:
    """For each person of the example the one of the story's characters that has most of her mentions."""
    held: Counter[tuple[Key, int]] = Counter()
    for place, key in keys.items():
        character = story.get(place)
        if character is not None and stands_for[character] == key:
            held[key, character] += 1
    foremost: dict[Key, int] = {}
    for (key, character), _ in held.most_common():
        foremost.setdefault(key, character)
    return foremost
