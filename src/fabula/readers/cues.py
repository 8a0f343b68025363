"""The verb that a quotation hangs on, and who does it, by the parse: "said *he*", "*she* turned and asked", "was *his* answer" not.

Whatever takes a quotation as its words is a verb of speech; a list of those is asked only where one is a sentence of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from fabula.language.segmenting import whole_segment
from fabula.lexicons.speech_verbs import FORMS
from fabula.neural.conversation import find_inside
from fabula.neural.segments import NO_HEAD, Segment
from fabula.records import Quote, Tags, Text

_SUBJECTS = ("nsubj", "nsubj:outer")  # of a passive ("Tom was told") it is who hears
_SHARED = frozenset({"conj", "advcl", "xcomp"})  # clauses that leave their subject to the one above: "she turned and *asked*"
_NOT_SAID = frozenset({"punct", "cc", "conj", "mark"})  # relations of a word in a quotation that do not make it what is said
_OF_NOUNS = frozenset({"acl", "acl:relcl"})  # clauses that say more of a noun: “A boat,” which Tom built
_VERBS = frozenset({"VERB", "AUX"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_BEFORE_NOUNS = frozenset(
    {"amod", "compound", "det", "nmod:desc", "nmod:poss", "nummod"}
)  # what stands before a noun in its phrase
_PASSED = frozenset({"ADV", "DET", "ADJ", "NUM"})  # between a verb and its subject
_PARTICLES = frozenset({"in", "on", "out", "up"})  # “Go,” put *in* Tom, which a parse may take for a place
REACH = 40  # words between a verb and the quotation that it takes
_LEADS = frozenset({":", ",", "--", "—", "–", "-"})  # marks with which narration leads up to a quotation
BESIDE = 4  # words behind a quotation in which the subject of an inversion stands
MOST_STEPS = 3  # clauses above a verb that may hold its subject


class Grammar(NamedTuple):
    """Of every word of a segment: part of speech and relation by name, and the number of its head, NO_HEAD at a root."""

    upos: Sequence[str]
    relations: Sequence[str]
    heads: Sequence[int]


_HEARING = frozenset("hear hears heard hearing overhear overhears overheard overhearing".split())  # whose subject does not speak
_HEARD = ("xcomp", "ccomp")
_ASIDES = ("advcl", "acl")
_RELATIVES = frozenset({"who", "which", "that"})


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
    narration = _Narration(segment, grammar)
    found = ((number, narration.find_cue(parts)) for number, parts in enumerate(segment.quotes))
    return {number: cue for number, cue in found if cue is not None}


class _Narration:
    """What stands outside the quotations of a segment, asked for their cues."""

    def __init__(self, segment: Segment, grammar: Grammar) -> None:
        self._words = segment.words
        self._upos, self._relations, self._heads = grammar
        self._inside: Sequence[int] = find_inside(segment).tolist()
        self._paragraphs = frozenset(segment.paragraphs)
        self._children: dict[int, list[int]] = defaultdict(list)
        for word, above in enumerate(grammar.heads):
            if above != NO_HEAD:
                self._children[above].append(word)

    def find_cue(self, parts: Sequence[tuple[int, int]]) -> Cue | None:
        """Whose words a quotation is said to be."""
        verbs: Counter[int] = Counter()
        for start, end in parts:
            for word in range(start, end):
                above = self._heads[word]
                takes = above != NO_HEAD and self._upos[above] in _VERBS and start - REACH < above < end + REACH
                if takes and self._is_told(above) and self._relations[word].partition(":")[0] not in _NOT_SAID:
                    verbs[above] += 1
                verbs.update(c for c in self._below(word) if self._is_verb(c) and self._relations[c] not in _OF_NOUNS)
            if not verbs and end < len(self._words) and self._words[end][0].islower():
                verbs.update(self._behind(end))
        if not verbs:
            verbs.update(self._ahead(parts[0][0]))
        for verb, _ in verbs.most_common():
            subject = self._speaker_of(verb)
            if subject is None and not self._is_hearing(verb):
                subject = self._misplaced_subject(verb, parts)
            if subject is not None:
                is_shared = any(self._relations[child] == "conj" for child in self._below(subject))
                return Cue(verb, subject, is_shared, self._owner_of(subject))
        return self._find_noun(parts)

    def _below(self, word: int) -> Sequence[int]:
        return self._children.get(word, ())

    def _is_told(self, word: int) -> bool:
        return self._inside[word] < 0

    def _is_verb(self, word: int) -> bool:
        return self._is_told(word) and self._upos[word] == "VERB"

    def _speaker_of(self, verb: int) -> int | None:
        """The subject of a verb; of one of hearing whoever is heard: "Tom heard *Ann* say"; else what comes "from *Tom*"."""
        if self._is_hearing(verb):
            said = [child for child in self._below(verb) if self._relations[child] in _HEARD and self._is_verb(child)]
            return next((subject for child in said if (subject := self._subject_of(child)) is not None), None)
        subject = self._subject_of(verb)
        if subject is not None:
            return subject
        for child in self._below(verb):
            cases = {self._words[c].lower() for c in self._below(child) if self._relations[c] == "case"}
            if self._relations[child].startswith("obl") and self._is_told(child) and "from" in cases:
                return child
        return None

    def _is_hearing(self, verb: int) -> bool:
        return self._words[verb].lower() in _HEARING

    def _subject_of(self, verb: int) -> int | None:
        """The subject of a verb, or of the clause that it shares it with; where that has an object, it is the object's."""
        for _ in range(MOST_STEPS + 1):
            own = [child for child in self._below(verb) if self._relations[child] in _SUBJECTS and self._is_told(child)]
            if own:
                return self._antecedent_of(own[0], verb) if self._words[own[0]].lower() in _RELATIVES else own[0]
            if self._relations[verb] not in _SHARED or self._heads[verb] == NO_HEAD:
                return None
            relation, verb = self._relations[verb], self._heads[verb]
            objects = [child for child in self._below(verb) if self._relations[child] == "obj" and self._is_told(child)]
            if relation == "xcomp" and objects:  # Ann heard *Tom* say
                return objects[-1]
        return None

    def _antecedent_of(self, pronoun: int, verb: int) -> int:
        """Whom a relative pronoun means: whom its clause says more of, or the name or noun right before it."""
        if self._relations[verb] == "acl:relcl" and self._is_told(self._heads[verb]):
            return self._heads[verb]
        before = pronoun - 1
        if before > 0 and self._words[before] == ",":
            before -= 1
        is_noun = before >= 0 and self._upos[before] in ("NOUN", "PROPN") and self._is_told(before)
        return before if is_noun and self._words[pronoun].lower() == "who" else pronoun

    def _misplaced_subject(self, verb: int, parts: Sequence[tuple[int, int]]) -> int | None:
        """The subject of a verb beside a quotation which the parse has hung on another word: “Go,” *said the old man*, rising.

        Behind the verb it is the next noun; before it, the subject of a word that is in the quotation.
        """
        end = next((end for _, end in parts if end <= verb < end + BESIDE), None)
        if end is None:
            return None
        for word in range(verb + 1, min(verb + 1 + BESIDE, len(self._words))):
            if not self._is_told(word) or not self._words[word][0].isalpha():
                break
            is_before_noun = self._relations[word] in _BEFORE_NOUNS
            if self._upos[word] in _NOUNS and not (is_before_noun and self._heads[word] > word):
                return word
            if not (is_before_noun or self._upos[word] in _PASSED or self._words[word] in _PARTICLES):
                break
        for word in range(end, verb):
            if self._relations[word] in _SUBJECTS and not self._is_told(self._heads[word]):
                return word
        return None

    def _owner_of(self, noun: int) -> int | None:
        """Whose something is: "*Tom's* voice", "the voice of *Tom*"."""
        for child in self._below(noun):
            cases = {self._words[c].lower() for c in self._below(child) if self._relations[c] == "case"}
            if self._relations[child] == "nmod:poss" or (self._relations[child] == "nmod" and "of" in cases):
                return child
        return None

    def _find_noun(self, parts: Sequence[tuple[int, int]]) -> Cue | None:
        """The noun that a quotation is said to be, and whose it is: “Go,” was *his answer*."""
        for start, end in parts:
            for word in range(start, end):
                above = self._heads[word]
                if above == NO_HEAD or not end <= above < end + REACH or self._upos[above] != "NOUN" or not self._is_told(above):
                    continue
                is_said = any(self._relations[c] == "cop" and self._is_told(c) for c in self._below(above))
                owner = self._owner_of(above)
                if is_said and owner is not None and self._is_told(owner):
                    return Cue(above, owner)
        return None

    def _behind(self, end: int) -> list[int]:
        """The verbs of subjects right behind a quotation that the parse made a sentence of its own: “Go!” *said* he."""
        found: list[int] = []
        for word in range(end, min(end + BESIDE, len(self._words))):
            if not self._is_told(word) or self._words[word][0] in ".!?":
                break
            above = self._heads[word]
            is_subject = above != NO_HEAD and self._relations[word] in _SUBJECTS and self._is_verb(above)
            if is_subject and self._relations[above] not in _OF_NOUNS:
                found.append(above)
        return found

    def _ahead(self, start: int) -> list[int]:
        """The verb that leads up to a quotation, where the parse made it a sentence of its own: Tom *sighed*: ¶ “Go!”.

        A paragraph that ends without any mark leads up to what opens the next one, too.
        """
        if not start:
            return []
        is_led = self._words[start - 1] in _LEADS
        if not is_led and not (start in self._paragraphs and self._words[start - 1][-1].isalpha()):
            return []
        found: list[int] = []
        for word in range(start - 1, max(-1, start - REACH), -1):
            if not self._is_told(word) or self._words[word] in (".", "!", "?"):
                break
            if self._is_verb(word) and (is_led or self._words[word].islower()):  # no title: How Tom Came Home
                found.append(word)
        return sorted((verb for verb in found if self._speaker_of(verb) is not None), key=self._is_aside)[:1]

    def _is_aside(self, verb: int) -> bool:
        """Whether a verb's clause only says when, where or who: Tom said, as *Ann* came in: “Go.”"""
        own = (self._words[child].lower() for child in self._below(verb) if self._relations[child] in _SUBJECTS)
        is_less = self._relations[verb].partition(":")[0] in _ASIDES or not _RELATIVES.isdisjoint(own)
        return is_less and self._words[verb].lower() not in FORMS
