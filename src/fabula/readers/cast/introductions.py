"""Names that the text itself gives: "his name was Tom", "a man called Tom", "they called him Tom", "I am Tom", "Tom, alias Jack",
"A man came in. It was Tom."

The parse says who is named; whom a pronoun there means is decided with all others (`fabula.readers.cast.people`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from fabula.lexicons.gender import INDEFINITE, means_several
from fabula.lexicons.titles import TITLES
from fabula.readers.clauses import Clauses
from fabula.records import Mention, MentionKind, MentionType, Tags, Text

_CALLING = frozenset("call name nickname dub christen baptize rename surname".split())
_NOT = frozenset("not never n't no".split())
_TELLING = re.compile(
    r"\b(?:names?|named|call(?:s|ed)?|nicknamed?|dubbed|christened|baptized|surnamed|known|I am|I[’']m)\b", re.IGNORECASE
)
# Between two names of one person; the second may be spoken of as "the".
_ALIAS = re.compile(
    r" ?[,(]? ?(?:alias|a\.k\.a\.|aka|otherwise|née?|(?:also |better |commonly |generally |otherwise )(?:known as|called)"
    r"|known (?:to \w+ )?as|whose (?:real |true |right |proper )?name (?:was|is)|surnamed|nicknamed),? (?:the )?"
    r"| \((?:that (?:was|is)|now|once|formerly|afterwards) "
)
_SHOWING = re.compile(r"(?:It was|[’']Twas)\s+")
_GOES_ON = re.compile(r"['’]s\b|(?<=s)['’]|,? (?:who|whom|whose|that)\b")  # It was Tom's; it was Tom who spoke
_OF_PEERS = frozenset("Lord Lady Duke Duchess Marquis Marchioness Earl Viscount Viscountess Count Countess Baron Baroness".split())
APPOSED = 2  # places where a name alone has a peer's beside it, from which the two are one: "Laura, Lady Glyde"


class Introduction(NamedTuple):
    """That a mention is of whom a name names, both by their ids. is_sure: it is the name's own phrase ("a man called Tom")."""

    mention: int
    name: int
    is_sure: bool


def find_aliases(text: Text, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """Places of two names side by side of which the text says that they are one person's; mentions: by name, in text order."""
    apposed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at in range(1, len(mentions)):
        between = text.string[mentions[at - 1].span.end : mentions[at].span.start]
        if len(between) < 40 and _ALIAS.fullmatch(between):
            yield at - 1, at
        elif between == ", ":
            one, other = text.quote(mentions[at - 1].span), text.quote(mentions[at].span)
            if one.isalpha() and one not in TITLES and other.split(maxsplit=1)[0] in _OF_PEERS and " " in other:
                apposed[one, other].append(at)
    for places in apposed.values():
        if len(places) >= APPOSED:
            yield from ((at - 1, at) for at in places[:1])


def find_introductions(text: Text, tags: Tags, mentions: Sequence[Mention]) -> tuple[Introduction, ...]:
    """In text order. mentions: of everything, in text order, their ids their places."""
    named: dict[int, int] = {}
    others: dict[int, list[int]] = defaultdict(list)
    for mention in mentions:
        if mention.type is MentionType.PERSON and mention.head is not None:
            if mention.kind is MentionKind.NAME:
                named.setdefault(mention.head, mention.id)
            else:
                others[mention.head].append(mention.id)
    starts = text.sentences.starts
    told = sorted({bisect_right(starts, found.start()) - 1 for found in _TELLING.finditer(text.string)})
    introductions: set[Introduction] = {*_find_shown(text, mentions)}
    for number in told:
        if number >= 0:
            clauses = Clauses(text, tags, text.tokens.inside(text.sentences[number]))
            for who, name, is_sure in _read(clauses, named):
                introductions.update(Introduction(mention, named[name], is_sure) for mention in others.get(who, ()))
    return tuple(sorted(introductions))


def _find_shown(text: Text, mentions: Sequence[Mention]) -> Iterator[Introduction]:
    """Who comes on in one sentence, and is named in the next one: "*A man* came in. It was *Tom*." """
    name_at = {m.span.start: m for m in mentions if m.kind is MentionKind.NAME and m.type is MentionType.PERSON}
    new = [m for m in mentions if m.kind is MentionKind.NOMINAL and m.type is MentionType.PERSON and _is_one_new(text, m)]
    starts = [m.span.start for m in new]
    for before, sentence in pairwise(text.sentences):
        showing = _SHOWING.match(text.string, sentence.start, sentence.end)
        name = name_at.get(showing.end()) if showing else None
        if name is None or _GOES_ON.match(text.string, name.span.end):
            continue
        around = new[bisect_left(starts, before.start) : bisect_left(starts, before.end)]
        if around and all(m.head == around[0].head for m in around):
            yield Introduction(around[0].id, name.id, True)


def _is_one_new(text: Text, mention: Mention) -> bool:
    """Whether a noun tells of one person who is new: "a man", not "a crowd"."""
    noun = "" if mention.head is None else text.quote(text.tokens[mention.head]).lower()
    return text.quote(mention.span).split()[0].lower() in INDEFINITE and not means_several(noun)


def _read(clauses: Clauses, named: Mapping[int, int]) -> Iterator[tuple[int, int, bool]]:
    """Head tokens of who is named and of the name, and whether the one's phrase holds the other."""
    for token in clauses.tokens:
        word = clauses.words[token]
        if any(clauses.words[c].lemma in _NOT for c in clauses.those(token, "advmod", "det")):
            continue
        if word.lemma in _CALLING and word.upos == "VERB":
            names = [c for c in clauses.those(token, "xcomp", "obj", "ccomp", "obl", "dep", "appos") if c in named]
            yield from _called(clauses, token, names)
        elif word.lemma == "know" and word.upos == "VERB":
            names = [
                c
                for c in clauses.those(token, "obl", "xcomp", "advcl")
                if c in named and any(clauses.words[m].lemma == "as" for m in clauses.those(c, "case", "mark"))
            ]
            yield from _called(clauses, token, names)
        elif token in named and clauses.those(token, "cop") and not _is_likened(clauses, token):
            for subject in clauses.those(token, "nsubj"):
                if clauses.words[subject].lemma == "name":
                    yield from ((owner, token, False) for owner in clauses.those(subject, "nmod:poss"))
                elif clauses.words[subject].lemma in ("I", "i") and not _is_asked(clauses):
                    yield subject, token, False


def _called(clauses: Clauses, verb: int, names: Sequence[int]) -> Iterator[tuple[int, int, bool]]:
    """Who is called by a verb: the noun that it hangs on, the subject of the passive, else the object."""
    if len(names) != 1:
        return
    [name] = names
    word = clauses.words[verb]
    if word.relation == "acl" and word.head in clauses.words:
        yield word.head, name, True
    else:
        relations = ("nsubj:pass",) if clauses.is_passive(verb) else ("obj", "iobj")
        yield from (
            (who, name, False) for who in clauses.those(verb, *relations) if who != name and clauses.words[who].lemma != "they"
        )


def _is_likened(clauses: Clauses, name: int) -> bool:
    """Whether it is "like Tom", or "a Stewart"."""
    return any(clauses.words[c].lemma in ("a", "an") for c in clauses.those(name, "det")) or bool(clauses.those(name, "case"))


def _is_asked(clauses: Clauses) -> bool:
    return any(clauses.words[token].lemma.startswith("?") for token in clauses.tokens)
