"""Who "the chandler" is, once the text has said that Enoch Rusk is the chandler, and of nobody else that he is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fabula.lexicons.capitals import is_a_people
from fabula.lexicons.gender import FEMALE_NOUNS, MALE_NOUNS, means_several
from fabula.records import Mention, MentionKind, MentionType, Text

_BETWEEN = frozenset({"", ",", "(", "-", "–", "—", "--"})
LONGEST = 3  # words, "the" among them


def find_epithets(
    text: Text, mentions: Sequence[Mention], known: Sequence[int | None], beside: Mapping[int, Sequence[int]]
) -> dict[int, int]:
    """Mention -> whom it means, of those behind a place where the same words are said of somebody with a name.

    known: whom a mention names. beside: of mentions those that they are in apposition to. Words that are said of several say
    nothing, nor do those that tell no more than a person's sex ("the lady"), nor what mostly stands before it is said.
    """
    owners: dict[str, set[int]] = {}
    first: dict[str, int] = {}
    for one, others in beside.items():
        for noun, name in (pair for other in others for pair in ((one, other), (other, one))):
            who = known[name]
            if who is None or mentions[name].kind is not MentionKind.NAME or not _touch(text, mentions[noun], mentions[name]):
                continue
            if string := _description(text, mentions[noun]):
                owners.setdefault(string, set()).add(who)
                first[string] = min(first.get(string, noun), noun)
    if not owners:
        return {}
    places: dict[str, list[int]] = {}
    for mention in mentions:
        if known[mention.id] is None and (string := _description(text, mention)) in owners:
            places.setdefault(string, []).append(mention.id)
    meant: dict[int, int] = {}
    for string, own in places.items():
        behind = [at for at in own if at >= first[string]]
        if len(owners[string]) == 1 and 2 * len(behind) >= len(own):
            meant.update(dict.fromkeys(behind, *owners[string]))
    return meant


def _touch(text: Text, one: Mention, other: Mention) -> bool:
    """Whether nothing but a mark stands between two mentions, as in "Enoch Rusk, the chandler"."""
    first, last = sorted((one.span, other.span))
    return text.string[first.end : last.start].strip() in _BETWEEN


def _description(text: Text, mention: Mention) -> str:
    """The words of a short description that may be somebody's own, "" of any other mention."""
    if mention.kind is not MentionKind.NOMINAL or mention.type is not MentionType.PERSON:
        return ""
    string = text.quote(mention.span).lower()
    words = string.split()
    if words[0] != "the" or not 1 < len(words) <= LONGEST or words[-1] in MALE_NOUNS or words[-1] in FEMALE_NOUNS:
        return ""
    if is_a_people(words[-1]) or means_several(words[-1]):
        return ""
    return string
