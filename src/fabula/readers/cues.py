"""The verb that a quotation hangs on, and who does it, by the parse: "said *he*", "*she* turned and asked", "was *his* answer" not.

No list of verbs of speech is asked: whatever takes a quotation as its words is one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fabula.language.segmenting import whole_segment
from fabula.neural.conversation import find_inside
from fabula.neural.segments import NO_HEAD, Segment
from fabula.records import Quote, Tags, Text

_SUBJECTS = ("nsubj", "nsubj:outer")  # of a passive ("Tom was told") it is who hears
_SHARED = frozenset({"conj", "advcl", "xcomp"})  # clauses that leave their subject to the one above: "she turned and *asked*"
_NOT_SAID = frozenset({"punct", "cc", "conj", "mark"})  # relations of a word in a quotation that do not make it what is said
_OF_NOUNS = frozenset({"acl", "acl:relcl"})  # clauses that say more of a noun: “A boat,” which Tom built
_VERBS = frozenset({"VERB", "AUX"})
REACH = 40  # words between a verb and the quotation that it takes
_LEADS = frozenset({":", ",", "--", "—", "–", "-"})  # marks with which narration leads up to a quotation
BESIDE = 4  # words behind a quotation in which the subject of an inversion stands
MOST_STEPS = 3  # clauses above a verb that may hold its subject


class Grammar(NamedTuple):
    """Of every word of a segment: part of speech and relation by name, and the number of its head, NO_HEAD at a root."""

    upos: Sequence[str]
    relations: Sequence[str]
    heads: Sequence[int]


class Cue(NamedTuple):
    """The words of narration that say who speaks. is_shared: the subject is several: "*Tom* and Ann said"."""

    verb: int
    subject: int
    is_shared: bool = False


def read_cues(text: Text, quotes: Sequence[Quote], tags: Tags) -> dict[int, Cue]:
    """The cues of a text's quotations, by their ids."""
    names = tags.inventory
    grammar = Grammar([names.upos[at] for at in tags.upos], [names.relations[at] for at in tags.relations], tags.heads)
    placed = whole_segment(text, quotes)
    return {placed.quotes[row]: cue for row, cue in find_cues(placed.segment, grammar).items()}


def find_cues(segment: Segment, grammar: Grammar) -> dict[int, Cue]:
    """Quotation -> the verb that takes it and that verb's subject; not all quotations have one."""
    words, (upos, relations, heads) = segment.words, grammar
    inside = find_inside(segment).tolist()
    children: Mapping[int, list[int]] = _children(heads)

    def subject_of(verb: int) -> int | None:
        for _ in range(MOST_STEPS + 1):
            own = [child for child in children.get(verb, ()) if relations[child] in _SUBJECTS and inside[child] < 0]
            if own:
                return own[0]
            if relations[verb] not in _SHARED or heads[verb] == NO_HEAD:
                return None
            verb = heads[verb]
        return None

    cues: dict[int, Cue] = {}
    for number, parts in enumerate(segment.quotes):
        verbs: Counter[int] = Counter()
        for start, end in parts:
            for word in range(start, end):
                above = heads[word]
                takes = above != NO_HEAD and inside[above] < 0 and upos[above] in _VERBS and start - REACH < above < end + REACH
                if takes and relations[word].partition(":")[0] not in _NOT_SAID:
                    verbs[above] += 1
                verbs.update(
                    c for c in children.get(word, ()) if inside[c] < 0 and upos[c] == "VERB" and relations[c] not in _OF_NOUNS
                )
            if not verbs and end < len(words) and words[end][0].islower():
                verbs.update(_behind(words, inside, grammar, end))
        if not verbs:
            verbs.update(_ahead(words, inside, grammar, parts[0][0]))
        for verb, _ in verbs.most_common():
            subject = subject_of(verb)
            if subject is not None:
                is_shared = any(relations[child] == "conj" for child in children.get(subject, ()))
                cues[number] = Cue(verb, subject, is_shared)
                break
    return cues


def _children(heads: Sequence[int]) -> Mapping[int, list[int]]:
    children: dict[int, list[int]] = defaultdict(list)
    for word, above in enumerate(heads):
        if above != NO_HEAD:
            children[above].append(word)
    return children


def _behind(words: Sequence[str], inside: Sequence[int], grammar: Grammar, end: int) -> list[int]:
    """The verbs of subjects right behind a quotation that the parse made a sentence of its own: “Go!” *said* he."""
    found: list[int] = []
    for word in range(end, min(end + BESIDE, len(words))):
        if inside[word] >= 0 or words[word][0] in ".!?":
            break
        above = grammar.heads[word]
        told = above != NO_HEAD and inside[above] < 0 and grammar.upos[above] == "VERB"
        if told and grammar.relations[word] in _SUBJECTS and grammar.relations[above] not in _OF_NOUNS:
            found.append(above)
    return found


def _ahead(words: Sequence[str], inside: Sequence[int], grammar: Grammar, start: int) -> list[int]:
    """The verb that leads up to a quotation, where the parse made it a sentence of its own: Tom *sighed*: ¶ “Go!”."""
    if not start or words[start - 1] not in _LEADS:
        return []
    for word in range(start - 1, max(-1, start - REACH), -1):
        if inside[word] >= 0 or words[word] in (".", "!", "?"):
            return []
        above = grammar.heads[word]
        if above != NO_HEAD and grammar.relations[word] in _SUBJECTS and grammar.upos[above] == "VERB" and inside[above] < 0:
            return [above]
    return []
