"""The characters of a view: folded out of their mentions, and found by name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import overload

from fabula.errors import NoSuchCharacterError
from fabula.records import Character, CharacterName, Gender, GenderCue, Mention, MentionKind, NameKind
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

        Raises NoSuchCharacterError where nobody does, with the nearest names, or where several do.
        """
        wanted = fold_name(name)
        exact = [c for c in self._characters if fold_name(c.name) == wanted] or [
            c for c in self._characters if any(fold_name(n.text) == wanted for n in c.names)
        ]
        if not exact and wanted:
            exact = [c for c in self._characters if any(f" {wanted} " in f" {fold_name(n.text)} " for n in c.names)]
        if len(exact) == 1:
            return exact[0]
        if exact:
            raise NoSuchCharacterError(name, [c.name for c in exact[:5]], several=True)
        raise NoSuchCharacterError(name, self._near(wanted))

    def _near(self, wanted: str) -> list[str]:
        import difflib  # only for the hint of an error

        names = {fold_name(n.text): c.name for c in self._characters for n in c.names}
        return list(dict.fromkeys(names[key] for key in difflib.get_close_matches(wanted, names, n=3, cutoff=0.6)))


def fold_name(name: str) -> str:
    """A name or a title as it is compared: without case and marks.

    >>> fold_name("MRS. O’Brien")
    'mrs o brien'
    """
    return re.sub(r"[^\w]+", " ", normal_form(name).casefold()).strip()


def fold_character(
    id_: int, mentions: Sequence[Mention], cues: Iterable[GenderCue], text: str, *, narrator: bool = False
) -> Character:
    """One character, of all mentions and cues that are known to be his or hers; `text` is what they are spans of."""
    names = _count_strings((m for m in mentions if m.name_kind is not None), text)
    # What stands like a name and is none of anybody's ("Dad", "the Sergeant") describes.
    others = (m for m in mentions if m.name_kind is None and m.kind is not MentionKind.PRONOUN)
    descriptions = _count_strings(others, text)
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
        shown = _choose_description(descriptions or _count_strings(mentions, text))
    return Character(
        id=id_,
        name=shown,
        names=names,
        gender=_decide_gender(weights),
        gender_cues=n_cues,
        narrator=narrator,
        group=False,
        members=(),
        n_mentions=len(mentions),
        first=mentions[0].span.start,
        last=mentions[-1].span.start,
        descriptions=descriptions,
    )


def _count_strings(mentions: Iterable[Mention], text: str) -> tuple[CharacterName, ...]:
    """The strings of some mentions, by falling count."""
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        grouped[text[slice(*mention.span)]].append(mention)
    listed = [
        CharacterName(string, len(found), found[0].name_kind or NameKind.SINGLE, found[0].span) for string, found in grouped.items()
    ]
    return tuple(sorted(listed, key=lambda n: (-n.count, n.first)))


def _choose_description(descriptions: Sequence[CharacterName]) -> str:
    """The commonest one, as it reads within a sentence."""
    text = " ".join(descriptions[0].text.split())
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if first in _ARTICLES and rest else text


def _choose_name(names: Sequence[CharacterName]) -> CharacterName:
    """The name to show, of names by falling count: a full one, else one with a title if that is common, else the commonest."""
    printed = [n for n in names if not n.text.isupper()] or names
    full = [n for n in printed if n.kind is NameKind.FULL and (n.count > 1 or printed[0].count < SELDOM)]
    titled = [n for n in printed if n.kind is NameKind.TITLED and n.count >= TITLED_SHARE * printed[0].count]
    return (full or titled or printed)[0]


NARRATOR = "the narrator"
_ARTICLES = frozenset("The A An My His Her Our Their Your This That".split())
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
