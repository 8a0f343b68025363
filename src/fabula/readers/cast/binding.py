"""Whom a mention means by the grammar of its sentence: "*she* hit *her*" are two, "*Tom* took out *his* watch" is likely one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from fabula.lexicons.gender import INDEFINITE, PRONOUN_PERSONS, Person
from fabula.records import Mention, MentionKind, MentionType, Tags, Text

_SUBJECT, _OBJECT, _POSSESSOR, _OBLIQUE = range(1, 5)
_ROLES = {
    "nsubj": _SUBJECT,
    "nsubj:pass": _SUBJECT,
    "obj": _OBJECT,
    "iobj": _OBJECT,
    "nmod:poss": _POSSESSOR,
    "obl": _OBLIQUE,
    "obl:agent": _OBLIQUE,
}
_TAKERS = frozenset({"to", "at", "for", "from", "of", "by"})  # "said to him"; but "looked about him", "shut it after him"
_UNSAID = ("VerbForm=Inf", "VerbForm=Part", "VerbForm=Ger")  # verbs that leave their subject to the clause above
_BOUND = frozenset({Person.HE, Person.SHE})
_CLAUSES = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "advcl"})  # what hangs on the verb of its clause
_EXPLETIVE = frozenset({"it", "there", "this", "that", "these", "those", "who", "what", "which"})
_NOUN_PHRASE = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_DEEP = 8  # words that are climbed for a verb, clauses for its subject

Others = Mapping[int, tuple[int, ...]]


class Binding(NamedTuple):
    """Of mentions by their ids, earlier ones of the same sentence.

    apart: those who are somebody else. subjects: of pronouns those that the verb above them is said of, and that are not apart.
    said_of: of nouns that are said of somebody ("*he* was *a broad man*"), of whom. beside: what stands in apposition ("*Enoch*,
    *the chandler*"). new: who comes on as somebody new: "*a man* came in".
    """

    apart: Others
    subjects: Others
    said_of: Others
    beside: Others
    new: frozenset[int] = frozenset()


_NONE: Others = MappingProxyType({})
UNBOUND = Binding(_NONE, _NONE, _NONE, _NONE)


def bind_mentions(text: Text, tags: Tags, mentions: Sequence[Mention]) -> Binding:
    """Read who is who by the parse alone. mentions: of everything, in text order, their ids their places.

    Apart are the arguments of one verb, its subject being that of the clause above where it has none of its own; what "and" joins;
    whose somebody is said to be. A reflexive is nobody else.
    """
    clauses = _Clauses(text, tags, mentions)
    apart: dict[int, set[int]] = defaultdict(set)
    for token, mention in clauses.mention_at.items():
        for other in clauses.others(token):
            if other != mention:
                apart[max(mention, other)].add(min(mention, other))
    subjects = {}
    said_of = {}
    beside = {}
    for token, mention in clauses.mention_at.items():
        above = {other for other in clauses.subjects_above(token) if other < mention} - apart.get(mention, set())
        if above:
            subjects[mention] = tuple(sorted(above))
        said = {other for other in clauses.said_of(token) if other < mention}
        if said and mentions[mention].kind is MentionKind.NOMINAL:
            said_of[mention] = tuple(sorted(said))
        neighbour = clauses.beside(token)
        if neighbour is not None:
            beside[max(mention, neighbour)] = (min(mention, neighbour),)
    new = frozenset(mention for token, mention in clauses.mention_at.items() if clauses.is_new(token, mentions[mention]))
    return Binding({one: tuple(sorted(others)) for one, others in sorted(apart.items())}, subjects, said_of, beside, new)


class _Clauses:
    """The parse, asked from mentions on. mention_at: of people, by their head tokens, the outermost."""

    def __init__(self, text: Text, tags: Tags, mentions: Sequence[Mention]) -> None:
        self.text, self.tags, self.names = text, tags, tags.inventory.relations
        self.mention_at: dict[int, int] = {}
        for mention in mentions:
            if mention.type is MentionType.PERSON and mention.head is not None:
                self.mention_at.setdefault(mention.head, mention.id)
        # What hangs on each word, as far as it is asked here.
        self.subjects: dict[int, list[int]] = defaultdict(list)
        self.objects: dict[int, list[int]] = defaultdict(list)
        self.cases: dict[int, int] = {}
        self.copulas: set[int] = set()
        self.joined: set[int] = set()  # by "and"
        self.denied: set[int] = set()
        roles = [_ROLES.get(name, 0) for name in self.names]
        case, copula, joining = (self.names.index(name) if name in self.names else -1 for name in ("case", "cop", "cc"))
        for token, (relation, head) in enumerate(zip(tags.relations, tags.heads, strict=True)):
            if roles[relation] == _SUBJECT:
                self.subjects[head].append(token)
            elif roles[relation] == _OBJECT:
                self.objects[head].append(token)
            elif relation == case:
                self.cases[head] = token
            elif relation == copula:
                self.copulas.add(head)
            elif relation == joining:
                self.joined.add(head)
            elif head >= 0 and "Polarity=Neg" in tags.inventory.feats[tags.feats[token]]:
                self.denied.add(head)

    def others(self, token: int) -> Iterator[int]:
        """Mentions that are somebody else than the one whose head a token is."""
        word = self._word(token)
        if word.endswith(("self", "selves", "other", "another")) or (word in PRONOUN_PERSONS and self._is_misread(token)):
            return
        relation, head = self._relation(token), self.tags.heads[token]
        while relation == "conj" and head in self.mention_at:
            if token in self.joined:
                yield self.mention_at[head]
            token = head
            relation, head = self._relation(token), self.tags.heads[token]
        role = _ROLES.get(relation, 0)
        if role == _OBJECT or (role == _OBLIQUE and token in self.cases and self._word(self.cases[token]) in _TAKERS):
            yield from self._mentions(self._subjects_of(head))
            yield from self._mentions(other for other in self.objects[head] if other != token)
        elif role == _POSSESSOR and head in self.copulas and head in self.mention_at:
            yield from self._mentions(self._subjects_of(head))

    def said_of(self, token: int) -> Iterator[int]:
        """Mentions of whom a noun is said to be one: the subject of its copula, unless that is denied or asked."""
        if token in self.copulas and token in self.subjects and token not in self.denied:
            subjects = self.subjects[token]
            if len(subjects) == 1 and self._word(subjects[0]) not in _EXPLETIVE:
                yield from self._mentions(self._subjects_of(token))

    def is_new(self, token: int, mention: Mention) -> bool:
        """Whether a noun with "a" is the subject of a verb: who is known is not called so."""
        if mention.kind is not MentionKind.NOMINAL or _ROLES.get(self._relation(token)) != _SUBJECT:
            return False
        return self.text.quote(mention.span).split()[0].lower() in INDEFINITE

    def beside(self, token: int) -> int | None:
        """The mention that a noun is in apposition to."""
        return self.mention_at.get(self.tags.heads[token]) if self._relation(token) == "appos" else None

    def _is_misread(self, token: int) -> bool:
        """Whether a pronoun is no object for sure: "he", or "her" before a word that it may belong to."""
        if self._word(token) == "her":
            following = token + 1
            return following < len(self.tags) and self.tags.inventory.upos[self.tags.upos[following]] in _NOUN_PHRASE
        return "Case=Nom" in self.tags.inventory.feats[self.tags.feats[token]]

    def subjects_above(self, token: int) -> Iterator[int]:
        """Mentions that are the subject of the clause in which a pronoun stands that is none itself."""
        if PRONOUN_PERSONS.get(self._word(token)) not in _BOUND or _ROLES.get(self._relation(token)) == _SUBJECT:
            return
        for _ in range(_DEEP):
            relation, head = self._relation(token), self.tags.heads[token]
            if head < 0:
                return
            token = head
            if relation in _CLAUSES:
                yield from self._mentions(self._subjects_of(token))
                return

    def _mentions(self, tokens: Iterable[int]) -> Iterator[int]:
        for token in tokens:
            if token in self.mention_at and not self._word(token).endswith(("self", "selves")):
                yield self.mention_at[token]

    def _subjects_of(self, verb: int) -> list[int]:
        """The subjects of a verb, or of the clause to which it leaves its own ("Tom rose and *went*")."""
        for _ in range(_DEEP):
            if verb in self.subjects:
                return [self._meant(token, verb) for token in self.subjects[verb]]
            above = self.tags.heads[verb]
            if above < 0:
                return []
            match self._relation(verb):
                case "conj":
                    pass
                case "xcomp":
                    if above in self.objects:
                        return self.objects[above][-1:]  # "told him to go": he goes
                case "advcl" if self._leaves_unsaid(verb):
                    pass
                case "acl" if self._leaves_unsaid(verb):
                    return [above]  # the man sitting there
                case _:
                    return []
            verb = above
        return []

    def _meant(self, token: int, verb: int) -> int:
        """What a relative pronoun stands for: "the *man* who came"."""
        is_relative = self._relation(verb) == "acl:relcl" and self._word(token) in ("who", "that", "which")
        return self.tags.heads[verb] if is_relative else token

    def _leaves_unsaid(self, verb: int) -> bool:
        feats = self.tags.inventory.feats[self.tags.feats[verb]]
        return any(form in feats for form in _UNSAID)

    def _relation(self, token: int) -> str:
        return self.names[self.tags.relations[token]]

    def _word(self, token: int) -> str:
        return self.text.quote(self.text.tokens[token]).lower()
