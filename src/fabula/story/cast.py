"""The characters of a view: folded out of their mentions, and found by name."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import overload

from fabula.errors import NoSuchCharacterError
from fabula.records import Character, CharacterName, Gender, GenderCue, Mention, MentionKind, NameKind, Span
from fabula.text.normalize import normal_form

TITLE_WEIGHT, PRONOUN_WEIGHT = 3, 1  # what a title and a pronoun count for a character's gender
GENDER_EVIDENCE = 3  # what is needed to say one
TIMES_AS_MUCH = 2  # as for the other
SELDOM = 20  # uses of the commonest name, up to which a full name that occurs once is shown
TITLED_SHARE = 0.25  # of the commonest name's uses, that a name with a title needs to be the one shown


class Cast(Sequence[Character]):
    """The characters of a view, the most mentioned first; also found by a name."""

    def __init__(self, characters: Sequence[Character]) -> None:
        self._characters = tuple(characters)
        self._by_id = {c.id: c for c in self._characters}

    def __len__(self) -> int:
        return len(self._characters)

    @overload
    def __getitem__(self, key: int | str) -> Character: ...
    @overload
    def __getitem__(self, key: slice) -> Sequence[Character]: ...
    def __getitem__(self, key: int | str | slice) -> Character | Sequence[Character]:
        """A character by rank or by name. Raises NoSuchCharacterError (also where a name is several people's)."""
        return self.find(key) if isinstance(key, str) else self._characters[key]

    def __contains__(self, character: object) -> bool:
        """Whether a character, or one who is found by this name, is among them."""
        if not isinstance(character, str):
            return character in self._characters
        try:
            self.find(character)
        except NoSuchCharacterError:
            return False
        return True

    def by_id(self, id_: int) -> Character:
        """The character with this id. Raises KeyError."""
        return self._by_id[id_]

    def find(self, name: str) -> Character:
        """Who goes by this name: as printed, but for case, marks and white space; else the only one with it as part of a name.

        Accents may be left out where nobody has the name without them. Somebody without a name is found by a description ("the
        old woman"), and everybody by the id, as "#12".
        Raises NoSuchCharacterError where nobody is found, with the nearest names, or where several are.
        """
        found = self._find(name, fold_name) or self._find(name, without_accents) or self._find_by_id(name)
        if len(found) == 1:
            return found[0]
        if found:
            raise NoSuchCharacterError(name, [self.label(c) for c in found[:5]], several=True)
        raise NoSuchCharacterError(name, self._near(fold_name(name)))

    def label(self, character: Character) -> str:
        """The name that finds this character alone: the one that is shown, with the id where several are shown under it."""
        return f"{character.name} #{character.id}" if self._shown[fold_name(character.name)] > 1 else character.name

    @cached_property
    def _shown(self) -> Counter[str]:
        return Counter(fold_name(c.name) for c in self._characters)

    def _find(self, name: str, fold: Callable[[str], str]) -> list[Character]:
        """Those whom a name fits best; a name goes before a description, the whole of one before a part."""
        wanted, people = fold(name), self._characters
        if not wanted:
            return []
        return (
            [c for c in people if fold(c.name) == wanted]
            or [c for c in people if any(fold(n) == wanted for n in _names_of(c))]
            or [c for c in people if any(f" {wanted} " in f" {fold(n)} " for n in _names_of(c))]
            or [c for c in people if any(fold(n.text) == wanted for n in c.descriptions)]
            or [c for c in people if not c.names and any(f" {wanted} " in f" {fold(n.text)} " for n in c.descriptions)]
        )

    def _find_by_id(self, name: str) -> list[Character]:
        numbered = re.fullmatch(r"(?:.*\s)?#([0-9]{1,9})", name.strip())
        character = self._by_id.get(int(numbered[1])) if numbered else None
        return [character] if character else []

    def _near(self, wanted: str) -> list[str]:
        import difflib  # only for the hint of an error

        names = {fold_name(name): c.name for c in self._characters for name in _names_of(c)}
        return list(dict.fromkeys(names[key] for key in difflib.get_close_matches(wanted, names, n=3, cutoff=0.6)))


def _names_of(character: Character) -> Iterator[str]:
    """What a character is called, the name that is shown among it: that may be the user's own."""
    yield character.name
    yield from (name.text for name in character.names)


def fold_name(name: str) -> str:
    """A name or a title as it is compared: without case and marks.

    >>> fold_name("MRS. O’Brien")
    'mrs o brien'
    """
    return re.sub(r"[^\w]+", " ", normal_form(name).casefold()).strip()


def without_accents(name: str) -> str:
    """A name as it may be typed.

    >>> without_accents("Natásha")
    'natasha'
    """
    return fold_name("".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)))


def fold_character(
    id_: int, mentions: Sequence[Mention], cues: Iterable[GenderCue], text: str, *, narrator: bool = False
) -> Character:
    """One character, of all mentions and cues that are known to be his or hers; `text` is what they are spans of."""
    grouped: dict[str, list[Mention]] = defaultdict(list)
    described: list[Span] = []
    for mention in mentions:
        if mention.name_kind is not None:
            grouped[text[slice(*mention.span)]].append(mention)
        elif mention.kind is not MentionKind.PRONOUN:  # what stands like a name and is nobody's own ("Dad") describes, too
            described.append(mention.span)
    listed = [
        CharacterName(name, len(found), found[0].name_kind or NameKind.SINGLE, found[0].span) for name, found in grouped.items()
    ]
    names = tuple(sorted(listed, key=lambda n: (-n.count, n.first)))
    descriptions = tuple(CharacterName(s.text, s.count, NameKind.SINGLE, s.first) for s in count_strings(described, text))
    weights: Counter[Gender] = Counter()
    n_cues = 0
    for cue in cues:
        weights[cue.gender] += PRONOUN_WEIGHT if gender_of_pronoun(text[slice(*cue.span)]) is not Gender.UNKNOWN else TITLE_WEIGHT
        n_cues += 1
    if names:
        shown = _choose_name(names).text
    elif narrator:
        shown = NARRATOR
    else:  # of whom nothing but "he" and "his" is said, that
        shown = _choose_description(descriptions) if descriptions else text[slice(*mentions[0].span)]
    return Character(
        id=id_,
        name=shown,
        names=names,
        descriptions=descriptions,
        gender=_decide_gender(weights),
        gender_cues=n_cues,
        narrator=narrator,
        group=False,
        members=(),
        n_mentions=len(mentions),
        first=mentions[0].span.start,
        last=mentions[-1].span.start,
    )


@dataclass(frozen=True, slots=True)
class CountedString:
    """A string, how often it stands in the text, in small or capital letters, and where first."""

    text: str
    count: int
    first: Span


def count_strings(spans: Iterable[Span], text: str) -> tuple[CountedString, ...]:
    """The strings of spans in text order, by falling count. "The old woman" and "the old woman" are one, shown as it is inside
    a sentence if it ever is.

    >>> [(s.text, s.count) for s in count_strings([Span(0, 7), Span(8, 15), Span(16, 19)], "The man the man Tom")]
    [('the man', 2), ('Tom', 1)]
    """
    grouped: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for span in spans:
        string = text[slice(*span)]
        grouped[string.casefold()][string].append(span)
    counted = [
        CountedString(
            min(forms, key=lambda form: (not form[:1].islower(), -len(forms[form]), form)),
            sum(map(len, forms.values())),
            min(found[0] for found in forms.values()),
        )
        for forms in grouped.values()
    ]
    return tuple(sorted(counted, key=lambda s: (-s.count, s.first)))


def _choose_name(names: Sequence[CharacterName]) -> CharacterName:
    """The name to show, of names by falling count: a full one, else one with a title if that is common, else the commonest."""
    printed = [n for n in names if not n.text.isupper()] or names
    full = [n for n in printed if n.kind is NameKind.FULL and (n.count > 1 or printed[0].count < SELDOM)]
    titled = [n for n in printed if n.kind is NameKind.TITLED and n.count >= TITLED_SHARE * printed[0].count]
    return (full or titled or printed)[0]


def _choose_description(descriptions: Sequence[CharacterName]) -> str:
    """What to show of somebody without a name, of descriptions by falling count: the commonest, without what is told of him in
    passing ("an old lady, who ..."); words that only call somebody ("sir") where there are no others."""
    counts: Counter[str] = Counter()
    for one in descriptions:
        whole = " ".join(one.text.split())
        counts[_PASSING.split(whole, maxsplit=1)[0] or whole] += one.count
    chosen = min(counts, key=lambda said: (not _is_phrase(said), -counts[said]))
    first, _, rest = chosen.partition(" ")
    return f"{first.lower()} {rest}" if rest and first.lower() in _DETERMINERS else chosen  # also where it opens a sentence


def _is_phrase(said: str) -> bool:
    """
    >>> _is_phrase("the old lady"), _is_phrase("Tom's aunt"), _is_phrase("Mother"), _is_phrase("sir"), _is_phrase("poor thing")
    (True, True, True, False, False)
    """
    first = said.split()[0] if said.strip() else ""
    return first.lower() in _DETERMINERS or said[:1].isupper() or first.endswith(("'s", "’s"))


_PASSING = re.compile(r"\s*(?:[,;:(–—]|--)|\s(?:who|whom|whose|which|that|where)\b")
_DETERMINERS = frozenset(
    "the a an this that these those my your his her its our their some another each every both all two three".split()
)
NARRATOR = "the narrator"
_PRONOUNS = {
    **dict.fromkeys("he his him himself".split(), Gender.MALE),
    **dict.fromkeys("she her hers herself".split(), Gender.FEMALE),
}


def gender_of_pronoun(word: str) -> Gender:
    """What a pronoun tells of a gender, UNKNOWN for other words."""
    return _PRONOUNS.get(word.lower(), Gender.UNKNOWN)


def _decide_gender(cues: Counter[Gender]) -> Gender:
    female, male = cues[Gender.FEMALE], cues[Gender.MALE]
    if max(female, male) < GENDER_EVIDENCE:
        return Gender.UNKNOWN
    if female >= TIMES_AS_MUCH * male:
        return Gender.FEMALE
    return Gender.MALE if male >= TIMES_AS_MUCH * female else Gender.UNKNOWN


def without_hindsight(mentions: Sequence[Mention], text: str) -> tuple[Mention, ...]:
    """The mentions; that a name is a first or a last one is said only if a fuller name among them shows it."""
    fuller = {text[slice(*m.span)] for m in mentions if m.name_kind in (NameKind.FULL, NameKind.TITLED)}
    shown = {word for name in fuller for word in fold_name(name).split()}
    parts = {text[slice(*m.span)] for m in mentions if m.name_kind in (NameKind.FIRST, NameKind.LAST)}
    hidden = {name for name in parts if shown.isdisjoint(fold_name(name).split())}
    return tuple(replace(m, name_kind=NameKind.SINGLE) if hidden and text[slice(*m.span)] in hidden else m for m in mentions)
