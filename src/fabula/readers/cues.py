"""The words of narration that say who speaks a quotation: "said *he*", "*she* turned and asked", "was *his* answer", “Go!” behind
"*Tom* sat down."

Whatever takes a quotation as its words is a verb of speech; a list of those is asked only where one is a sentence of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fabula.language.segmenting import whole_segment
from fabula.neural.segments import NO_HEAD, Segment
from fabula.readers.subjects import BESIDE, REACH, SUBJECTS, Grammar, Narration
from fabula.records import Quote, Tags, Text

_NOT_SAID = frozenset({"punct", "cc", "conj", "mark"})  # relations of a word in a quotation that do not make it what is said
_OF_NOUNS = frozenset({"acl", "acl:relcl"})  # clauses that say more of a noun: “A boat,” which Tom built
_VERBS = frozenset({"VERB", "AUX"})
_LEADS = frozenset({":", ",", "--", "—", "–", "-"})  # marks with which narration leads up to a quotation


class Cue(NamedTuple):
    """The words of narration that say who speaks.

    verb: or the noun that the quotation is said to be ("was his *answer*"). is_shared: the subject is several: "*Tom* and Ann
    said". owner: whose the subject is, who speaks if it is nobody: "said the voice of *Tom*".
    """

    verb: int
    subject: int
    is_shared: bool = False
    owner: int | None = None


def read_cues(text: Text, quotes: Sequence[Quote], tags: Tags) -> dict[int, Cue]:
    """The cues of a text's quotations, by their ids."""
    names = tags.inventory
    grammar = Grammar([names.upos[at] for at in tags.upos], [names.relations[at] for at in tags.relations], tags.heads)
    placed = whole_segment(text, quotes)
    return {placed.quotes[row]: cue for row, cue in find_cues(placed.segment, grammar).items()}


def find_cues(segment: Segment, grammar: Grammar) -> dict[int, Cue]:
    """Quotation -> the verb that takes it and that verb's subject; not all quotations have one."""
    finder = _CueFinder(segment, grammar)
    found = ((number, finder.find_cue(parts)) for number, parts in enumerate(segment.quotes))
    return {number: cue for number, cue in found if cue is not None}


class _CueFinder:
    """Asks a segment's narration for the cues of its quotations."""

    def __init__(self, segment: Segment, grammar: Grammar) -> None:
        self._told = Narration(segment, grammar)
        self._words = segment.words
        self._upos, self._relations, self._heads = grammar
        self._paragraphs = segment.paragraphs

    def find_cue(self, parts: Sequence[tuple[int, int]]) -> Cue | None:
        """Whose words a quotation is said to be: by the verb that takes it, else a noun, else by what is done right before it."""
        for verb, _ in self._find_verbs(parts).most_common():
            subject = self._find_speaker(verb, parts)
            if subject is not None:
                name = self._told.name_in(subject)
                return Cue(verb, name, self._is_shared(subject), self._told.owner_of(name))
        return self._find_noun(parts) or self._find_beat(parts[0][0])

    def _find_speaker(self, verb: int, parts: Sequence[tuple[int, int]]) -> int | None:
        """Who speaks if a verb takes a quotation, by the parse or by the words around."""
        subject = self._told.speaker_of(verb)
        if subject is None:
            subject = self._told.find_misplaced(verb, [end for _, end in parts])
        return self._told.find_before(verb, parts[0][0]) if subject is None else subject

    def _is_shared(self, subject: int) -> bool:
        return any(self._relations[child] == "conj" for child in self._told.below(subject))

    def _find_verbs(self, parts: Sequence[tuple[int, int]]) -> Counter[int]:
        """The verbs that may take a quotation, with the number of its words that hang on each."""
        told = self._told
        verbs: Counter[int] = Counter()
        for start, end in parts:
            for word in range(start, end):
                above = self._heads[word]
                takes = above != NO_HEAD and self._upos[above] in _VERBS and start - REACH < above < end + REACH
                if takes and told.is_told(above) and self._relations[word].partition(":")[0] not in _NOT_SAID:
                    verbs[above] += 1
                verbs.update(c for c in told.below(word) if told.is_verb(c) and self._relations[c] not in _OF_NOUNS)
            if not verbs and end < len(self._words) and self._words[end][0].islower():
                verbs.update(self._behind(end))
        if not verbs:
            verbs.update(self._ahead(parts))
        return verbs

    def _find_noun(self, parts: Sequence[tuple[int, int]]) -> Cue | None:
        """The noun that a quotation is said to be, and whose it is: “Go,” was *his answer*; *his answer* was “Go”."""
        for noun in self._find_nouns(parts):
            owner = self._told.owner_of(noun)
            if owner is not None and self._told.is_told(owner):
                return Cue(noun, owner)
        return None

    def _find_nouns(self, parts: Sequence[tuple[int, int]]) -> Iterator[int]:
        told, first = self._told, parts[0][0]
        for start, end in parts:
            for word in range(start, end):
                above = self._heads[word]
                if end <= above < end + REACH and self._upos[above] == "NOUN" and told.is_told(above) and told.has(above, "cop"):
                    yield above
        for word in range(*parts[0]):
            if told.has(word, "cop"):
                yield from (noun for noun in told.own_subjects(word) if first - REACH < noun < first)
            above = self._heads[word]
            if max(NO_HEAD, first - REACH) < above < first and told.is_told(above) and told.has(word, "case", "of"):
                yield above  # an inquiry of “Where?”

    def _find_beat(self, start: int) -> Cue | None:
        """What somebody with a name does in the sentence before the first speech of a paragraph: *Tom sat down*. “Go!”"""
        number = bisect_right(self._paragraphs, start) - 1
        begins = self._paragraphs[number] if number >= 0 else start
        if begins == start or self._words[start - 1][-1] not in ".!?" or not all(map(self._told.is_told, range(begins, start))):
            return None
        sentence = start - 1
        while sentence > begins and self._words[sentence - 1][-1] not in ".!?":
            sentence -= 1
        roots = [w for w in range(sentence, start) if self._heads[w] == NO_HEAD and self._upos[w] in _VERBS]
        own = self._told.own_subjects(roots[0]) if len(roots) == 1 else []
        if len(own) != 1 or self._is_shared(own[0]):
            return None
        is_named = self._upos[own[0]] in ("PROPN", "PRON") or self._words[own[0]][0].isupper()
        return Cue(roots[0], own[0]) if is_named else None

    def _behind(self, end: int) -> list[int]:
        """The verbs of subjects right behind a quotation that the parse made a sentence of its own: “Go!” *said* he."""
        found: list[int] = []
        for word in range(end, min(end + BESIDE, len(self._words))):
            if not self._told.is_told(word) or self._words[word][0] in ".!?":
                break
            above = self._heads[word]
            is_subject = above != NO_HEAD and self._relations[word] in SUBJECTS and self._told.is_verb(above)
            if is_subject and self._relations[above] not in _OF_NOUNS:
                found.append(above)
        return found

    def _ahead(self, parts: Sequence[tuple[int, int]]) -> list[int]:
        """The verb that leads up to a quotation, where the parse made it a sentence of its own: Tom *sighed*: ¶ “Go!”.

        A paragraph that ends without any mark leads up to what opens the next one, too.
        """
        start = parts[0][0]
        if not start:
            return []
        is_led = self._words[start - 1] in _LEADS
        if not is_led and not (start in self._paragraphs and self._words[start - 1][-1].isalpha()):
            return []
        found: list[int] = []
        for word in range(start - 1, max(-1, start - REACH), -1):
            if self._told.ends(word):
                break
            if self._told.is_verb(word) and (is_led or self._words[word].islower()):  # no title: How Tom Came Home
                found.append(word)
        return sorted((verb for verb in found if self._find_speaker(verb, parts) is not None), key=self._told.is_aside)[:1]
