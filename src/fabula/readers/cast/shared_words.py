"""Which names of a book are one person's by the words that they share.

The same words; a given name and the one full name that has it; a title with a family name and the one person of that family that it
fits; a bare family name and the man who is called so. Two readings that fit equally well are left apart: two people are better than
one who is two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from fabula.lexicons.titles import CALLINGS, LEARNED, RANKS, SHORT_TITLES, TITLES, WITH_GIVEN_NAME, WIVES
from fabula.readers.cast.aliases import NEAR, SELDOM_TOGETHER
from fabula.readers.cast.company import Company
from fabula.readers.cast.short_names import is_either_short, is_short_for
from fabula.records import Gender, Span

OFTEN = 10  # mentions by the given name alone
BEFORE = 3  # mentions by the given name alone before somebody is named in full, from which it is another one's
FAR_MORE = 3  # times as often named, for a name that several could own
SEVERAL = 2  # mentions in full with Mr., of who is no doctor
TURNS = 40  # sentences with one of two names and the other around, from which they tell whether the two take turns
DECIDED = 2.5  # times as much evidence for one gender as for the other

_OF_KINGS = frozenset("King Queen Prince Princess Emperor Empress Pope Tsar Czar".split())  # somebody of their own
_ABOVE = frozenset({"Mrs", "Sir", "Lord", "Lady", "Dame"})  # of whom nobody says Mr. or Miss
_MADAME = WIVES - {"Mrs"}
_ONE_MAN = frozenset({"Mr", "Mister", "Master"})  # titles that several speakers give one man
_OF_ONE = (
    LEARNED | {"Mr"},
    frozenset({"Madame", "Mme", "Countess", "Baroness", "Marchioness"}),
)  # titles that one bears side by side
_OF_SEVERAL = frozenset("Messrs Misses Mesdames".split())
_NOT_BARE = frozenset({"Mrs", "Miss", "Lady"}) | _OF_SEVERAL | CALLINGS  # of whom nobody says the name alone
_OF_OFFICE = RANKS - LEARNED
_OF_MEN = RANKS | {"Mr", "Mister"}  # before a family name


@dataclass(slots=True)
class BookName:
    """A name as a string of the book, and all its mentions. number: by their first mentions."""

    number: int
    title: str
    words: tuple[str, ...]
    mentions: list[int] = field(default_factory=list)
    first: Span = field(default_factory=lambda: Span(0, 0))
    genders: Counter[Gender] = field(default_factory=Counter)
    namesake: BookName | None = None  # the given name alone, whose pronouns speak for a full name, too
    told: Gender = Gender.UNKNOWN  # what the given name has with a title

    @property
    def is_full(self) -> bool:
        return len(self.words) > 1

    @property
    def family(self) -> str:
        return self.words[-1]

    @property
    def given(self) -> str:
        return self.words[0]

    @property
    def gender(self) -> Gender:
        told = TITLES.get(self.title, Gender.UNKNOWN)
        if told is not Gender.UNKNOWN:
            return told
        genders = self.genders + (self.namesake.genders if self.namesake else Counter())
        female, male = genders[Gender.FEMALE], genders[Gender.MALE]
        if max(female, male) < (2 if self.told is Gender.UNKNOWN else OFTEN):
            return self.told
        if female > DECIDED * male:
            return Gender.FEMALE
        return Gender.MALE if male > DECIDED * female else Gender.UNKNOWN


def link_by_words(names: Sequence[BookName], company: Company) -> Iterator[tuple[BookName, BookName]]:
    """Pairs of names that are one person."""
    full: dict[tuple[str, str], list[BookName]] = defaultdict(list)
    alone = {n.given: n for n in names if not n.title and not n.is_full}
    told = _told_by_title(names)
    for name in names:
        name.told = Gender.UNKNOWN if name.title else told.get(name.given, Gender.UNKNOWN)
        if name.is_full:
            full[name.given, name.family].append(name)
            name.namesake = alone.get(name.given) if not name.title else None
    # Mr. Frank Churchill and Frank Churchill; Sherlock Holmes and Mr. Sherlock Holmes; not Mr. John and Mrs. John Knightley
    people: list[list[BookName]] = []
    for variants in full.values():
        by_gender: dict[Gender, list[BookName]] = defaultdict(list)
        for name in variants:
            by_gender[name.gender].append(name)
        sides = [by_gender[g] for g in (Gender.FEMALE, Gender.MALE) if by_gender[g]]
        married = [n for n in by_gender[Gender.FEMALE] if n.title == "Mrs"]
        others = [n for n in variants if n not in married]
        if married and others and (len(sides) == 2 or _is_rather_a_man(others) or _may_be_a_man(others, alone)):
            sides = [married, others]
        elif len(sides) < 2:
            sides = [variants]
        else:
            largest = max(sides, key=lambda side: sum(len(n.mentions) for n in side))
            largest.extend(by_gender[Gender.UNKNOWN])
        people.extend(sides)
    for side in people:
        for other in side[1:]:
            yield side[0], other
    initials = _by_initials(people)
    yield from initials
    owners_of_given: dict[str, list[list[BookName]]] = defaultdict(list)
    owners_of_family: dict[str, list[list[BookName]]] = defaultdict(list)
    for side in people:
        if not all(n.title == "Mrs" for n in side):  # Mrs. John Knightley is no John
            owners_of_given[side[0].given].append(side)
        owners_of_family[side[0].family].append(side)
    # Given names first: what is known of Caroline says that Mr. Bingley is not Caroline Bingley.
    bare = [n for n in names if not n.title and not n.is_full]
    given_alone = {
        id(n): owner
        for n in bare
        if (owner := _owner_of_given(n, owners_of_given, alone, company)) is not None
        and _weight(owner) * FAR_MORE >= max(map(_weight, owners_of_family[n.given]), default=0)
        and not _is_rather_family(n, [owner], names)
    }
    for name in bare:
        if id(name) in given_alone:
            yield given_alone[id(name)][0], name
            given_alone[id(name)].append(name)
    titled: dict[str, list[BookName]] = defaultdict(list)
    taken: dict[int, str] = {}
    placed: set[int] = set()
    younger = _find_younger(names)
    for name in sorted((n for n in names if n.title and not n.is_full), key=lambda n: -len(n.mentions)):
        bearer = _owner_of_titled(name, owners_of_given, owners_of_family, taken, younger, company)
        if bearer is not None:
            placed.add(id(name))
            taken[id(bearer)] = name.title
            yield bearer[0], name
        titled[name.family].append(name)
    for same in titled.values():
        in_full: dict[str, BookName] = {}
        for name in same:  # Cap'n Vye and Captain Vye
            other = in_full.setdefault(SHORT_TITLES.get(name.title, name.title), name)
            if other is not name and agree([other], [name]):
                yield other, name
    # Dr. Kemp and Mr. Kemp and Colonel Adye: several titles of one man, where nobody else has the name
    for same in titled.values():
        if not owners_of_family[same[0].family]:
            yield from _same_bearer(same)
    for name in names:
        if name.title in CALLINGS and not name.is_full:
            yield from _find_so_called(name, names)
    for name in bare:
        is_given = bool(givers := owners_of_given[name.given]) and not _is_rather_family(name, givers, names)
        if id(name) not in given_alone and (owners_of_family[name.given] or not is_given):
            called = _owner_of_family(name, owners_of_family, titled, company)
            if called is not None:
                yield called, name
                turns = [side for side in owners_of_family[name.given] if called is side[0] and _take_turns(name, side, company)]
                # He whom others call "Mr. Rodney", unless the narration has both around.
                for addressed in titled[name.given] if turns else ():
                    near = company.count(company.near, [addressed.number], [n.number for n in (name, *turns[0])])
                    if (
                        addressed.title in _ONE_MAN
                        and id(addressed) not in placed
                        and _gender_of([*turns[0], name]) is Gender.MALE
                        and near < NEAR
                    ):
                        yield called, addressed


def _is_rather_family(name: BookName, owners: Sequence[Sequence[BookName]], names: Sequence[BookName]) -> bool:
    """Whether a single word is rather a man's family name than a given one that is hardly ever used: "Fitzwilliam" is Colonel
    Fitzwilliam, not Fitzwilliam Darcy. owners: those who have it for a given name."""
    with_title = max((len(n.mentions) for n in names if n.words == name.words and n.title in _OF_MEN), default=0)
    return with_title > len(name.mentions) and with_title >= FAR_MORE * max(map(_weight, owners), default=0)


def _find_so_called(name: BookName, names: Sequence[BookName]) -> Iterator[tuple[BookName, BookName]]:
    """Farmer Oak is Oak, or Mr. Oak: who is oftenest named so."""
    others = [o for o in names if o.words == name.words and o.title in ("", *_ONE_MAN) and agree([name], [o])]
    if others:
        yield max(others, key=lambda other: len(other.mentions)), name


def _is_rather_a_man(names: Sequence[BookName]) -> bool:
    """Whether more pronouns behind somebody's names are a man's: beside a Mrs. John Brooke it takes no more for John to be her
    husband."""
    namesakes = {id(n.namesake): n.namesake for n in names if n.namesake is not None}
    told = sum((n.genders for n in (*names, *namesakes.values())), Counter[Gender]())
    return told[Gender.MALE] > told[Gender.FEMALE]


def _may_be_a_man(names: Sequence[BookName], alone: Mapping[str, BookName]) -> bool:
    """Whether nothing tells the gender of somebody whose family name alone is a man's: Julius Beaufort, beside a Mrs. Julius
    Beaufort, where Beaufort is he."""
    bare = alone.get(names[0].family)
    return _gender_of(names) is Gender.UNKNOWN and bare is not None and bare.gender is Gender.MALE


def _told_by_title(names: Sequence[BookName]) -> dict[str, Gender]:
    """What gender given names have with a title: "Miss Lydia" says it of Lydia Tull; not where a family is called so."""
    families = {n.family for n in names if n.is_full}
    told: dict[str, set[Gender]] = defaultdict(set)
    for name in names:
        if name.title in WITH_GIVEN_NAME and not name.is_full and name.given not in families:
            told[name.given].add(TITLES[name.title])
    return {given: genders.pop() for given, genders in told.items() if len(genders) == 1}


def _by_initials(people: Sequence[list[BookName]]) -> Iterator[tuple[BookName, BookName]]:
    """J. Marlow and James Marlow, where only one given name fits, be it in two forms: Tommy, Thomas."""
    for side in people:
        if len(side[0].given) != 1:
            continue
        fits = [
            o
            for o in people
            if o is not side and o[0].family == side[0].family and len(o[0].given) > 1 and o[0].given[0] == side[0].given
            if not all(n.title == "Mrs" for n in o)  # Mrs. George Wheeler is not G. W. Wheeler
        ]
        given = {o[0].given for o in fits}
        if fits and all(is_either_short(fits[0][0].given, other) for other in given - {fits[0][0].given}) and agree(side, fits[0]):
            yield fits[0][0], side[0]


def _gender_of(side: Sequence[BookName]) -> Gender:
    """What the names of one person say together."""
    told = {n.gender for n in side} - {Gender.UNKNOWN}
    return told.pop() if len(told) == 1 else Gender.UNKNOWN


def agree(side: Sequence[BookName], other: Sequence[BookName]) -> bool:
    one, two = _gender_of(side), _gender_of(other)
    return Gender.UNKNOWN in (one, two) or one is two


def _weight(side: Sequence[BookName]) -> int:
    return sum(len(n.mentions) for n in side)


def _weight_with_namesake(side: Sequence[BookName]) -> int:
    """How often somebody is named, by the given name alone as well, whosever that is."""
    alone = {id(n.namesake): len(n.namesake.mentions) for n in side if n.namesake is not None}
    return _weight([n for n in side if id(n) not in alone]) + sum(alone.values())


def _owner_of_titled(
    name: BookName,
    of_given: Mapping[str, list[list[BookName]]],
    of_family: Mapping[str, list[list[BookName]]],
    taken: Mapping[int, str],
    younger: Set[tuple[str, str]],
    company: Company,
) -> list[BookName] | None:
    """The full name that a title with one word stands for: Mr. Knightley, Sir Thomas, Aunt Jane."""
    if name.title in WITH_GIVEN_NAME - _OF_KINGS and name.title != "Miss":
        given = [side for side in of_given[name.given] if agree([name], side)]
        given = _called_with(name.title, given) or given
        if len(given) == 1:
            return given[0]
    if name.title in CALLINGS:
        return None  # see _find_so_called
    family = [side for side in of_family[name.family] if agree([name], side)]
    family = [
        side for side in family if id(side) not in taken or any({taken[id(side)], name.title} <= of_one for of_one in _OF_ONE)
    ]
    family = [side for side in family if not company.are_two([name.number], [n.number for n in side])]
    if name.title in ("Mrs", "Lady"):
        # a woman who is known by her given name is more often the daughter
        family = [side for side in family if any(n.title == name.title for n in side)]
    elif name.title in _MADAME:  # who is often called Robert is not she unless a woman
        family = [side for side in family if _gender_of(side) is Gender.FEMALE or _count_alone(side) < OFTEN]
    elif name.title in ("Miss", "Mr"):
        family = _find_mister_or_miss(name, family, of_given, younger)
    elif name.title in RANKS and not (so_called := _called_with(name.title, family)):
        # A doctor is far more often called so than by the given name, and hardly ever in full as Mr.
        family = [side for side in family if not _is_called_by_given_name(side, name, FAR_MORE)]
        family = [side for side in family if sum(len(n.mentions) for n in side if n.is_full and n.title == "Mr") < SEVERAL]
        # Who is beside Albert Fussell but once is Colonel Fussell, his father.
        family = [side for side in family if not company.are_two([name.number], [n.number for n in side], least=1)]
    elif name.title in RANKS:
        family = so_called
    return family[0] if len(family) == 1 else None


def _find_mister_or_miss(
    name: BookName, family: Sequence[list[BookName]], of_given: Mapping[str, list[list[BookName]]], younger: Set[tuple[str, str]]
) -> list[list[BookName]]:
    """Those of a family who may be Mr. or Miss by its name alone."""
    family = [side for side in family if not any(n.title in _ABOVE and (n.title != "Mrs" or len(n.mentions) > 1) for n in side)]
    if name.title == "Miss":
        family = [s for s in family if not _has_married(s, of_given)]
    else:
        family = [s for s in family if (s[0].given, s[0].family) not in younger and not any(n.title in _OF_OFFICE for n in s)]
    # A son who is mostly called by his given name is seldom Mr.; the eldest daughter is Miss whatever she is called.
    times = FAR_MORE if name.title == "Mr" else 2
    others = [side for side in family if _is_called_by_given_name(side, name, times)]
    others += [s for s in family if s not in others and any(is_short_for(s[0].given, o[0].given) for o in others)]
    family = [side for side in family if side not in others]
    so_called = [side for side in family if any(n.title == name.title for n in side)]
    sure = [side for side in family if _gender_of(side) is name.gender]
    if others and not so_called:  # Mr. Harker is rather Jonathan than "WILHELMINA HARKER", who signs once
        family = sure = [side for side in sure if FAR_MORE * _weight_with_namesake(side) >= len(name.mentions)]
    doubtful = [side for side in family if _is_doubtful(side, name) or _is_rarely_so_named(side, of_given, name)]
    family = (so_called if len(family) > 1 else []) or sure or ([] if doubtful else family)
    if name.title == "Miss" and len(family) > 1:
        first, second = sorted(family, key=_weight, reverse=True)[:2]
        return [first] if _weight(first) >= FAR_MORE * _weight(second) else []
    return family


def _called_with(title: str, sides: Sequence[list[BookName]]) -> list[list[BookName]]:
    """Of some people those who are named in full with a title: Captain Tilney is Captain Frederick Tilney."""
    short = SHORT_TITLES.get(title, title)
    return [side for side in sides if any(n.is_full and SHORT_TITLES.get(n.title, n.title) == short for n in side)]


def _find_younger(names: Sequence[BookName]) -> set[tuple[str, str]]:
    """Given and family names of men whose wives are called by them rather than by the family name alone: where there is a Mrs. John
    Knightley, Mr. Knightley is his elder brother."""
    wives: Counter[tuple[str, str]] = Counter()
    for name in names:
        if name.title == "Mrs":
            wives[name.given if name.is_full else "", name.family] += len(name.mentions)
    return {(given, family) for (given, family), n in wives.items() if given and n >= OFTEN and n > wives["", family]}


def _has_married(side: Sequence[BookName], of_given: Mapping[str, list[list[BookName]]]) -> bool:
    """Whether somebody of the same given name is far more often named by another family's name: May Archer was
    May Welland, and is no Miss."""
    if any(n.title == "Miss" for n in side):
        return False
    return any(o is not side and agree(o, side) and _weight(o) >= FAR_MORE * _weight(side) for o in of_given[side[0].given])


def _is_doubtful(side: Sequence[BookName], name: BookName) -> bool:
    """Whether it is not known if a title fits somebody who is known by the given name, and far more often bears the title than not:
    Mr. Peggotty is not Clara."""
    return _count_alone(side) >= OFTEN and FAR_MORE * _weight_with_namesake(side) < len(name.mentions)


def _is_rarely_so_named(side: Sequence[BookName], of_given: Mapping[str, list[list[BookName]]], name: BookName) -> bool:
    """Whether somebody has a given name that others have, and the family name far more seldom than the title: Mr. Heathcliff is not
    Catherine Heathcliff, who is mostly Catherine Earnshaw."""
    return len(of_given[side[0].given]) > 1 and FAR_MORE * _weight(side) < len(name.mentions)


def _is_called_by_given_name(side: Sequence[BookName], name: BookName, times: int) -> bool:
    """Whether somebody is so often called by the given name alone that a title with the family name is likely a parent's: that one
    not so many times as often."""
    alone = _count_alone(side)
    return alone >= OFTEN and times * alone >= len(name.mentions)


def _count_alone(side: Sequence[BookName]) -> int:
    """How often somebody is called by a single word without a title."""
    return sum(len(n.mentions) for n in side if not n.title and not n.is_full)


def _same_bearer(same: Sequence[BookName]) -> Iterator[tuple[BookName, BookName]]:
    """Titles that the same person may bear: a rank beside Mr. or another rank."""
    ranks = [n for n in same if n.title in RANKS]
    men = [n for n in same if n.title in ("Mr", "Mister")]
    women = [n for n in same if n.gender is Gender.FEMALE]
    if len(ranks) == 1 and len(men) == 1 and ranks[0].gender is not Gender.FEMALE:
        yield men[0], ranks[0]
    elif len(ranks) > 1 and not men and not women:
        # Dr. and Doctor
        yield from ((ranks[0], other) for other in ranks[1:] if other.title[0] == ranks[0].title[0])


def _owner_of_given(
    name: BookName, of_given: Mapping[str, list[list[BookName]]], alone: Mapping[str, BookName], company: Company
) -> list[BookName] | None:
    """Whose given name a single word is: the only one's, or the one's who is far more often named; not one's who stands beside.

    Sir John is never called John.
    """
    sides = [side for side in of_given[name.given] if agree([name], side)]
    sides = [side for side in sides if not all(n.title in _ABOVE & WITH_GIVEN_NAME for n in side)]
    if len(sides) > 1:
        sides = [side for side in sides if not company.are_two([name.number], [n.number for n in side])]
    if len(sides) < 2:
        return sides[0] if sides else None
    turns = [side for side in sides if (family := alone.get(side[0].family)) is not None and _take_turns(family, [name], company)]
    if len(turns) == 1:
        return turns[0]
    # Charles is Charles Musgrove, if he was Charles for a while before there was any Charles Hayter.
    met = [side for side in sides if name.mentions[:BEFORE][-1] > min(n.mentions[0] for n in side)]
    first, *others = sorted(met or sides, key=_weight, reverse=True)
    return first if not others or _weight(first) >= FAR_MORE * _weight(others[0]) else None


def _owner_of_family(
    name: BookName, of_family: Mapping[str, list[list[BookName]]], titled: Mapping[str, list[BookName]], company: Company
) -> BookName | None:
    """Whom a family name alone names: who takes turns with it by a given name, the man who has it with a title, else the only one,
    or the one far more often named; of a woman it is seldom said."""
    turns = [side for side in of_family[name.given] if agree([name], side) and _take_turns(name, side, company)]
    if len(turns) == 1:
        return turns[0][0]
    with_title = [n for n in titled[name.given] if n.title not in _NOT_BARE and agree([name], [n])]
    if with_title:
        men = [n for n in with_title if n.gender is not Gender.FEMALE]
        best = max(men or with_title, key=lambda n: len(n.mentions))
        rivals = [
            n
            for n in with_title
            if n.title != best.title and not {n.title, best.title} <= _ONE_MAN and FAR_MORE * len(n.mentions) > len(best.mentions)
        ]
        return best if all(n.title in RANKS or best.title in RANKS for n in rivals) else None
    sides = [side for side in of_family[name.given] if agree([name], side)]
    sides = [side for side in sides if _gender_of(side) is not Gender.FEMALE] or sides
    if len(sides) > 1:
        first, second = sorted(sides, key=_weight, reverse=True)[:2]
        sides = [first] if _weight(first) >= FAR_MORE * _weight(second) else []
    if sides:
        return sides[0][0]
    women = [n for n in titled[name.given] if agree([name], [n]) and FAR_MORE * len(n.mentions) >= len(name.mentions)]
    return women[0] if len(women) == 1 and not of_family[name.given] else None


def _take_turns(name: BookName, side: Sequence[BookName], company: Company) -> bool:
    """Whether the narration calls somebody now by the family name, now by the given name: both are around, hardly ever together."""
    given = [n.number for n in side if not n.title and not n.is_full]
    near, together = (company.count(pairs, [name.number], given) for pairs in (company.near, company.together))
    return near >= TURNS and together <= SELDOM_TOGETHER * near
