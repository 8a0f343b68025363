"""Which number stands for whom in the end: of two that are found to be one person, of several names of a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fabula.readers.cast.beliefs import MentionLinks
from fabula.readers.conversations import Heard
from fabula.records import Mention


def settle_meanings(
    meant: Sequence[int | None], heard: Mapping[int, Heard], narrator: int
) -> tuple[list[int | None], dict[int, Heard]]:
    """Whom mentions mean and who speaks, where somebody new is in the end whoever his or her first mention means.

    Before it was known what is said, "she" was somebody new, and so is the "I" of her words; by all that was said "she" is Ann.
    """

    def settle(who: int) -> int:
        passed = set()
        while who > narrator and who not in passed:
            passed.add(who)
            first = meant[who - narrator - 1]
            who = who if first is None else first
        return who

    people = {who for who in (*meant, *(v.speaker for v in heard.values()), *(v.to for v in heard.values())) if who is not None}
    return rename_people(meant, heard, {who: settle(who) for who in people})


def rename_people(
    meant: Sequence[int | None], heard: Mapping[int, Heard], named: Mapping[int, int]
) -> tuple[list[int | None], dict[int, Heard]]:
    """Whom mentions mean and who speaks, with another number for some."""

    def rename(who: int | None) -> int | None:
        return who if who is None else named.get(who, who)

    voices = {quote: voice._replace(speaker=rename(voice.speaker), to=rename(voice.to)) for quote, voice in heard.items()}
    return list(map(rename, meant)), voices


def unfold_meanings(
    mentions: Sequence[Mention], meant: Sequence[int | None], links: MentionLinks, narrator: int
) -> list[int | None]:
    """The character that each mention's own words point to: of several names of one person that of the antecedent, else the last.

    So a view that ends before it is told that Mr. Hale is Tom has "he" of the one whom it has heard of. meant: by the number of all
    names of a person.
    """
    numbers: list[int | None] = []
    last: dict[int, int] = {}
    for mention, who in zip(reversed(mentions), reversed(meant), strict=True):
        if who is not None and mention.character is not None:
            last[who] = mention.character  # the first one, for what stands before all names
    for mention, who in zip(mentions, meant, strict=True):
        number = who if mention.character is None else mention.character
        if mention.character is not None and who is not None:
            last[who] = mention.character
        elif who is not None and who < narrator:
            earlier = [link for link in links.get(mention.id, ()) if meant[link[0]] == who]
            number = numbers[max(earlier, key=lambda link: link[1])[0]] if earlier else last.get(who, who)
        numbers.append(number)
    return numbers
