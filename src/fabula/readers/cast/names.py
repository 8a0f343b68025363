"""The names of a book: their characters, which of these are one person, and what speaks for their gender.

What the text says outright comes first, then the words that names share (`fabula.readers.cast.shared_words`), then the company that
they keep (`fabula.readers.cast.aliases`), then slips of the pen. Every link is a statement of its own, told when both names have
been read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from fabula.lexicons.titles import TITLES, WITH_GIVEN_NAME
from fabula.readers.cast.aliases import link_aliases
from fabula.readers.cast.company import find_company
from fabula.readers.cast.introductions import find_aliases
from fabula.readers.cast.name_words import parse_name, without_pauses
from fabula.readers.cast.named_person import NameForm
from fabula.readers.cast.shared_words import BookName, agree, link_by_words
from fabula.readers.cast.spellings import link_misspelt
from fabula.readers.speakers import attribute_quotes
from fabula.records import Evidence, Gender, GenderCue, Identity, Mention, NameKind, Quote, Span, Text, lies_in

READER = "names"
LINK_PROBABILITY = 0.9  # of a link by names alone, on the evaluation novels (evaluation/RESULTS.md: purity)
PRONOUN_REACH = 90  # characters after a name in which the next pronoun is likely its own

_PRONOUN = re.compile(r"\b(?:([Hh]e|[Hh]is|[Hh]im|[Hh]imself)|([Ss]he|[Hh]er|[Hh]ers|[Hh]erself))\b")
_TITLED = re.compile(rf"\b(?:{'|'.join(TITLES)})\.? [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?")
NOBODY_LIKELY: Mapping[int, Span] = MappingProxyType({})
NONE_LIKELY: Mapping[Span, Sequence[tuple[Gender, Span]]] = MappingProxyType({})


_Key = tuple[str, tuple[str, ...]]  # title and words


def resolve_names(
    text: Text,
    mentions: Sequence[Mention],
    quotes: Sequence[Quote] = (),
    likely_speakers: Mapping[int, Span] = NOBODY_LIKELY,
    likely_genders: Mapping[Span, Sequence[tuple[Gender, Span]]] = NONE_LIKELY,
) -> tuple[tuple[Mention, ...], tuple[Identity, ...], tuple[GenderCue, ...]]:
    """Give each mention its character, say which characters are one, and collect what speaks for their gender.

    A character is at first all mentions of the same title and words; its id is that of its first mention in this order.
    quotes: in which people call each other by name; without them no names are joined by the company that they keep.
    likely_speakers: of quotations, by their ids, the name of who likely speaks them, where no verb of speech names the speaker.
    likely_genders: of names the pronouns that likely mean them, with their genders; of a character that has none of those the
    next pronoun behind each name that is told is asked.
    Returns the mentions with `character` and `name_kind`, the identities, and the gender cues.
    """
    names: dict[_Key, BookName] = {}
    of_mention: list[BookName] = []
    cues: list[tuple[BookName, Gender, Span]] = []
    starts = [m.span.start for m in mentions]
    parsed = without_pauses([parse_name(text.quote(mention.span)) for mention in mentions])
    for index, (mention, (title, words)) in enumerate(zip(mentions, parsed, strict=True)):
        name = names.setdefault((title, words), BookName(len(names), title, words, first=mention.span))
        name.mentions.append(index)
        of_mention.append(name)
        if (gender := TITLES.get(title, Gender.UNKNOWN)) is not Gender.UNKNOWN:
            cues.append((name, gender, mention.span))
    spoken = sorted(part for quote in quotes for part in quote.parts)
    for name in names.values():
        own = [mentions[at].span for at in name.mentions]
        pronouns = [pronoun for span in own for pronoun in likely_genders.get(span, ())]
        if not pronouns:
            told = [at for at in name.mentions if not lies_in(spoken, mentions[at].span.start)]
            pronouns = [pronoun for at in told for pronoun in _next_pronoun(text, mentions, starts, at)]
        for gender, span in pronouns:
            name.genders[gender] += 1
            cues.append((name, gender, span))
    cues.sort(key=lambda cue: cue[2])
    kinds = _tell_kinds(names.values())
    resolved = tuple(replace(m, character=n.number, name_kind=kinds[id(n)]) for m, n in zip(mentions, of_mention, strict=True))
    listed = list(names.values())
    numbers = [name.number for name in of_mention]
    by_id = {mention.id: number for mention, number in zip(mentions, numbers, strict=True)}
    by_span = {mention.span: number for mention, number in zip(mentions, numbers, strict=True)}
    likely = {quote: by_span[name] for quote, name in likely_speakers.items() if name in by_span}
    speakers = {said.quote: by_id[said.speaker] for said in attribute_quotes(text, quotes, mentions)}
    headings = list(_read_headings(text, names))
    listed_together = [[person[-1].number for person in people] for people in headings]
    company = find_company(text, quotes, mentions, numbers, speakers, likely, listed_together)
    said = [(of_mention[one], of_mention[other]) for one, other in find_aliases(text, mentions)]
    said += [(person[0], person[1]) for people in headings for person in people if len(person) > 1]
    linked = [(one.number, other.number) for one, other in said if one is not other and agree([one], [other])]
    linked += [(one.number, other.number) for one, other in link_by_words(listed, company)]
    forms = [NameForm(n.title, n.words, len(n.mentions), n.gender) for n in listed]
    linked += link_aliases(forms, linked, company)
    linked += link_misspelt(forms, linked, company)
    identities = tuple(
        Identity(min(pair), max(pair), Evidence((listed[pair[0]].first, listed[pair[1]].first), READER, LINK_PROBABILITY))
        for pair in linked
    )
    return resolved, identities, tuple(GenderCue(n.number, gender, span) for n, gender, span in cues)


def fold_identities(mentions: Sequence[Mention], identities: Sequence[Identity]) -> dict[int, int]:
    """Of each character of a name the smallest number of those that are one."""
    leader = {m.character: m.character for m in mentions if m.character is not None}

    def find(one: int) -> int:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for identity in identities:
        one, other = find(identity.one), find(identity.other)
        leader[max(one, other)] = min(one, other)
    return {one: find(one) for one in leader}


def _read_headings(text: Text, names: Mapping[_Key, BookName]) -> Iterator[list[tuple[BookName, ...]]]:
    """The people with titles whom each heading names: by a name that the book has, or by two, "Miss Lucy Honeychurch" by those of
    Lucy and of Miss Honeychurch."""
    for chapter in text.chapters:
        people: list[tuple[BookName, ...]] = []
        for found in _TITLED.finditer(chapter.heading):
            title, words = parse_name(found[0])
            whole, given, family = (names.get(key) for key in ((title, words), ("", words[:1]), (title, words[1:])))
            if whole is not None:
                people.append((whole,))
            elif given is not None and family is not None:
                people.append((given, family))
            elif (short := names.get((title, words[:1]))) is not None:
                people.append((short,))
        yield people


def _next_pronoun(text: Text, mentions: Sequence[Mention], starts: Sequence[int], index: int) -> list[tuple[Gender, Span]]:
    """The first gendered pronoun shortly after a name, if no other name comes between; else none."""
    end = mentions[index].span.end
    limit = end + PRONOUN_REACH
    following = bisect_left(starts, end)
    if following < len(starts):
        limit = min(limit, starts[following])
    stretch = text.string[end:limit]
    stretch = stretch.split("\n", 1)[0]
    found = _PRONOUN.search(stretch)
    if found is None or any(c in stretch[: found.start()] for c in '"“”‘«»'):
        return []
    return [(Gender.MALE if found[1] else Gender.FEMALE, Span(end + found.start(), end + found.end()))]


def _tell_kinds(names: Iterable[BookName]) -> dict[int, NameKind]:
    """What kind of name each is, by what its words are in fuller names of the book."""
    listed = list(names)
    givens = Counter(n.given for n in listed if n.is_full)
    families = Counter(n.family for n in listed if n.is_full or (n.title and n.title not in WITH_GIVEN_NAME))
    kinds = {}
    for name in listed:
        if name.title:
            kind = NameKind.TITLED
        elif name.is_full:
            kind = NameKind.FULL
        elif givens[name.given] > families[name.given]:
            kind = NameKind.FIRST
        elif families[name.given]:
            kind = NameKind.LAST
        else:
            kind = NameKind.SINGLE
        kinds[id(name)] = kind
    return kinds
