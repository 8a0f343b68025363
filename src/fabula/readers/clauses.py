"""A sentence's parse as clauses: what hangs on a verb, who is its subject where it has none of its own, what a noun's phrase is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from fabula.records import Role, Span, TaggedWord, Tags, Text

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_ROLES = {"nsubj": Role.AGENT, "nsubj:pass": Role.PATIENT, "obl:agent": Role.AGENT, "obj": Role.PATIENT, "iobj": Role.RECIPIENT}
_UNSAID = frozenset({"Part", "Ger", "Inf"})  # the forms of verbs that leave their subject to the clause above
_MODIFIERS = frozenset("det amod compound nummod nmod:poss flat flat:name".split())
_TIMES = frozenset({"obl:tmod", "obl:npmod", "obl:unmarked"})


@cache
def _find_bases(relations: tuple[str, ...]) -> tuple[str, ...]:
    """Of each relation the one that it is a kind of."""
    return tuple(relation.partition(":")[0] for relation in relations)


@cache
def _form_in(feats: str) -> str:
    return next((f[len("VerbForm=") :] for f in feats.split("|") if f.startswith("VerbForm=")), "")


class Words(Mapping[int, TaggedWord]):
    """The grammar of a sentence's tokens, each read when it is first asked for: most are not."""

    def __init__(self, text: Text, tags: Tags, tokens: range) -> None:
        self._text, self._tags, self._tokens = text, tags, tokens
        self._known: dict[int, TaggedWord] = {}

    def __getitem__(self, token: int) -> TaggedWord:
        word = self._known.get(token)
        if word is None:
            if token not in self._tokens:
                raise KeyError(token)
            word = self._known[token] = self._tags.word(token, self._text.quote(self._text.tokens[token]))
        return word

    def __contains__(self, token: object) -> bool:
        return token in self._tokens

    def __iter__(self) -> Iterator[int]:
        return iter(self._tokens)

    def __len__(self) -> int:
        return len(self._tokens)


class Clauses:
    """One sentence: its tokens, by number in the text, their grammar, and for each what hangs on it, in text order."""

    def __init__(self, text: Text, tags: Tags, tokens: range) -> None:
        self.tokens = tokens
        self.words = Words(text, tags, tokens)
        self.children: dict[int, list[int]] = defaultdict(list)
        for token, head in zip(tokens, tags.heads[tokens.start : tokens.stop], strict=True):
            self.children[head].append(token)
        self._relations, self._names = tags.relations, tags.inventory.relations
        self._bases = _find_bases(self._names)

    def those(self, token: int, *relations: str) -> list[int]:
        """What hangs on a token by one of these relations; "obl" is also "obl:agent"."""
        children = self.children.get(token)
        if children is None:
            return []
        own, names, bases = self._relations, self._names, self._bases
        return [child for child in children if names[own[child]] in relations or bases[own[child]] in relations]

    def relation_of(self, token: int) -> str:
        """By what a token hangs on its head."""
        return self._names[self._relations[token]]

    def form_of(self, token: int) -> str:
        """Which form of a verb it is: "Fin", "Inf", "Part", "Ger"; "" where nothing tells."""
        return _form_in(self.words[token].feats)

    def is_passive(self, token: int) -> bool:
        word = self.words[token]
        if word.has("Voice=Pass") or any(self.relation_of(c) in ("aux:pass", "nsubj:pass") for c in self.children.get(token, ())):
            return True
        return word.relation == "acl" and word.has("Tense=Past", "VerbForm=Part")

    def arguments(self, token: int) -> Iterator[tuple[Role, int]]:
        """The nouns that take part, each with its role, by their head tokens; those that "and" joins one by one.

        "to" somebody is a recipient here, whoever it is.
        """
        passive = self.is_passive(token)
        for child in self.children.get(token, ()):
            relation = self.relation_of(child)
            if relation in _SUBJECTS:
                continue
            role = _ROLES.get(relation)
            if relation == "nmod:poss" and self.words[token].upos == "NOUN":
                role = Role.AGENT  # her arrival
            elif role is None and relation.partition(":")[0] == "obl" and relation not in _TIMES:
                cases = {self.words[c].lemma for c in self.those(child, "case")}
                role = Role.AGENT if passive and "by" in cases else Role.RECIPIENT if "to" in cases else Role.OTHER
            if role is not None:
                yield from ((role, noun) for noun in self._joined(self._meant(child)))
        for noun in self.subjects(token):
            yield Role.PATIENT if passive else Role.AGENT, noun

    def subjects(self, token: int) -> list[int]:
        """The head tokens of a verb's subjects: its own, or that of the clause to which it leaves it ("Tom rose and *went*")."""
        own = [c for c in self.children.get(token, ()) if self.relation_of(c) in _SUBJECTS]
        if own:
            return [noun for child in own for noun in self._joined(self._meant(child))]
        word = self.words[token]
        above = word.head
        if above not in self.words:
            return []
        match word.relation:
            case "conj":
                return self.subjects(above)
            case "xcomp":
                # "told him to go": he goes
                objects = [c for c in self.children[above] if self.relation_of(c) in ("obj", "iobj")]
                return [n for c in objects[-1:] for n in self._joined(self._meant(c))] or self.subjects(above)
            case "advcl" if self.form_of(token) in _UNSAID:
                return self.subjects(above)
            case "acl" if self.form_of(token) in ("Part", "Ger"):
                return [above]  # the man sitting there
        return []

    def _meant(self, token: int) -> int:
        """What a relative pronoun stands for: "the *man* who came"."""
        word = self.words[token]
        verb = self.words.get(word.head)
        if verb is not None and verb.relation == "acl:relcl" and verb.head in self.words:
            return verb.head if word.has("PronType=Rel") or word.lemma in ("who", "whom", "which", "that") else token
        return token

    def _joined(self, token: int) -> list[int]:
        return [token, *(c for c in self.those(token, "conj") if self.words[c].upos in ("NOUN", "PROPN", "PRON"))]

    def phrase(self, text: Text, token: int) -> Span:
        """A noun with what stands close by it, without its clauses and its own obliques."""
        own = [token, *(c for c in self.children.get(token, ()) if self.relation_of(c) in _MODIFIERS)]
        first = last = token
        while first - 1 in own:
            first -= 1
        while last + 1 in own:
            last += 1
        return Span(text.tokens[first].start, text.tokens[last].end)
