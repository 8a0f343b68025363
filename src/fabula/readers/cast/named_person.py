"""What the names that are known to be one person's tell: families, given names, titles, gender; and if two may be one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from fabula.lexicons.titles import RANKS, WITH_GIVEN_NAME, WIVES
from fabula.readers.cast.short_names import is_cut_short, is_either_short, is_short_for
from fabula.records import Gender

TITLE_SHARE = 0.05  # of all mentions, from which a title is a person's own
OFTEN_TITLED = 5  # times, from which a title is a person's own however often the name stands without it
YOUNGER = 2  # times that Miss stands before a daughter's given name, from which she is not the eldest
BOY = 3  # times that somebody is called Master, from which he is no Mr.

IN_FULL = 4  # times as often, that somebody is named in full as by a given name
AS_OFTEN = 3  # times as often as Mrs. X is named, that somebody of her family is called Miss, to be another one
MARRIED = WIVES | {"Lady"}
UNMARRIED = frozenset({"Miss", "Mlle", "Mademoiselle"})
FAMILIAR = frozenset(  # titles that go with a given name and leave its bearer who he is
    """Mr Mister Mester Mestur Mas'r Massa Mrs Miss Master Mistress Aunt Auntie Uncle Cousin Brother Sister Nurse
    Mademoiselle Madam Don Doña Signor Signora""".split()
)
OLD = frozenset({"Mr", "Mister", "Mrs"})  # of them, those that stand before a family name as a rule
_GROWN = frozenset({"Mr", "Mister"})  # titles of a man who is no boy
PLAIN = frozenset({"Mr", "Mister", "Miss", "Master"})  # titles that go with a nickname and leave its bearer who he is


class NameForm(NamedTuple):
    """A name as a string of the book: its title without a stop, its words in lower case, how often it stands, what it tells."""

    title: str
    words: tuple[str, ...]
    n_mentions: int
    gender: Gender

    @property
    def has_family(self) -> bool:
        """Whether its last word is surely a family's: of several words, or behind a title that no given name has."""
        return len(self.words) > 1 or (bool(self.title) and self.title not in WITH_GIVEN_NAME)


@dataclass(eq=False)
class NamedPerson:
    """Somebody, by the names that are known to be his or hers. names: their numbers; forms: what they are."""

    names: list[int]
    forms: list[NameForm]

    def take_in(self, other: NamedPerson) -> None:
        """Become one with another; what the names say together is worked out anew when it is asked."""
        self.names += other.names
        self.forms += other.forms
        for name in ("count", "gender", "families", "sure_families", "givens", "titles"):
            self.__dict__.pop(name, None)

    @cached_property
    def count(self) -> int:
        return sum(form.n_mentions for form in self.forms)

    @cached_property
    def gender(self) -> Gender:
        told = Counter[Gender]()
        for form in self.forms:
            told[form.gender] += form.n_mentions
        female, male = told[Gender.FEMALE], told[Gender.MALE]
        return Gender.UNKNOWN if female == male else Gender.FEMALE if female > male else Gender.MALE

    @cached_property
    def families(self) -> set[str]:
        told = {f.words[-1] for f in self.forms if f.has_family}
        bare = {f.words[0]: f.n_mentions for f in self.forms if len(f.words) == 1 and not f.title}
        # Miss Fairfax, who is seldom called Fairfax; not Miss Tuppence.
        return told | {f.words[-1] for f in self.forms if f.title == "Miss" and f.n_mentions > bare.get(f.words[-1], 0)}

    @cached_property
    def sure_families(self) -> set[str]:
        """Without what may be a given name: "Miss Lucy"."""
        return {
            f.words[-1] for f in self.forms if len(f.words) > 1 or (f.title and f.title not in WITH_GIVEN_NAME | FAMILIAR - OLD)
        }

    @cached_property
    def givens(self) -> set[str]:
        bare = {f.words[0] for f in self.forms if len(f.words) == 1 and (not f.title or f.title in WITH_GIVEN_NAME - {"Miss"})}
        return {f.words[0] for f in self.forms if len(f.words) > 1} | (bare - self.families)

    @cached_property
    def titles(self) -> set[str]:
        """Those that are not once in a while another's: "Lieut. Fairfax" among all of Jane's names."""
        counts = Counter[str]()
        for form in self.forms:
            counts[form.title] += form.n_mentions
        return {title for title, n in counts.items() if title and n >= TITLE_SHARE * self.count}


def has_title(person: NamedPerson, titles: Set[str]) -> bool:
    """Whether somebody is called so, be it once, with the name in full."""
    return any(form.title in titles and len(form.words) > 1 for form in person.forms)


def is_no_boy(one: NamedPerson, other: NamedPerson) -> bool:
    """Whether the one is Mr. X, without a given name, and the other is called Master: Mr. Craven is the father of Master Colin."""
    if one.givens or not one.titles & _GROWN:
        return False
    return _count_with_given(other, "Master") >= BOY


def is_younger(daughter: NamedPerson) -> bool:
    """Whether Miss goes with her given name: the eldest daughter is Miss with the family's name alone."""
    return _count_with_given(daughter, "Miss") >= YOUNGER


def _count_with_given(person: NamedPerson, title: str) -> int:
    """How often a title stands before somebody's given name."""
    return sum(form.n_mentions for form in person.forms if form.title == title and form.words[0] in person.givens)


def is_another_wife(one: NamedPerson, other: NamedPerson) -> bool:
    """Whether the one is a wife and the other is none, and has not the name that the wife was born with."""
    maiden = sum(f.n_mentions for f in other.forms if f.title in UNMARRIED and f.words[-1] in one.families)
    misses = 0 if other.sure_families - one.families else sum(f.n_mentions for f in other.forms if f.title in UNMARRIED)
    wife = sum(f.n_mentions for f in one.forms if f.title in MARRIED)
    is_miss = other.titles & UNMARRIED or maiden >= OFTEN_TITLED or AS_OFTEN * misses >= wife
    if not (one.titles & MARRIED and is_miss):
        return False
    born = one.families - {form.words[-1] for form in one.forms if form.title in MARRIED}
    return not born & {form.words[-1] for form in other.forms if form.title in UNMARRIED}


def is_named_in_full(person: NamedPerson) -> bool:
    """Whether somebody is far more often called by a given and a family name than by the given one alone, as a mother is."""
    in_full = sum(form.n_mentions for form in person.forms if len(form.words) > 1 and not form.title)
    alone = sum(form.n_mentions for form in person.forms if len(form.words) == 1 and form.words[0] in person.givens)
    return in_full >= OFTEN_TITLED and in_full > IN_FULL * alone


def complete_each_other(one: NamedPerson, other: NamedPerson) -> bool:
    """Whether the names of two lack each other's parts: a given name here, a family's there, or the one given name is short."""
    same_family = not (one.families and other.families) or bool(one.families & other.families)
    nicknamed = any(is_either_short(a, b) for a in one.givens for b in other.givens)
    return same_family and (nicknamed or not (one.givens and other.givens))


def is_nicknamed(person: NamedPerson, other: NamedPerson) -> bool:
    """Whether a given name is short for another one's, or the one that is short; where both have a family, it is one."""
    if person.families & other.families:
        return other.titles <= PLAIN | RANKS and any(
            is_either_short(a, b) or is_cut_short(a, b) or is_cut_short(b, a) for a in person.givens for b in other.givens
        )
    return _is_seldomer(person, other) and any(
        is_short_for(a, b) or (bool(other.families) and is_short_for(b, a))
        for a in person.givens
        for b in other.givens - person.givens
    )


def is_cut_in_calls(person: NamedPerson, other: NamedPerson) -> bool:
    """The same of one who is hardly more than called so: any given name may be cut short, Ije is Ijeoma."""
    cut = any(is_cut_short(a, b) for a in person.givens for b in other.givens)
    return is_nicknamed(person, other) or (cut and _is_seldomer(person, other))


def _is_seldomer(person: NamedPerson, other: NamedPerson) -> bool:
    """Whether the one has no family's name, and not more mentions than the other."""
    return not person.families and person.count <= other.count and other.titles <= PLAIN
