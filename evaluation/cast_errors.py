"""What is wrong with the cast of a story, by a novel of PDNC: the false characters, those in pieces, the fused, the missed.

To be read by those who mend the cast. Names that several of the gold cast share count for each by their share; one that is fused
only by such names is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evaluation.pdnc_cast import Names, People, expected_cast, identify_cast
from evaluation.pdnc_novels import GoldNovel
from fabula.records import Character, CharacterName
from fabula.story.story import StoryView

CONTEXT = 70  # characters on either side of a false character's first mention
WHOLE = 1.05  # pieces up to which a character is left out of the table: one misread name of forty
LISTED = 6  # names of a character


@dataclass(frozen=True, slots=True)
class Holding:
    """Which name mentions of a gold character one of the story's has. share: of all of them."""

    character: Character
    names: tuple[CharacterName, ...]
    share: float


@dataclass(frozen=True, slots=True)
class InPieces:
    """A gold character whose name mentions lie in several of the story's."""

    name: str
    category: str
    pieces: float
    holdings: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class Fused:
    """One of the story's that has names of several gold ones. n_wrong: name mentions of others than whom it stands for."""

    character: Character
    stands_for: str
    names: tuple[tuple[str, tuple[CharacterName, ...]], ...]
    n_wrong: float


@dataclass(frozen=True, slots=True)
class Missed:
    """One of the cast whom none of the story's stands for with half the names. holdings: who has the names, most first."""

    name: str
    category: str
    holdings: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class CastErrors:
    """The worst of each kind first; `missed` as the novel lists its cast."""

    false: tuple[Character, ...]
    pieces: tuple[InPieces, ...]
    fused: tuple[Fused, ...]
    missed: tuple[Missed, ...]


def find_errors(gold: GoldNovel, cast: Sequence[Character]) -> CastErrors:
    """Hold a story's cast against the gold one; the worst first."""
    people, names = identify_cast(gold, cast), Names(gold.cast)
    in_pieces, missed = [], []
    for one in expected_cast(gold):
        holdings = tuple(_find_holdings(one.name, people, names, cast))
        if len(holdings) > 1 and people.pieces(one.name) > WHOLE:
            in_pieces.append(InPieces(one.name, one.category, people.pieces(one.name), holdings))
        if not people.has(one.name):
            missed.append(Missed(one.name, one.category, holdings))
    return CastErrors(
        tuple(sorted((c for c in cast if people.is_false(c.id)), key=lambda c: -_n_names(c))),
        tuple(sorted(in_pieces, key=lambda piece: -piece.pieces)),
        tuple(sorted(_find_fused(people, names, cast), key=lambda fused: -fused.n_wrong)),
        tuple(missed),
    )


def _n_names(character: Character) -> int:
    return sum(name.count for name in character.names)


def _find_holdings(gold: str, people: People, names: Names, cast: Iterable[Character]) -> Iterator[Holding]:
    """Who of the story has names of a gold character, the largest share first."""
    shares = people.shares(gold)
    whole = sum(shares.values())
    by_id = {character.id: character for character in cast}
    for id_, share in sorted(shares.items(), key=lambda pair: -pair[1]):
        theirs = tuple(name for name in by_id[id_].names if gold in names.owners(name.text))
        yield Holding(by_id[id_], theirs, share / whole)


def _find_fused(people: People, names: Names, cast: Iterable[Character]) -> Iterator[Fused]:
    for character in cast:
        own = people.stands_for.get(character.id, "")
        owned: dict[str, list[CharacterName]] = defaultdict(list)
        for name in character.names:
            owners = names.owners(name.text)
            for owner in owners if own not in owners else ():
                owned[owner].append(name)
        if owned:
            mine = tuple(name for name in character.names if own in names.owners(name.text))
            n_wrong = sum(n for owner, n in people.covered[character.id].items() if owner != own)
            yield Fused(character, own, ((own, mine), *((owner, tuple(found)) for owner, found in owned.items())), n_wrong)


def format_errors(errors: CastErrors, story: StoryView) -> str:
    """The errors as text, a paragraph a kind."""
    parts = [
        _section("false: characters that are nobody of the cast", (_show_false(one, story) for one in errors.false)),
        _section("in pieces", map(_show_pieces, errors.pieces)),
        _section("fused", map(_show_fused, errors.fused)),
        _section("missed", map(_show_missed, errors.missed)),
    ]
    return "\n\n".join(parts)


def _section(title: str, shown: Iterable[str]) -> str:
    lines = list(shown)
    return "\n".join([f"{title} ({len(lines)})", *lines])


def _show_false(one: Character, story: StoryView) -> str:
    start, end = one.names[0].first
    before, after = story.text[max(0, start - CONTEXT) : start], story.text[end : end + CONTEXT]
    passage = " ".join(f"{before}⟦{story.text[start:end]}⟧{after}".split())
    return f"  {_title(one)}: {_list(one.names)}\n      … {passage} …"


def _show_pieces(one: InPieces) -> str:
    return f"  {one.name} ({one.category}): {one.pieces:.2f} pieces\n{_show_holdings(one.holdings)}"


def _show_missed(one: Missed) -> str:
    if not one.holdings:
        return f"  {one.name} ({one.category}): nobody has a name of theirs"
    return f"  {one.name} ({one.category})\n{_show_holdings(one.holdings)}"


def _show_holdings(holdings: Iterable[Holding]) -> str:
    return "\n".join(f"      {100 * one.share:4.0f} % in {_title(one.character)}: {_list(one.names)}" for one in holdings)


def _show_fused(one: Fused) -> str:
    lines = [f"  {_title(one.character)} stands for {one.stands_for or 'nobody'}"]
    lines += [f"      {owner or 'nobody'}: {_list(names)}" for owner, names in one.names]
    return "\n".join(lines)


def _title(character: Character) -> str:
    return f"{character.name} (#{character.id}{', narrator' if character.narrator else ''})"


def _list(names: Sequence[CharacterName]) -> str:
    more = len(names) - LISTED
    listed = ", ".join(f"{' '.join(name.text.split())} {name.count}" for name in names[:LISTED])
    return f"{listed or '–'}{f' and {more} more' if more > 0 else ''}"
