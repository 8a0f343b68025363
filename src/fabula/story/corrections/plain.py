"""Corrections as plain data, keys and values, as they stand in the user's file and in the story's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from fabula.records import (
    Correction,
    Gender,
    Grouping,
    Merge,
    NotAPerson,
    Place,
    Rename,
    SetAddressees,
    SetGender,
    SetSpeaker,
    Split,
    Who,
)

Plain = str | int | bool | Sequence["Plain"] | Mapping[str, "Plain"]


class MistakeError(ValueError):
    """Data that are no correction. key: where the mistake is, "" if it is in the whole."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def to_plain(correction: Correction) -> dict[str, Plain]:
    """The data of a correction; `from_plain` makes it of them again."""
    match correction:
        case Merge(one, other):
            return {"kind": "merge", "characters": [_who(one), _who(other)]}
        case Split(who, names, mentions, name):
            said: dict[str, Plain] = {"kind": "split", "character": _who(who)}
            said |= {"names": list(names)} if names else {}
            said |= {"mentions": [_place(m) for m in mentions]} if mentions else {}
            return said | ({"name": name} if name else {})
        case Rename(who, name):
            return {"kind": "rename", "character": _who(who), "name": name}
        case NotAPerson(who):
            return {"kind": "not-a-person", "character": _who(who)}
        case Grouping(who, members, is_group):
            if not is_group:
                return {"kind": "not-a-group", "character": _who(who)}
            return {"kind": "group", "character": _who(who), "members": [_who(m) for m in members]}
        case SetGender(who, gender):
            return {"kind": "gender", "character": _who(who), "gender": gender.value}
        case SetSpeaker(quote, speaker):
            if speaker is None:
                return {"kind": "no-speaker", "quote": _place(quote)}
            return {"kind": "speaker", "quote": _place(quote), "character": _who(speaker)}
        case SetAddressees(quote, addressees):
            return {"kind": "addressees", "quote": _place(quote), "characters": [_who(one) for one in addressees]}


def from_plain(data: object) -> Correction:
    """The correction that data tell. Raises MistakeError."""
    fields = _Fields(data, "a correction")
    kind = fields.text("kind")
    if kind not in _READERS:
        raise MistakeError("kind", f"`{kind}` is no kind of correction: it is one of {', '.join(_READERS)}")
    correction = _READERS[kind](fields)
    fields.require_no_more()
    return correction


def _who(who: Who) -> Plain:
    return who.name if who.place is None else {"name": who.name, **_place(who.place)}


def _place(place: Place) -> dict[str, Plain]:
    chapter: dict[str, Plain] = {} if place.chapter is None else {"chapter": place.chapter}
    return chapter | {"before": place.before, "words": place.words, "after": place.after}


class _Fields:
    """The keys of a table, each read once."""

    def __init__(self, data: object, what: str, at: str = "") -> None:
        if not isinstance(data, Mapping):
            raise MistakeError(at, f"{what} is a table of keys and values")
        self._data: Mapping[object, object] = data
        self._what, self._at = what, at
        self._read: set[str] = set()

    def has(self, key: str) -> bool:
        return key in self._data

    def get(self, key: str) -> object:
        self._read.add(key)
        if key not in self._data:
            raise MistakeError(self._at, f"{self._what} needs a `{key}`")
        return self._data[key]

    def text(self, key: str, otherwise: str | None = None) -> str:
        value = self.get(key) if otherwise is None or self.has(key) else otherwise
        if not isinstance(value, str):
            raise MistakeError(self._at or key, f"`{key}` is a text, in quotation marks")
        if otherwise is None and not value.strip():
            raise MistakeError(self._at or key, f"`{key}` is empty")
        return str(value)

    def items(self, key: str) -> list[object]:
        value = self.get(key)
        if not isinstance(value, list):
            raise MistakeError(key, f"`{key}` is a list, in square brackets")
        return value

    def require_no_more(self) -> None:
        for key in self._data:
            if key not in self._read:
                raise MistakeError(self._at or str(key), f"{self._what} has no `{key}`")


def _read_who(data: object, key: str) -> Who:
    if isinstance(data, str):
        if not data.strip():
            raise MistakeError(key, f"a name in `{key}` is empty")
        return Who(str(data))
    fields = _Fields(data, "a character", key)
    who = Who(fields.text("name"), _place_of(fields) if fields.has("words") else None)
    fields.require_no_more()
    return who


def _read_place(data: object, key: str, what: str = "a mention") -> Place:
    fields = _Fields(data, what, key)
    place = _place_of(fields)
    fields.require_no_more()
    return place


def _place_of(fields: _Fields) -> Place:
    chapter = fields.get("chapter") if fields.has("chapter") else None
    if isinstance(chapter, bool) or not isinstance(chapter, str | int | None):
        raise MistakeError("chapter", "`chapter` is a number, or a title in quotation marks")
    chapter = str(chapter) if isinstance(chapter, str) else None if chapter is None else int(chapter)
    return Place(fields.text("words"), fields.text("before", ""), fields.text("after", ""), chapter)


def _character(fields: _Fields) -> Who:
    return _read_who(fields.get("character"), "character")


def _read_merge(fields: _Fields) -> Correction:
    both = fields.items("characters")
    if len(both) != 2:
        raise MistakeError("characters", f"a merge needs two `characters`, not {len(both)}")
    return Merge(*(_read_who(one, "characters") for one in both))


def _read_split(fields: _Fields) -> Correction:
    names = fields.items("names") if fields.has("names") else []
    if not all(isinstance(name, str) and name.strip() for name in names):
        raise MistakeError("names", "`names` is a list of texts, in quotation marks")
    places = fields.items("mentions") if fields.has("mentions") else []
    if not names and not places:
        raise MistakeError("", "a split needs `names`, or `mentions`, that are somebody else's")
    return Split(
        _character(fields), tuple(map(str, names)), tuple(_read_place(p, "mentions") for p in places), fields.text("name", "")
    )


def _read_gender(fields: _Fields) -> Correction:
    said = fields.text("gender")
    if said not in list(Gender):
        raise MistakeError("gender", f"`{said}` is no gender: it is female, male or unknown")
    return SetGender(_character(fields), Gender(said))


def _read_group(fields: _Fields) -> Correction:
    members = fields.items("members") if fields.has("members") else []
    return Grouping(_character(fields), tuple(_read_who(m, "members") for m in members))


def _quote(fields: _Fields) -> Place:
    return _read_place(fields.get("quote"), "quote", "a quotation")


def _read_addressees(fields: _Fields) -> Correction:
    return SetAddressees(_quote(fields), tuple(_read_who(one, "characters") for one in fields.items("characters")))


_READERS: Mapping[str, Callable[[_Fields], Correction]] = {
    "merge": _read_merge,
    "split": _read_split,
    "rename": lambda fields: Rename(_character(fields), fields.text("name")),
    "not-a-person": lambda fields: NotAPerson(_character(fields)),
    "group": _read_group,
    "not-a-group": lambda fields: Grouping(_character(fields), is_group=False),
    "gender": _read_gender,
    "speaker": lambda fields: SetSpeaker(_quote(fields), _character(fields)),
    "no-speaker": lambda fields: SetSpeaker(_quote(fields), None),
    "addressees": _read_addressees,
}
