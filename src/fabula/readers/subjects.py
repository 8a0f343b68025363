"""Who does what a verb of narration says, by the parse, and where it has lost its subject by the words around.

Words in quotations are somebody's speech, and no subjects of what is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from fabula.lexicons.speech_verbs import FORMS
from fabula.neural.conversation import find_inside
from fabula.neural.segments import NO_HEAD, Segment

REACH = 40  # words between a verb and the quotation that it takes, or its subject
BESIDE = 4  # words behind a quotation in which the subject of an inversion stands
MOST_STEPS = 3  # clauses above a verb that may hold its subject

SUBJECTS = ("nsubj", "nsubj:outer")  # of a passive ("Tom was told") it is who hears
_SHARED = frozenset({"conj", "advcl", "xcomp"})  # clauses that leave their subject to the one above: "she turned and *asked*"
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_BEFORE_NOUNS = frozenset(
    {"amod", "compound", "det", "nmod:desc", "nmod:poss", "nummod"}
)  # what stands before a noun in its phrase
_PASSED = frozenset({"ADV", "DET", "ADJ", "NUM"})  # between a verb and its subject
_PARTICLES = frozenset({"in", "on", "out", "up"})  # “Go,” put *in* Tom, which a parse may take for a place
_HEARING = frozenset("hear hears heard hearing overhear overhears overheard overhearing".split())  # whose subject does not speak
_HEARD = ("xcomp", "ccomp")
_ASIDES = ("advcl", "acl")
_RELATIVES = frozenset({"who", "which", "that"})
_GENITIVES = frozenset({"'s", "’s", "s", "'", "’"})  # "s" in a text that has lost its marks
_SAYS_MORE = frozenset({"acl:relcl", "acl", "advcl", "ccomp"})
_ASKING = frozenset({"when", "where", "how", "why", "what"})
_ENDS = (".", "!", "?")


class Grammar(NamedTuple):
    """Of every word of a segment: part of speech and relation by name, and the number of its head, NO_HEAD at a root."""

    upos: Sequence[str]
    relations: Sequence[str]
    heads: Sequence[int]


class Narration:
    """What stands outside the quotations of a segment, with its parse."""

    def __init__(self, segment: Segment, grammar: Grammar) -> None:
        self.words = segment.words
        self.upos, self.relations, self.heads = grammar
        self._inside: Sequence[int] = find_inside(segment).tolist()
        self._children: dict[int, list[int]] = defaultdict(list)
        for word, above in enumerate(grammar.heads):
            if above != NO_HEAD:
                self._children[above].append(word)

    def below(self, word: int) -> Sequence[int]:
        """The words that hang on one."""
        return self._children.get(word, ())

    def is_told(self, word: int) -> bool:
        """Whether a word is in no quotation."""
        return self._inside[word] < 0

    def is_verb(self, word: int) -> bool:
        return self.is_told(word) and self.upos[word] == "VERB"

    def ends(self, word: int) -> bool:
        """Whether narration ends with a word, or is broken by it."""
        return not self.is_told(word) or self.words[word] in _ENDS

    def has(self, word: int, relation: str, *forms: str) -> bool:
        """Whether a word of narration hangs on one by a relation, as one of some words if there are any."""
        return any(
            self.relations[child] == relation and self.is_told(child) and (not forms or self.words[child].lower() in forms)
            for child in self.below(word)
        )

    def own_subjects(self, verb: int) -> list[int]:
        """The subjects that the parse gives a verb itself."""
        return [child for child in self.below(verb) if self.relations[child] in SUBJECTS and self.is_told(child)]

    def speaker_of(self, verb: int) -> int | None:
        """Who speaks if a verb takes a quotation, by the parse: its subject; of one of hearing whoever is heard: "Tom heard *Ann*
        say"; else what comes "from *Tom*"."""
        if self._is_hearing(verb):
            said = [child for child in self.below(verb) if self.relations[child] in _HEARD and self.is_verb(child)]
            return next((subject for child in said if (subject := self._subject_of(child)) is not None), None)
        subject = self._subject_of(verb)
        if subject is not None:
            return subject
        sources = (child for child in self.below(verb) if self.relations[child].startswith("obl") and self.is_told(child))
        return next((child for child in sources if self.has(child, "case", "from")), None)

    def _is_hearing(self, verb: int) -> bool:
        return self.words[verb].lower() in _HEARING

    def _subject_of(self, verb: int) -> int | None:
        """The subject of a verb, or of the clause that it shares it with; where that has an object, it is the object's."""
        for _ in range(MOST_STEPS + 1):
            if own := self.own_subjects(verb):
                return self._meant(own[0])
            if self._is_genitive(verb - 1) and self.words[verb].lower().endswith("ing"):
                return verb - 2  # at *Tom* 's saying
            above = self._leave_noun(verb)
            if above is not None:
                if self.upos[above] != "VERB":
                    return above
                verb = above
                continue
            if self.relations[verb] not in _SHARED or self.heads[verb] == NO_HEAD:
                return None
            relation, below, verb = self.relations[verb], verb, self.heads[verb]
            if relation == "conj" and (nearer := self._subject_between(verb, below)) is not None:
                return nearer
            objects = [child for child in self.below(verb) if self.relations[child] == "obj" and self.is_told(child)]
            if relation == "xcomp" and objects:  # Ann heard *Tom* say
                return objects[-1]
        return None

    def _is_genitive(self, word: int) -> bool:
        return word > 0 and self.words[word] in _GENITIVES and self.upos[word - 1] in ("NOUN", "PROPN") and self.is_told(word - 1)

    def _leave_noun(self, verb: int) -> int | None:
        """Of a clause that says more of a noun before it the noun: "the *man* saying so"; of "took the chance of saying" the verb
        whose object the noun is."""
        noun = self.heads[verb]
        if self.relations[verb] != "acl" or not NO_HEAD < noun < verb or not self.is_told(noun):
            return None
        if not self.has(verb, "mark"):
            return noun
        is_taken = self.has(verb, "mark", "of") and self.relations[noun] == "obj"
        return self.heads[noun] if is_taken and self.heads[noun] != NO_HEAD else None

    def _subject_between(self, first: int, verb: int) -> int | None:
        """The subject of the last clause between the first of several and one that has none: Tom came, and *Ann* sat and cried."""
        joined = [child for child in self.below(first) if self.relations[child] == "conj" and first < child < verb]
        return next((own[0] for clause in reversed(joined) if (own := self.own_subjects(clause))), None)

    def _meant(self, subject: int) -> int:
        """A subject, or whom it means if it is a relative pronoun: whom its clause says more of, or the name or noun before it."""
        if self.words[subject].lower() not in _RELATIVES:
            return subject
        verb = self.heads[subject]
        if self.relations[verb] == "acl:relcl" and self.is_told(self.heads[verb]):
            return self.heads[verb]
        before = subject - 1
        if before > 0 and self.words[before] == ",":
            before -= 1
        is_noun = before >= 0 and self.upos[before] in ("NOUN", "PROPN") and self.is_told(before)
        return before if is_noun and self.words[subject].lower() == "who" else subject

    def find_before(self, verb: int, start: int) -> int | None:
        """The nearest subject before a verb of speech that leads up to a quotation: *Tom*, who was late, said: “Go.”

        start: where the quotation begins. The subject of a clause that only says more of something is asked last, and if it is a
        pronoun not at all.
        """
        form = self.words[verb].lower()
        is_finite = form in FORMS and not form.endswith("ing") and self.words[verb - 1].lower() != "to"
        if not verb < start < verb + REACH or not is_finite or self._is_hearing(verb):
            return None
        found: list[int] = []
        for word in range(verb - 1, max(-1, verb - REACH), -1):
            if self.ends(word):
                break
            is_whole = self.relations[verb] == "ccomp" and self.heads[word] == self.heads[verb]  # *she* knew who asked
            if self.relations[word] in SUBJECTS and self.heads[word] < verb and not is_whole:
                found.append(word)
        best = min(found, key=lambda word: self._is_less(word, verb), default=None)
        if best is None or (self._is_less(best, verb) and self.upos[best] == "PRON"):
            return None
        return self._meant(best)

    def _is_less(self, subject: int, verb: int) -> bool:
        """Whether a subject is that of a clause which only says more of something: "as *he* entered", "what *he* did"."""
        clause = self.heads[subject]
        if self.has(clause, "mark") or any(self.words[child].lower() in _ASKING for child in self.below(clause)):
            return True
        return self.heads[clause] != verb and self.relations[clause] in _SAYS_MORE

    def find_misplaced(self, verb: int, ends: Sequence[int]) -> int | None:
        """The subject of a verb beside a quotation which the parse has hung on another word: “Go,” *said the old man*, rising.

        Behind the verb it is the next noun; before it, the subject of a word that is in the quotation. ends: where the parts of the
        quotation end.
        """
        end = next((end for end in ends if end <= verb < end + BESIDE), None)
        if end is None or self._is_hearing(verb):
            return None
        for word in range(verb + 1, min(verb + 1 + BESIDE, len(self.words))):
            if not self.is_told(word) or not self.words[word][0].isalpha():
                break
            is_before_noun = self.relations[word] in _BEFORE_NOUNS
            if self.upos[word] in _NOUNS and not (is_before_noun and self.heads[word] > word):
                return word
            if not (is_before_noun or self.upos[word] in _PASSED or self.words[word] in _PARTICLES):
                break
        for word in range(end, verb):
            if self.relations[word] in SUBJECTS and not self.is_told(self.heads[word]):
                return word
        return None

    def is_aside(self, verb: int) -> bool:
        """Whether a verb's clause only says when, where or who: Tom said, as *Ann* came in: “Go.”"""
        own = (self.words[child].lower() for child in self.below(verb) if self.relations[child] in SUBJECTS)
        is_less = self.relations[verb].partition(":")[0] in _ASIDES or not _RELATIVES.isdisjoint(own)
        return is_less and self.words[verb].lower() not in FORMS

    def owner_of(self, noun: int) -> int | None:
        """Whose something is: "*Tom's* voice", "the voice of *Tom*"; None where that is not told."""
        for child in self.below(noun):
            is_of = self.relations[child] == "nmod" and any(
                self.relations[c] == "case" and self.words[c].lower() == "of" for c in self.below(child)
            )
            if self.relations[child] == "nmod:poss" or is_of:
                return child
        return None

    def name_in(self, subject: int) -> int:
        """The name in a phrase that the parse has made one with the word before it: "dour *Major* Callendar"; else the subject."""
        if self.words[subject][0].isupper():
            return subject
        names = (c for c in self.below(subject) if self.relations[c] == "flat" and self.words[c][0].isupper())
        return next(names, subject)
