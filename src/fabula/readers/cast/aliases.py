"""Names of one person that no word of theirs connects for sure: Meg and Margaret, Mr. Rodney and William, Cecil and Mr. Vyse.

The words of the names allow it (the one lacks what the other has), and the company that the two keep speaks for it, or at least not
against it. What fits several people is left alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set

from fabula.lexicons.titles import LEARNED, RANKS, SHORT_TITLES, TITLES
from fabula.readers.cast.company import Company, Pairs
from fabula.readers.cast.named_person import (
    FAMILIAR,
    MARRIED,
    OFTEN_TITLED,
    OLD,
    PLAIN,
    TITLE_SHARE,
    UNMARRIED,
    NamedPerson,
    NameForm,
    complete_each_other,
    has_title,
    is_another_wife,
    is_cut_in_calls,
    is_named_in_full,
    is_nicknamed,
    is_no_boy,
    is_younger,
)
from fabula.readers.cast.short_names import is_pet_form
from fabula.records import Gender

SELDOM_TOGETHER = 0.05  # of the sentences with both around, those with both, up to which two names rather take turns
MARRIED_NEAR, NEAR = 40, 8  # such sentences, from which that says that Mrs. X is no mother, Mr. X no father of who has a given name
NEAR_AT_ALL = 30  # sentences of speech and narration that never have both, from which Mr. X is no father, either
MISS_NEAR = 20  # and that Miss X is the foremost of the daughters
MISS_TOGETHER = 0.08  # of such sentences, up to which Miss X may be the only daughter who has a given name
ANSWERS, ANSWERS_SHARE, ANSWERS_MORE = 3, 0.2, 1.5  # in another's place, of all calls, and as many as the next best one's
OFTEN_WIFE = 5  # times as often, from which Mrs. X is another one than she who is once in a while called by that name in full
LIKELY_SHARE = 0.3  # of all calls, where who answers is not said
MOSTLY = 0.6  # of them, from which Miss X is a younger daughter after all, and one of several of a family is meant
BESIDE, BESIDE_SHARE = 10, 0.05  # sentences with both, and of those with both around, from which no calls say that two are one
GIVEN = 20  # times as often a given name, from which a word is no family's
CALLS_SHARE = 0.5  # of the mentions of a name, in which somebody is called by it: it may be cut short
FAR_MORE = 3  # times as often named, for what several could own
FEW_ANSWERS = 2  # that tell of two who share a family name

_OF_QUEENS = frozenset({"queen", "princess", "empress"})  # "Mary Queen of Scots"
_OF_SOVEREIGNS = frozenset({"Emperor", "Empress", "King", "Queen", "Tsar", "Czar", "Tsarina"})
_OF_OFFICERS = frozenset(
    """Lieutenant Lieut Lt Captain Capt Cap'n Major Maj Colonel Col General Gen Commander Commodore Admiral
    Sergeant Sgt Corporal Private""".split()
)
_OF_RELATIVES = frozenset({"Aunt", "Auntie", "Uncle"})
_OF_GROWN_MEN = RANKS | {"Mr", "Mister", "Sir", "Lord"}
_OF_HEADS = frozenset({"Squire"})  # of the head of a house, not of his sons


def link_aliases(forms: Sequence[NameForm], linked: Sequence[tuple[int, int]], company: Company) -> Iterator[tuple[int, int]]:
    """Pairs of names that are one person's, by their numbers. linked: the pairs that are known already."""
    people = _People(forms, linked, company)
    for find in (
        people.find_married,
        people.find_nicknamed,
        people.find_pet_forms,
        people.find_given,
        people.find_called,
        people.find_titled,
        people.find_sovereigns,
        people.find_roles,
        people.find_named_in_full,
    ):
        yield from find()


class _People:
    """The people as they grow together."""

    def __init__(self, forms: Sequence[NameForm], linked: Sequence[tuple[int, int]], company: Company) -> None:
        self.company = company
        self.of_name = {number: NamedPerson([number], [form]) for number, form in enumerate(forms)}
        for one, other in linked:
            self._join(self.of_name[one], self.of_name[other])

    def _join(self, one: NamedPerson, other: NamedPerson) -> None:
        if one is other:
            return
        one.take_in(other)
        for name in other.names:
            self.of_name[name] = one

    def _link(self, one: NamedPerson, other: NamedPerson) -> Iterator[tuple[int, int]]:
        pair = one.names[0], other.names[0]
        self._join(one, other)
        yield pair

    def _all(self) -> list[NamedPerson]:
        return list({id(person): person for person in self.of_name.values()}.values())

    def find_married(self) -> Iterator[tuple[int, int]]:
        """Mina Murray and Mina Harker, Mina, Mrs. Harker: the one woman of a given name has a second family, which is a man's."""
        people = self._all()
        named: dict[str, list[NamedPerson]] = defaultdict(list)
        for person in people:
            for given in person.givens if len(person.givens) == 1 else ():
                named[given].append(person)
        husbands = {family for p in people if p.gender is Gender.MALE or p.titles & MARRIED for family in p.sure_families}
        for bearers in named.values():
            full = sorted((p for p in bearers if p.families - _OF_QUEENS), key=lambda p: -p.count)
            if len(full) < 2 or (len(full) > 2 and FAR_MORE * full[2].count > full[1].count):
                continue
            maiden, wife = sorted(full[:2], key=lambda p: (bool(p.families & husbands), has_title(p, MARRIED)))
            taken = wife.families & husbands
            fathers = husbands if not (has_title(maiden, UNMARRIED) and has_title(wife, MARRIED)) else set()
            if (
                {maiden.gender, wife.gender} != {Gender.FEMALE}
                or maiden.families & (wife.families | fathers)
                or not taken
                or self.company.are_two(maiden.names, wife.names)
            ):
                continue
            titled = [p for p in people if p.titles and p.titles <= MARRIED and not p.givens and p.families & taken]
            # She who bears the man's name from the beginning was born with it, and Mrs. Maylie is her aunt; and there has been a
            # Mrs. Yeobright long before Eustacia.
            if min(wife.names) < min(maiden.names) or (titled and titled[0].count > OFTEN_WIFE * wife.count):
                titled = []
            bare = [p for p in bearers if not p.families and p.gender is not Gender.MALE]
            yield from self._link(maiden, wife)
            for other in (*bare, *(titled if len(titled) == 1 else ())):
                yield from self._link(maiden, other)

    def find_nicknamed(self) -> Iterator[tuple[int, int]]:
        """Meg and Margaret, Bill Sikes and Mr. William Sikes: where only one person's name fits the nickname."""
        for person in sorted(self._all(), key=lambda p: p.count):
            fits = self._find_nicknamed(person)
            if len(fits) == 1:
                yield from self._link(fits[0], person)

    def find_named_in_full(self) -> Iterator[tuple[int, int]]:
        """Francis Troy and Sergeant Troy, of whom the calls have told that he is Frank."""
        for person in sorted(self._all(), key=lambda p: p.count):
            fits = [other for other in self._find_nicknamed(person) if person.families & other.families]
            if len(fits) == 1:
                yield from self._link(fits[0], person)

    def _find_nicknamed(self, person: NamedPerson) -> list[NamedPerson]:
        """Whose nickname somebody's only given name may be, or the name that it is short for."""
        if len(person.givens) != 1 or not person.titles <= PLAIN or self.of_name[person.names[0]] is not person:
            return []
        n_called = sum(self.company.n_called.get(name, 0) for name in person.names)
        fits = is_cut_in_calls if n_called >= CALLS_SHARE * person.count else is_nicknamed
        others = (other for other in self._all() if other is not person)
        return [other for other in others if fits(person, other) and self._may_be_one(person, other)]

    def find_pet_forms(self) -> Iterator[tuple[int, int]]:
        """Laddy and Charlie Ladd, whom the narration calls Ladd."""
        for person in sorted(self._all(), key=lambda p: p.count):
            words = {form.words for form in person.forms}
            if len(words) != 1 or len(word := next(iter(words))) > 1:
                continue
            fits = [
                other
                for other in self._all()
                if other is not person
                and other.count > person.count
                and any(is_pet_form(word[0], family) for family in other.sure_families)
                and self._may_be_one(person, other)
            ]
            if len(fits) == 1:
                yield from self._link(fits[0], person)

    def find_given(self) -> Iterator[tuple[int, int]]:
        """Miss Lucy and Lucy, Master Bates and Charley Bates: a title with a word that is one person's given or family name."""
        bearers = Counter(family for person in self._all() for family in person.sure_families)
        for person in sorted(self._all(), key=lambda p: p.count):
            words = {form.words for form in person.forms}
            if len(words) != 1 or len(next(iter(words))) > 1 or not person.titles:
                continue
            [(word,)] = words
            is_family = bearers[word] > (word in person.sure_families)  # another one's, too
            is_family &= not (person.titles <= UNMARRIED and self._is_rather_given(word))
            if is_family and person.titles <= _OF_RELATIVES:
                yield from self._find_relative(person, word)
                continue
            if not is_family and not all(form.title for form in person.forms):
                continue
            if not person.titles <= (frozenset({"Master"}) if is_family else FAMILIAR):
                continue
            fits = [
                other
                for other in self._all()
                if other is not person
                and word in (other.families if is_family else other.givens)
                and other.givens
                and (other.families or not person.titles & OLD)  # Mrs. Vicar is the Vicar's wife
                and self._may_be_one(person, other)
            ]
            if owner := _only_one(fits):
                yield from self._link(owner, person)

    def _find_relative(self, person: NamedPerson, family: str) -> Iterator[tuple[int, int]]:
        """Aunt Norris and Mrs. Norris: the one woman of a family's name who is married, or the one man who is no boy."""
        heads = MARRIED if person.gender is Gender.FEMALE else _OF_GROWN_MEN
        fits = [
            other
            for other in self._all()
            if other is not person
            and any(form.title in heads and form.words[-1] == family for form in other.forms)
            and not other.titles & UNMARRIED
            and self._may_be_one(person, other)
        ]
        if owner := _only_one(fits):
            yield from self._link(owner, person)

    def _is_rather_given(self, word: str) -> bool:
        """Whether a word is hardly ever a family's name: Lucilla, of whom there is one "Rose Lucilla"."""
        forms = [form for person in self._all() for form in person.forms]
        families = sum(f.n_mentions for f in forms if f.words[-1] == word and f.has_family)
        given = sum(f.n_mentions for f in forms if f.words[0] == word and not f.title)
        return given >= GIVEN * max(1, families)

    def find_sovereigns(self) -> Iterator[tuple[int, int]]:
        """Emperor Alexander and Alexander, who has no other name."""
        for person in self._all():
            words = {form.words for form in person.forms}
            if len(words) != 1 or not person.titles or not person.titles <= _OF_SOVEREIGNS:
                continue
            bare = [o for o in self._all() if o is not person and {(f.title, f.words) for f in o.forms} == {("", *words)}]
            if len(bare) == 1 and self._may_be_one(person, bare[0]):
                yield from self._link(person, bare[0])

    def find_roles(self) -> Iterator[tuple[int, int]]:
        """The Major and Major Callendar: where only one bears the title, or one far more often than others."""
        for person in sorted(self._all(), key=lambda p: p.count):
            roles = _find_roles(person)
            if not roles:
                continue
            others = [other for other in self._all() if other is not person]
            bearers = [other for other in _find_bearers(others, roles) if self._may_be_one(person, other)]
            turns = [other for other in bearers if self._take_turns(person, other, MARRIED_NEAR)]
            if owner := turns[0] if len(bearers) > 1 and len(turns) == 1 else _only_one(bearers):
                yield from self._link(owner, person)

    def find_titled(self) -> Iterator[tuple[int, int]]:
        """Miss Fairfax and Jane Fairfax: where only one of a family fits, or one whom the calls tell."""
        for person in sorted(self._all(), key=lambda p: -p.count):
            if person.givens or not person.families or self.of_name[person.names[0]] is not person:
                continue
            family = self._find_family(person)
            fits = [other for other in family if self._may_be_one(person, other) and self._is_no_parent(person, other)]
            called = self._tell_by_calls(person, [o for o in self._all() if o is not person and complete_each_other(person, o)])
            fits = [other for other in fits if other in called] if called else fits
            if person.titles & UNMARRIED:
                fits = self._find_miss(person, fits, family)
            elif len(fits) > 1:
                fits = self._find_nearest(person, fits)
            if len(fits) == 1:
                yield from self._link(fits[0], person)

    def _find_nearest(self, person: NamedPerson, fits: Sequence[NamedPerson]) -> list[NamedPerson]:
        """Of several who may be one with somebody the one who is around far more often: Archer is Newland, not May."""
        near = sorted(((self._count_around(person, other)[0], other) for other in fits), key=lambda pair: -pair[0])
        return [near[0][1]] if near[0][0] >= max(MARRIED_NEAR, FAR_MORE * near[1][0]) else []

    def _find_miss(self, person: NamedPerson, fits: list[NamedPerson], family: Sequence[NamedPerson]) -> list[NamedPerson]:
        """Of the daughters of a family those who may be Miss X: the eldest, or the foremost of several. Miss X is
        nobody beside whom she stands; where she stands beside one, it takes more for her sister, too."""
        fits = [other for other in fits if not is_younger(other)] or fits
        if len(fits) > 1:
            foremost = _only_one(fits)
            fits = [foremost] if foremost is not None and self._take_turns(person, foremost) else []
        if any(other.gender is Gender.FEMALE and self._are_beside(person, other) for other in family):
            fits = [other for other in fits if self.company.count(self.company.near, person.names, other.names) >= MISS_NEAR]
        return fits

    def find_called(self) -> Iterator[tuple[int, int]]:
        """Mr. Vyse and Cecil: where who is called by the one name answers under the other."""
        for person in sorted(self._all(), key=lambda p: p.count):
            if self.of_name[person.names[0]] is not person:
                continue
            fits = self._tell_by_calls(person, [other for other in self._all() if other is not person])
            if len(fits) == 1 and self._may_have_role(person, fits[0]) and complete_each_other(person, fits[0]):
                yield from self._link(fits[0], person)

    def _may_have_role(self, one: NamedPerson, other: NamedPerson) -> bool:
        """Whether neither is the Professor where others are Professors: he is one of those."""
        for person, owner in ((one, other), (other, one)):
            bearers = _find_bearers([o for o in self._all() if o is not person], roles) if (roles := _find_roles(person)) else []
            if bearers and owner not in bearers:
                return False
        return True

    def _tell_by_calls(self, person: NamedPerson, others: Sequence[NamedPerson]) -> list[NamedPerson]:
        """The one of some people who answers where a person is called, and no other of them nearly as often."""
        n_called = sum(self.company.n_called.get(name, 0) for name in person.names)
        if person.titles & UNMARRIED:  # "Miss Bennet" is Jane, even if Elizabeth is called so while she is away
            mostly = max(ANSWERS, MOSTLY * n_called)
            answers = self.company.likely_answered
            others = [o for o in others if not is_younger(o) or self.company.count(answers, person.names, o.names) >= mostly]
        told = self._tell_by_answers(person, others, self.company.answered, max(ANSWERS, ANSWERS_SHARE * n_called), n_called)
        if told:
            return told
        family = [] if person.givens else self._find_family(person)
        several = sum(self._may_be_one(person, other) for other in family) > 1  # Mr. Bertram may be Tom or Edmund
        least = max(ANSWERS, (MOSTLY if several else LIKELY_SHARE) * n_called)
        return self._tell_by_answers(person, others, self.company.likely_answered, least, n_called)

    def _find_family(self, person: NamedPerson) -> list[NamedPerson]:
        """Those with a given name who share somebody's family name."""
        return [o for o in self._all() if o is not person and o.givens and person.families & o.families]

    def _tell_by_answers(
        self, person: NamedPerson, others: Sequence[NamedPerson], answered: Pairs, least: float, n_called: int
    ) -> list[NamedPerson]:
        if n_called < least:  # nobody answers more often
            return []
        answers = [(self.company.count(answered, person.names, other.names), other) for other in others]
        answers.sort(key=lambda pair: -pair[0])
        if not answers or answers[0][0] < least:
            return []
        # Whether two may be one is asked of the foremost alone: of every two people of a long novel it would take seconds.
        likely = (pair for pair in answers if self._may_be_one(person, pair[1]) and not self._tells_apart(person, *pair))
        best, second = next(likely, (0, None)), next(likely, (0, None))
        return [best[1]] if best[1] is not None and best[0] >= max(least, ANSWERS_MORE * second[0]) else []

    def _tells_apart(self, person: NamedPerson, answers: int, other: NamedPerson) -> bool:
        """Whether who answers to a name is somebody else: calls others by it, or stands beside who has it time and again."""
        near, together = self._count_around(person, other)
        calls = self.company.count(self.company.called_by, person.names, other.names)
        return calls >= answers or (together >= BESIDE and together > BESIDE_SHARE * near)

    def _may_be_one(self, one: NamedPerson, other: NamedPerson) -> bool:
        """Whether nothing speaks against it: gender, titles, company."""
        genders = {one.gender, other.gender} - {Gender.UNKNOWN}
        ranks = one.titles & RANKS, other.titles & RANKS
        clash = len(genders) > 1 or bool(ranks[0] and ranks[1] and not ranks[0] & ranks[1] and not self._may_bear(one, other))
        clash |= is_no_boy(one, other) or is_no_boy(other, one)
        clash |= is_another_wife(one, other) or is_another_wife(other, one)
        return not clash and not self.company.are_two(one.names, other.names)

    def _may_bear(self, one: NamedPerson, other: NamedPerson) -> bool:
        """Whether somebody may have the titles of two: Dr. and Professor, or the ranks of an officer who is promoted."""
        ranks = (one.titles | other.titles) & RANKS
        return ranks <= LEARNED or (ranks <= _OF_OFFICERS and self._take_turns(one, other, MARRIED_NEAR))

    def _count_around(self, one: NamedPerson, other: NamedPerson) -> tuple[int, int]:
        """In how many sentences the narration has one with the other around, and in how many both."""
        company = self.company
        return company.count(company.near, one.names, other.names), company.count(company.together, one.names, other.names)

    def _take_turns(self, one: NamedPerson, other: NamedPerson, least: int = MISS_NEAR) -> bool:
        """Whether the narration has one with the other around, and hardly ever both in a sentence."""
        near, together = self._count_around(one, other)
        return near >= least and together <= SELDOM_TOGETHER * near

    def _are_beside(self, one: NamedPerson, other: NamedPerson) -> bool:
        """Whether the narration has both in a sentence too often for Miss X and the only daughter with a given name."""
        near, together = self._count_around(one, other)
        return near >= MISS_NEAR and together > MISS_TOGETHER * near

    def _is_no_parent(self, person: NamedPerson, other: NamedPerson) -> bool:
        """Whether Mr. or Mrs. X may be the one with a given name, not a parent; a rank is that of who has no other title."""
        ranked = bool(person.titles & RANKS), bool(other.titles & RANKS)
        if ranked[0] != ranked[1] and person.titles and other.titles:
            return False
        if person.titles & _OF_HEADS and not other.titles & _OF_HEADS:
            return False
        if person.titles & UNMARRIED and other.gender is Gender.FEMALE:
            return not self._are_beside(person, other)
        answers = self.company.count(self.company.answered, person.names, other.names)
        if ranked[0] and not ranked[1]:  # Dr. Craven may be Colin Craven's uncle
            return answers >= FEW_ANSWERS
        if all(form.title in MARRIED for form in other.forms):
            return False  # Mrs. John Dashwood: the given name is her husband's
        married = bool(person.titles & MARRIED) and not other.titles & MARRIED and not is_named_in_full(other)
        # Who is called by the family name alone is another one than Mr. X, if that is a usual name, too.
        alone = not ranked[0] and any(
            not f.title and f.words[0] in other.families - other.givens and f.n_mentions > person.count
            for f in other.forms
            if len(f.words) == 1
        )
        near, together = self._count_around(person, other)
        if near >= (MARRIED_NEAR if married else NEAR) and together <= (0 if alone else SELDOM_TOGETHER) * near:
            return True
        near = self.company.count(self.company.near_at_all, person.names, other.names)
        together = self.company.count(self.company.together_at_all, person.names, other.names)
        return not married and (answers >= FEW_ANSWERS or (near >= NEAR_AT_ALL and not together))


def _find_roles(person: NamedPerson) -> set[str]:
    """The title that is all that somebody is called: the Professor's; none where there is more."""
    usual = [form for form in person.forms if form.n_mentions >= TITLE_SHARE * person.count]  # not "Herr Major"
    words = {form.words for form in usual}
    roles = {word.capitalize() for form in usual if not form.title for word in form.words}
    return roles if len(words) == len(roles) == 1 and person.titles <= PLAIN and roles <= TITLES.keys() else set()


def _find_bearers(people: Sequence[NamedPerson], roles: Set[str]) -> list[NamedPerson]:
    """Whose own title one of some titles is; or who alone has it, if it stands before the name a few times."""
    own = [p for p in people if roles & {SHORT_TITLES.get(title, title) for title in p.titles}]
    if own:
        return own
    counts = [(p, sum(f.n_mentions for f in p.forms if SHORT_TITLES.get(f.title, f.title) in roles)) for p in people]
    bearers = [(p, n) for p, n in counts if n]
    return [p for p, n in bearers if n >= OFTEN_TITLED] if len(bearers) == 1 else []


def _only_one(people: Sequence[NamedPerson]) -> NamedPerson | None:
    """The only one of some people, or who is far more often named than the others."""
    ranked = sorted(people, key=lambda person: -person.count)
    if not ranked or (len(ranked) > 1 and ranked[1].count * FAR_MORE > ranked[0].count):
        return None
    return ranked[0]
