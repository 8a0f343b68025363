"""One person's name spelled in two ways: jossa and josa, Lyndsey and Lindsay, where the one stands once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from fabula.readers.cast.company import Company
from fabula.readers.cast.named_person import NameForm
from fabula.records import Gender

SHORTEST = 4  # letters of a name that may be misspelt
LONG = 7  # letters, from which two slips are one name's, if both are of vowels or doubled letters
_VOWELS = frozenset("aeiouyáàâäéèêëíìîïóòôöúùûü")


def is_misspelt(one: str, other: str) -> bool:
    """Whether two words differ as two spellings of one name do: in a letter doubled or not, a vowel, two letters in turn.

    Not in how they end or begin, where another name is made of one: Paul and Paula, Bertram and Bertrams, Dora and Nora.

    >>> is_misspelt("jossa", "josa"), is_misspelt("lyndsey", "lindsay"), is_misspelt("delacroix", "delacroy")
    (True, True, True)
    >>> is_misspelt("louis", "louisa"), is_misspelt("dora", "nora"), is_misspelt("anne", "anna"), is_misspelt("marian", "marion")
    (False, False, False, False)
    """
    if one == other or min(len(one), len(other)) < SHORTEST or one[0] != other[0]:
        return False
    if one.startswith(other) or other.startswith(one):
        return False
    if _undouble(one) == _undouble(other) or _are_turned(one, other):
        return True
    return min(len(one), len(other)) >= LONG and _bones(one) == _bones(other)


def find_misspelt(known: Iterable[str], others: Iterable[str]) -> Iterator[str]:
    """Of some words those that are spelled like a known one."""
    alike: dict[str, list[str]] = defaultdict(list)
    for word in known:
        for key in _keys(word):
            alike[key].append(word)
    for other in others:
        if any(is_misspelt(word, other) for key in _keys(other) for word in alike.get(key, ())):
            yield other


def link_misspelt(forms: Sequence[NameForm], linked: Sequence[tuple[int, int]], company: Company) -> Iterator[tuple[int, int]]:
    """Pairs of names that are one person's, by their numbers: one that stands once, and the only one that it may be meant for.

    linked: the pairs that are known already.
    """
    leader = list(range(len(forms)))

    def find(number: int) -> int:
        while leader[number] != number:
            number = leader[number]
        return number

    def join(one: int, other: int) -> None:
        first, second = sorted((find(one), find(other)))
        leader[second] = first

    for pair in linked:
        join(*pair)
    alike: dict[str, list[int]] = defaultdict(list)
    for number, form in enumerate(forms):
        for key in _keys(form.words[-1]):
            alike[key].append(number)
    for number, form in enumerate(forms):
        if form.n_mentions > 1:
            continue
        near = sorted({other for key in _keys(form.words[-1]) for other in alike[key]} - {number})
        fits = [other for other in near if _is_meant_for(form, forms[other]) and not company.are_two([number], [other])]
        people = {find(other) for other in fits}
        if len(people) == 1 and find(number) not in people:
            yield fits[0], number
            join(fits[0], number)


def _keys(word: str) -> set[str]:
    """What words that are spelled alike have in common: one of these."""
    return {_undouble(word), _bones(word), "".join(sorted(word))}


def _is_meant_for(form: NameForm, other: NameForm) -> bool:
    if len(form.words) != len(other.words) or form.words[:-1] != other.words[:-1]:
        return False
    genders = {form.gender, other.gender} - {Gender.UNKNOWN}
    return (
        len(genders) < 2
        and not (form.title and other.title and form.title != other.title)
        and is_misspelt(form.words[-1], other.words[-1])
    )


def _undouble(word: str) -> str:
    return "".join(letter for at, letter in enumerate(word) if not at or word[at - 1] != letter)


def _are_turned(one: str, other: str) -> bool:
    """Whether two letters have changed places."""
    if len(one) != len(other):
        return False
    at = [number for number, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return len(at) == 2 and at[1] == at[0] + 1 and one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]


def _bones(word: str) -> str:
    """A word's consonants, each once; that which may be mute at the end, left out.

    >>> _bones("delacroix"), _bones("lyndsey")
    ('dlcr', 'lnds')
    """
    bones = _undouble("".join("" if letter in _VOWELS else letter for letter in word))
    return bones[:-1] if bones.endswith(("x", "h")) else bones
