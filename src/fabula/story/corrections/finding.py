"""Whom a correction means, among the people that are in the text now."""

from __future__ import annotations

from fabula.records import MentionKind, Place, Who
from fabula.story.corrections.people import People
from fabula.story.corrections.places import Misfit, show_place


class UnfitError(Exception):
    """A correction does not fit what is in the text."""


class NotHereError(Exception):
    """Nobody is known there; somebody may be when pronouns have been read."""


def find_character(people: People, who: Who) -> int:
    """The character that is meant."""
    if who.place is None:
        return _find_called(people, who.name)
    index = find_mention(people, who.place)
    mention = people.mentions[index]
    if mention.character is None:
        if mention.span in people.struck:
            raise UnfitError(f"`{who.name}` is no person, as another correction says")
        raise NotHereError(f"nobody is known to be meant in {show_place(who.place)}")
    if mention.kind is MentionKind.PRONOUN:
        _require_name(people, mention.character, who)
    return mention.character


def find_mention(people: People, place: Place) -> int:
    """The index of the mention that is quoted."""
    span = people.find(place)
    if isinstance(span, Misfit):
        raise UnfitError(f"{show_place(place)} {span}")
    index = people.mention_at(span)
    if index is None:
        raise NotHereError(f"nobody is known to be meant in {show_place(place)}")
    return index


def _require_name(people: People, one: int, who: Who) -> None:
    """A pronoun alone does not say that it is still the same person's."""
    whole = people.whole_of(one)
    indices = people.mentions_of(whole)
    key = people.key(who.name)
    named = any(people.mentions[index].kind is MentionKind.NAME for index in indices)
    if named and whole.isdisjoint(people.called(key)):
        raise UnfitError(f"{show_place(who.place) if who.place else who.name} is no longer said of `{who.name}`")


def _find_called(people: People, name: str) -> int:
    found = people.called(people.key(name))
    if not found:
        raise NotHereError(f"nobody is called `{name}`")
    one = min(found)
    if not found <= people.whole_of(one):
        raise UnfitError(f"several people are called `{name}`: quote a mention of the one who is meant")
    return one
