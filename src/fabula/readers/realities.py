"""Why a verb tells nothing that happens: a negation, a modal, a condition, a plan, a habit, a memory. As the parse shows it.

Lexicons stand in only for classes of verbs that a parse does not know. What a verb's own clause does not say, it takes from the
verb that it is joined to ("would rise and *go*") or that it completes ("would have to *go*").
"""

from __future__ import annotations

from collections.abc import Callable

from fabula.lexicons.event_verbs import (
    CONDITIONAL_MARKS,
    FUTURE,
    HABITUAL_ADJECTIVES,
    HABITUAL_ADVERBS,
    INTENDING,
    KEEPING_FROM,
    MODALS,
    NEGATIONS,
    NOT_DOING,
    REMEMBERING,
    STATIVE,
    SUPPOSING,
)
from fabula.readers.clauses import Clauses
from fabula.records import Reality

Judgement = tuple[Reality, tuple[int, ...]]
"""A reality, and the tokens that decide it."""


def judge_reality(clauses: Clauses, verb: int) -> Judgement | None:
    """What a verb's clause says of its reality, and by which words; None where nothing in it keeps it from happening."""
    for judge in _JUDGES:
        judged = judge(clauses, verb)
        if judged:
            return judged
    return None


def _asked(clauses: Clauses, verb: int) -> Judgement | None:
    """A question, an order, a condition."""
    if clauses.words[verb].has("Mood=Imp"):
        return Reality.HYPOTHETICAL, ()
    marks = {clauses.words[m].lemma: m for m in clauses.those(verb, "mark", "advmod", "cc")}
    decisive = [token for lemma, token in marks.items() if lemma in CONDITIONAL_MARKS or (lemma == "though" and "as" in marks)]
    decisive += [p for p in clauses.those(verb, "punct") if clauses.words[p].lemma.startswith("?")]
    return (Reality.HYPOTHETICAL, tuple(decisive)) if decisive else None


def _negated(clauses: Clauses, verb: int) -> Judgement | None:
    own = _find_negations(clauses, verb)
    if own:
        return Reality.NEGATED, tuple(own)
    word = clauses.words[verb]
    above = word.head
    if above not in clauses.words:
        return None
    governor = clauses.words[above]
    if _is_infinitive(clauses, verb) and word.relation in ("xcomp", "advcl", "acl", "ccomp"):
        if governor.lemma in NOT_DOING:
            return Reality.NEGATED, (above,)
        denied = _find_negations(clauses, above) if word.relation == "xcomp" else []
        too = [a for a in clauses.those(above, "advmod") if clauses.words[a].lemma == "too" and governor.upos != "VERB"]
        if denied or too:
            return Reality.NEGATED, (*denied, *too)
    kept = [m for m in clauses.those(verb, "mark") if clauses.words[m].lemma == "from"]
    if kept and governor.lemma in KEEPING_FROM:
        return Reality.NEGATED, (above, *kept)
    return None


def _find_negations(clauses: Clauses, verb: int) -> list[int]:
    """ "not", "never", "nor"; "nobody came", "no bird sang"."""
    words = clauses.words
    found = [c for c in clauses.those(verb, "advmod", "cc", "neg") if words[c].has("Polarity=Neg") or words[c].lemma in NEGATIONS]
    for noun in clauses.those(verb, "nsubj", "obj"):
        if words[noun].has("PronType=Neg"):
            found.append(noun)
        found += [d for d in clauses.those(noun, "det") if words[d].lemma == "no"]
    return found


def _usual(clauses: Clauses, verb: int) -> Judgement | None:
    """ "used to", "would often", "always", "every day"."""
    words = clauses.words
    above = words[verb].head
    if above in words and words[verb].relation in ("xcomp", "advcl", "ccomp"):
        governor = words[above]
        if (governor.lemma == "use" and _is_infinitive(clauses, verb)) or governor.lemma in HABITUAL_ADJECTIVES:
            return Reality.HABITUAL, (above,)
    modals = [a for a in clauses.those(verb, "aux") if words[a].lemma in MODALS | FUTURE]
    if any(words[a].lemma != "would" for a in modals):
        return None
    adverbs = [a for a in clauses.those(verb, "advmod") if words[a].lemma in HABITUAL_ADVERBS]
    times = [d for o in clauses.those(verb, "obl", "nmod") for d in clauses.those(o, "det") if words[d].lemma in ("every", "each")]
    return (Reality.HABITUAL, (*modals, *adverbs, *times)) if adverbs or times else None


def _possible(clauses: Clauses, verb: int) -> Judgement | None:
    modals = [a for a in clauses.those(verb, "aux") if clauses.words[a].lemma in MODALS]
    return (Reality.HYPOTHETICAL, tuple(modals)) if modals else None


def _intended(clauses: Clauses, verb: int) -> Judgement | None:
    """ "will go", "is going to go", "wanted to go", "rose to go", "a wish to go"."""
    words = clauses.words
    future = [a for a in clauses.those(verb, "aux") if words[a].lemma in FUTURE]
    if future:
        return Reality.INTENDED, tuple(future)
    word, above = words[verb], words[verb].head
    if above not in words or not _is_infinitive(clauses, verb):
        return None
    governor = words[above]
    going = governor.lemma == "go" and clauses.form_of(above) in ("Part", "Ger") and word.relation in ("xcomp", "advcl")
    wanted = governor.lemma in INTENDING and word.relation in ("xcomp", "ccomp", "advcl")
    to_that_end = word.relation in ("advcl", "acl") and _has_to(clauses, verb)
    return (Reality.INTENDED, (above,)) if going or wanted or to_that_end else None


def _supposed(clauses: Clauses, verb: int) -> Judgement | None:
    """What somebody hopes, fears, imagines; words between quotation marks are said, whatever the verb beside them."""
    word = clauses.words[verb]
    above = word.head
    if word.relation != "ccomp" or above not in clauses.words or clauses.words[above].lemma not in SUPPOSING or above > verb:
        return None
    if any(clauses.words[t].upos == "PUNCT" for t in range(above + 1, verb)):
        return None
    return Reality.HYPOTHETICAL, (above,)


def _recalled(clauses: Clauses, verb: int) -> Judgement | None:
    """ "had gone", "remembered going"."""
    words = clauses.words
    word, above = words[verb], words[verb].head
    if word.relation in ("xcomp", "ccomp") and above in words and words[above].lemma in REMEMBERING:
        return Reality.RECALLED, (above,)
    had = [a for a in clauses.those(verb, "aux") if words[a].lemma == "have" and words[a].has("Tense=Past", "VerbForm=Fin")]
    return (Reality.RECALLED, tuple(had)) if had and clauses.form_of(verb) == "Part" else None


def _shared(clauses: Clauses, verb: int) -> Judgement | None:
    """What holds for the verb that it is joined to, or that it completes, and is not said again."""
    word = clauses.words[verb]
    above = word.head
    if above not in clauses.words or clauses.words[above].upos not in ("VERB", "AUX"):
        return None
    if word.relation == "conj":
        alone = not clauses.those(verb, "aux", "nsubj", "mark")
        return judge_reality(clauses, above) if alone and clauses.form_of(verb) == clauses.form_of(above) else None
    completes = word.relation == "xcomp" or (word.relation == "advcl" and not clauses.those(verb, "nsubj", "mark"))
    return judge_reality(clauses, above) if completes and clauses.form_of(verb) in ("Inf", "Part", "Ger") else None


def _general(clauses: Clauses, verb: int) -> Judgement | None:
    """ "He walks to the mill": the present tells a habit."""
    word = clauses.words[verb]
    return (Reality.HABITUAL, ()) if word.has("Tense=Pres", "VerbForm=Fin") and word.lemma not in STATIVE else None


# The first that says something is believed: "if he did not come" is a condition before it is a negation.
_JUDGES: tuple[Callable[[Clauses, int], Judgement | None], ...] = (
    _asked,
    _negated,
    _usual,
    _possible,
    _intended,
    _supposed,
    _recalled,
    _shared,
    _general,
)


def _is_infinitive(clauses: Clauses, verb: int) -> bool:
    return clauses.form_of(verb) == "Inf"


def _has_to(clauses: Clauses, verb: int) -> bool:
    return any(clauses.words[m].lemma == "to" for m in clauses.those(verb, "mark"))
