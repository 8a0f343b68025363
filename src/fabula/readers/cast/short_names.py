"""Which names are short or familiar for which: Eliza for Elizabeth, Huck for Huckleberry, Laddy for Ladd. All in lower case."""

from __future__ import annotations

from functools import cache

from nicknames import NickNamer

LEAST_OF_NAME, LEAST_CUT = 3, 3  # letters of a given name that is cut short, and those that are cut
# Not in the list, and common in English books.
_MORE = {
    "alick": ("alexander",), "bertie": ("albert",), "cis": ("cecilia",), "diccon": ("richard",), "emmy": ("amelia",),
    "fan": ("frances",), "geordie": ("george",), "hetty": ("henrietta", "esther"), "jemmy": ("james",), "nance": ("nancy",),
    "nell": ("eleanor", "helen"), "noll": ("oliver",), "poll": ("mary",), "robin": ("robert",), "sal": ("sarah",),
    "sukie": ("susan",), "tamsie": ("thomasin",), "tamsin": ("thomasin",), "tilda": ("matilda",), "vinny": ("lavinia",),
    "wat": ("walter",),
}  # fmt: skip
_NO_NICKNAMES = frozenset({("bill", "robert"), ("jessie", "jane")})  # in the list, but no English book calls them so


def is_short_for(name: str, full: str) -> bool:
    """Whether a given name may be short for another: Eliza for Elizabeth.

    >>> is_short_for("eliza", "elizabeth"), is_short_for("tamsin", "thomasin"), is_short_for("thomasin", "tamsin")
    (True, True, False)
    >>> is_short_for("tessy", "tess"), is_short_for("georgie", "george")
    (True, True)
    """
    return full in _canonicals(name) or is_pet_form(name, full)


def is_either_short(one: str, other: str) -> bool:
    """Whether one of two given names may be short for the other."""
    return is_short_for(one, other) or is_short_for(other, one)


def is_cut_short(name: str, full: str) -> bool:
    """Whether a given name is another cut short: Huck of Huckleberry; Ann is not Anna's."""
    return len(name) >= LEAST_OF_NAME and len(full) - len(name) >= LEAST_CUT and full.startswith(name)


def is_pet_form(name: str, family: str) -> bool:
    """Whether a name is a family name, or a given one, made familiar.

    >>> is_pet_form("laddy", "ladd"), is_pet_form("smithie", "smith"), is_pet_form("mary", "marsh")
    (True, True, False)
    """
    return any(name.endswith(ending) and name.removesuffix(ending) in (family, family.removesuffix("e")) for ending in ("y", "ie"))


@cache
def _canonicals(name: str) -> frozenset[str]:
    """The given names that a nickname may stand for; Charley and Nelly are spelled Charlie and Nellie, too."""
    stem = name.removesuffix("ey") if name.endswith("ey") else name.removesuffix("y")
    spelled = (name,) if stem == name else (name, stem + "ie")
    listed = (full for one in spelled for full in (*_nicknamer().canonicals_of(one), *_MORE.get(one, ())))
    return frozenset(full for full in listed if (name, full) not in _NO_NICKNAMES)


@cache
def _nicknamer() -> NickNamer:
    return NickNamer()
