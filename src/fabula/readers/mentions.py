"""Where people are named: proper names, with their titles, in the story's prose.

A capitalised word is judged by the company it keeps over the whole book: a name is seldom written small, its bearer speaks and
acts, is addressed, has a title; a place is gone to and lived in. What the reading model takes each of its places for counts beside
that. One decision is made for each name, not for each mention.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from enum import Enum

from fabula.lexicons.capitals import CALENDAR, NOT_NAMES, PEOPLES_AND_CREEDS, PLACE_ENDINGS, PLACES
from fabula.lexicons.gender import PRONOUN_PERSONS
from fabula.lexicons.patterns import any_of
from fabula.lexicons.speech_verbs import PAST_FORMS
from fabula.lexicons.titles import TITLES, WITH_STOP, WRITTEN_SMALL
from fabula.readers.cast.spellings import find_misspelt
from fabula.records import Mention, MentionKind, MentionType, Quote, Span, Text, lies_in

ENOUGH_EVIDENCE = 2.0  # for a name: a title, two acts of speech, a few of anything else
COMMON_WORD = 5  # times that a word is written small in the book
NAMESAKE = 3  # mentions inside sentences, and as much evidence, for a word that is a name as well
SELDOM_SMALL = 0.25  # a word written small in more of its places is no name by itself
BORNE = 3  # times with a title, from which a word that is seldom a name is a family's ("Mr. Hall")
READ = 0.6  # the evidence of one place that the model has read as a person's, or as something else's
PLACE_SHARE, PLACE_SHARE_UNREAD = 0.6, 1.5  # of the evidence for a person, that for a place which a person's name may have
NAMED_SHARE = 0.6  # share of its places that the model takes for a person's name, from which a seldom name is one
OFTEN_NAMED = 10  # such places, from which a town's name is a person's, if fewer are taken for another's
FEW_SMALL = 2  # such places, for a name that is written small, or that only ever opens sentences
SMALL_SHARE = 0.02  # of the names that the model finds those that are written small, from which a book writes names so
OFTEN_SPEAKS, SPEAKS_SHARE = 5, 0.03  # places beside a verb of speech, from which somebody is a person whatever else is said
FEW_SPEAK = 2  # times that somebody speaks, for a word that is seldom a name
SURELY_READ = 0.95  # probability that such a place is a person's name, from which one is enough for what is never written small
WITH_ARTICLE = 0.6  # share of its places with "the" before it, from which a name is "the Dodger"

_NAME_WORD = r"(?:[A-Z]\.(?![.\w])|St\.|[^\W\d_a-z][^\W\d_]*(?:['’][^\W\d_a-z][^\W\d_]*|-[^\W\d_]+)*)"
_PARTICLE = r"(?:de|De|du|von|van|der|le|la|di|da|of the|of|d['’])"
# A title, and words with capitals: given names, initials, family names with their particles.
_CANDIDATE = re.compile(
    rf"(?:\b(?P<title>(?:(?:(?:{any_of(WITH_STOP)})\b\.?|(?:{any_of([*TITLES, *WRITTEN_SMALL])})\b)\s+)+)(?:{_PARTICLE}\s*)*)?"
    rf"\b(?P<name>{_NAME_WORD}(?:[ \u00a0](?!(?:{any_of(TITLES.keys() - {'St'})})\b\.?\s+[A-Z])"
    rf"(?:(?:de|du|von|van|der|le|la|di|da)[ ]|d['’])*{_NAME_WORD})*)"
)
_CAPITAL_WORD = re.compile(r"[A-Z][\w'’-]*")
_SMALL_WORD = re.compile(r"(?<![\w'’-])[a-z][a-z'’-]*")
_SENTENCE_OPENS = re.compile(r"(?:^|[.!?:…]|[\n\"“‘«(]|--|—)[\s\"“‘'(\[«—-]*$")
_VERB_AFTER = re.compile(
    rf"(?:,? who|['’]s\b(?! not)|(?: [a-z]+ly)? (?:{any_of(PAST_FORMS)}|was|had|would|could|did|has|is|came|went|took|felt|knew|saw"
    r"|sat|stood|[a-z]+ed)\b)"
)
_SPEECH_AFTER = re.compile(rf" (?:[a-z]+ly )?(?:{any_of(PAST_FORMS - {'read', 'ended', 'opened'})})\b")
_SPEECH_BEFORE = re.compile(rf"\b(?:{any_of(PAST_FORMS - {'read', 'called'})}) (?:the )?(?:poor |old |little |young )?$")
_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|near|towards?|through|into|from|to|around|across|over|of|reach(?:ed)?|left|leaving|visit(?:ed)?|outside|on|upon|down|up)"
    r" (?:the )?$"
)
_OF = "of "
_THE_BEFORE = re.compile(r"\b[Tt]he $")
_CALLED_BEFORE = re.compile(
    r"\b(?:call(?:s|ed|ing)?|(?:nick)?nam(?:es|ed)|dub(?:s|bed)|christened) (?:him|her|me|them)(?:self|selves)?,? (?:the |old )?$"
)
_TRIMMED = re.compile(r"(?:['’]s?)$")


def find_mentions(text: Text, quotes: Sequence[Quote], read: Sequence[Mention] = ()) -> tuple[Mention, ...]:
    """Every mention of a person by name, in text order, titles included and the possessive 's left out.

    Headings are not looked at. `character` and `name_kind` are filled by `fabula.readers.cast.names`.

    read: the mentions of all kinds that the reading model found; none: only the company of the words is asked.
    """
    small = Counter(_SMALL_WORD.findall(text.string))
    borne = _find_borne(text, read)
    found = list(_find_candidates(text, borne))
    inside = [c for c in found if not c.opens]
    surely, words = {c.key for c in inside}, {word for c in inside for word in c.key.split()}
    found = [c if not c.opens or c.key in surely else _without_opening_word(c, text.string, surely, words, small) for c in found]
    if read:
        found = _look_up(found, read)
        found = sorted([*found, *_find_small(text, found, read)], key=lambda c: c.start)
    plain = small - Counter(c.key.split()[-1] for c in found if c.is_small)
    called = frozenset(c.key for c in found if _CALLED_BEFORE.search(text.string[max(0, c.start - 30) : c.start]))
    with_title = _find_with_title(found)
    known = _judge(text, found, small, plain, quotes, borne | with_title, called)
    known |= frozenset(find_misspelt(known, {c.key for c in found if c.verdict is _Verdict.NAME and " " not in c.key} - known))
    months = (with_title - borne) & (CALENDAR | PEOPLES_AND_CREEDS)
    people = [c for c in found if c.key in known and _is_named(text.string, c, plain, called) and (c.title or c.key not in months)]
    people = _with_article(text.string, people)
    return tuple(Mention(i, Span(c.start, c.end), MentionKind.NAME, MentionType.PERSON, None) for i, c in enumerate(people))


class _Verdict(Enum):
    """What the reading model takes a candidate for."""

    UNREAD = 0
    NAME = 1  # of a person
    NOMINAL = 2  # of a person
    OTHER = 3
    NOTHING = 4


def _look_up(found: Sequence[_Candidate], read: Sequence[Mention]) -> list[_Candidate]:
    """The candidates with what the model says of each: of the mentions that end with it and hold it, the shortest."""
    ending: dict[int, list[Mention]] = defaultdict(list)
    for mention in read:
        if mention.kind is not MentionKind.PRONOUN:
            ending[mention.span.end].append(mention)
    looked_up = []
    for c in found:
        held = [m for m in ending.get(c.end, ()) if m.span.start <= c.start]
        verdict, probability = _Verdict.NOTHING, 0.0
        if held:
            innermost = max(held, key=lambda m: m.span.start)
            of_person = _Verdict.NAME if innermost.kind is MentionKind.NAME else _Verdict.NOMINAL
            verdict = of_person if innermost.type is MentionType.PERSON else _Verdict.OTHER
            probability = innermost.probability or 0.0
        looked_up.append(replace(c, verdict=verdict, probability=probability))
    return looked_up


def _find_small(text: Text, found: Sequence[_Candidate], read: Sequence[Mention]) -> Iterator[_Candidate]:
    """What the model takes for a person's name although it is written small: "lyndsey rings sundays".

    In a book that hardly ever does so, only a name that it has with a capital, too, is one.
    """
    ends = {c.end for c in found}
    names = [m for m in read if m.kind is MentionKind.NAME and m.type is MentionType.PERSON]
    small = [m for m in names if m.span.end not in ends and text.quote(m.span).islower()]
    with_capital = {c.key for c in found if c.verdict is _Verdict.NAME}
    for mention in small:
        key = " ".join(map(_bare, text.quote(mention.span).split()))
        if key and not key.isdigit() and (key in with_capital or len(small) >= SMALL_SHARE * len(names)):
            yield _Candidate(*mention.span, key, "", opens=False, verdict=_Verdict.NAME, is_small=True)


def _is_named(string: str, candidate: _Candidate, small: Counter[str], called: Set[str]) -> bool:
    """Whether this place of a person's name is one: not "Will you", not "Rose Cottage" where that is a house."""
    if candidate.title or not candidate.opens or not _is_common(candidate.key, small):
        return candidate.verdict is not _Verdict.OTHER or bool(candidate.title) or candidate.key in called
    return candidate.verdict is _Verdict.NAME or _acts(string, candidate)


def _with_article(string: str, people: Sequence[_Candidate]) -> list[_Candidate]:
    """The names, with "the" where most of a name's places have it: "the Dodger", "the Mock Turtle"."""
    places = Counter(c.key for c in people)
    begins = [_the_before(string, c) for c in people]
    articles = Counter(c.key for c, begin in zip(people, begins, strict=True) if begin is not None)
    return [
        c if begin is None or c.title or articles[c.key] < WITH_ARTICLE * places[c.key] else replace(c, start=begin)
        for c, begin in zip(people, begins, strict=True)
    ]


def _the_before(string: str, candidate: _Candidate) -> int | None:
    """Where the "the" of a name begins, None where it has none."""
    found = _THE_BEFORE.search(string[max(0, candidate.start - 5) : candidate.start])
    return None if found is None else candidate.start - len(found[0])


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A name as it stands. key: its words in lower case without the title, behind "of" where that is of a place ("Duke *of
    Strelsau*"). opens: a sentence begins with it. is_small: so is it.

    probability: of the verdict.
    """

    start: int
    end: int
    key: str
    title: str
    opens: bool
    verdict: _Verdict = _Verdict.UNREAD
    probability: float = 0.0
    is_small: bool = False


@dataclass(slots=True)
class _Company:
    """What a name was seen with."""

    n: int = 0
    inside: int = 0  # mentions that no sentence begins with
    person: float = 0.0
    place: float = 0.0
    was_read: bool = False  # by the model
    titled: bool = False  # with a title somewhere
    speaks: int = 0  # places beside a verb of speech
    named: int = 0  # places that the model takes for a person's name
    others: int = 0  # for a name of something else
    small: int = 0  # of them, those without a capital
    surely: bool = False  # there is no doubt of one of them
    words: set[str] = field(default_factory=set)


def _find_borne(text: Text, read: Sequence[Mention]) -> frozenset[str]:
    """The words that are mostly no names, and that somebody who speaks is called, as the model reads: "Christian said"."""
    alone: Counter[str] = Counter()
    speak: Counter[str] = Counter()  # God is named, but says nothing
    within: Counter[str] = Counter()  # places in longer names: "May Welland"
    for mention in read:
        if mention.kind is MentionKind.NAME and mention.type is MentionType.PERSON:
            words = [*map(_bare, text.quote(mention.span).split())]
            if len(words) > 1:
                within.update(filter(_is_seldom_a_name, words))
            elif words and _is_seldom_a_name(words[0]):
                alone[words[0]] += 1
                speak[words[0]] += _speaks(text.string, *mention.span)
    if not alone:
        return frozenset()
    capital = Counter(map(_bare, _CAPITAL_WORD.findall(text.string)))
    return frozenset(
        word
        for word, n in alone.items()
        if speak[word] >= OFTEN_SPEAKS
        or (speak[word] >= FEW_SPEAK and n >= NAMESAKE and n + within[word] >= NAMED_SHARE * capital[word])
    )


def _find_with_title(found: Sequence[_Candidate]) -> frozenset[str]:
    """The words that somebody bears with a title, time and again: "Mrs. March" is no month."""
    counts = Counter(c.key.split()[-1] for c in found if c.title and c.title != "St" and not c.key.startswith(_OF))
    return frozenset(word for word, n in counts.items() if n >= BORNE)


def _is_seldom_a_name(word: str) -> bool:
    return word in NOT_NAMES or word in CALENDAR or word in PEOPLES_AND_CREEDS


def _find_candidates(text: Text, borne: Set[str]) -> Iterator[_Candidate]:
    string = text.string
    prose = [paragraph.span for paragraph in text.paragraphs if paragraph.kind.is_prose]
    runs = [(start, found) for start, end in prose for found in _CANDIDATE.finditer(string, start, end)]
    with_title = [found for _, found in runs if found["title"] and not _is_of(string, found)]
    titled = Counter(_bare(found["name"]) for found in with_title if found["title"].split()[-1] != "St")
    surnames = borne | {word for word, n in titled.items() if n >= BORNE and word not in PRONOUN_PERSONS}
    for start, found in runs:
        yield from _split(string, found, start, surnames)


def _split(string: str, found: re.Match[str], floor: int, surnames: Set[str]) -> Iterator[_Candidate]:
    """The names in a run of capitalised words: function words at its front fall off ("But Tom", "Oh Jane").

    surnames: words that somebody bears in this book, with a title ("Mr. Hall") or by what the model reads.
    """

    def is_function(word: str) -> bool:
        return word not in surnames and _is_function(word)

    title = (found["title"] or "").strip().rstrip(".")
    begin = found.start("title") if title else found.start("name")
    opens = _SENTENCE_OPENS.search(string[max(floor, begin - 6) : begin]) is not None if begin > floor else True
    words = list(re.finditer(r"\S+", found["name"]))
    offset = found.start("name")
    first = 0
    if not title:
        while first < len(words) and is_function(_bare(words[first][0])):
            first += 1
            opens = opens and first == 0
        if first == len(words):
            return
        begin = offset + words[first].start()
    last = len(words)
    while last > first and is_function(_bare(words[last - 1][0])):
        last -= 1
    if last == first:
        return
    end = offset + words[last - 1].end()
    tail = words[last - 1][0]
    cut = _TRIMMED.search(tail)
    if cut and len(tail) > len(cut[0]) + 1:
        end -= len(cut[0])
    key = " ".join(_bare(w[0]) for w in words[first:last])
    if _is_of(string, found):
        key = _OF + key
    if key and not key.isdigit():
        last_title = title.split()[-1].rstrip(".") if title else ""
        yield _Candidate(begin, end, key, WRITTEN_SMALL.get(last_title, last_title), opens)


def _without_opening_word(candidate: _Candidate, string: str, surely: Set[str], words: Set[str], small: Counter[str]) -> _Candidate:
    """A name that only ever opens sentences, without a first word that belongs to the sentence: "Unfortunately Aziz", "Tis Ahab".

    surely: names that stand within sentences; words: the words of those.
    """
    first, _, rest = candidate.key.partition(" ")
    if not rest or candidate.title or not (small[first] >= COMMON_WORD or (rest in surely and first not in words)):
        return candidate
    start = candidate.start + len(string[candidate.start : candidate.end].split(maxsplit=1)[0])
    while string[start].isspace():
        start += 1
    return replace(candidate, start=start, key=rest, opens=False)


def _is_of(string: str, found: re.Match[str]) -> bool:
    """Whether a title is that of a place, which is nobody's family: "the Duke of Strelsau"."""
    return bool(found["title"]) and "of" in string[found.end("title") : found.start("name")].split()


_EXCLAIMED = frozenset("lord sir madam miss mister master father mother".split())  # called out, without a name


def _is_function(word: str) -> bool:
    """Whether a word is no part of a name, at its front or its end; titles may be one."""
    return word in NOT_NAMES and word.capitalize() not in TITLES


def _bare(word: str) -> str:
    """A word of a name for comparing: "BENNET's" -> "bennet", "J." -> "j"."""
    return _TRIMMED.sub("", word).replace("’", "'").strip(".,").lower()


def _judge(
    text: Text,
    found: Sequence[_Candidate],
    small: Counter[str],
    plain: Counter[str],
    quotes: Sequence[Quote],
    borne: Set[str],
    called: Set[str],
) -> frozenset[str]:
    """The keys that are people's names. small: words that are written so; plain: without the names among them. borne: words that
    are names, though most are not. called: what the text says that somebody is called."""
    string = text.string
    spoken = sorted(p for q in quotes for p in q.parts)
    seen: dict[str, _Company] = defaultdict(_Company)
    for c in found:
        company = seen[c.key]
        company.n += 1
        company.inside += not c.opens
        company.titled |= bool(c.title)
        company.named += c.verdict is _Verdict.NAME
        company.others += c.verdict is _Verdict.OTHER
        company.small += c.is_small
        company.surely |= c.verdict is _Verdict.NAME and c.probability >= SURELY_READ
        before, after = string[max(0, c.start - 24) : c.start], string[c.end : c.end + 24]
        if c.title and c.title != "St":  # more often a church or a street
            company.person += 2.0
        if _speaks(string, c.start, c.end):
            company.person += 1.0
            company.speaks += 1
        elif _VERB_AFTER.match(after):
            company.person += 0.4
        elif (before[-2:] == ", " and after[:1] in ",.!?;" and lies_in(spoken, c.start)) or (
            before[-1:] in "\"“‘'" and after[:1] in ",!" and lies_in(spoken, c.start)
        ):
            company.person += 0.7
        company.person += READ * (c.verdict is _Verdict.NAME)
        company.place += READ * (c.verdict is _Verdict.OTHER)
        company.was_read |= c.verdict is not _Verdict.UNREAD
        if _THE_BEFORE.search(before) and c.verdict in (_Verdict.NAME, _Verdict.NOMINAL):
            company.person += READ * (c.verdict is _Verdict.NOMINAL)
        elif _THE_BEFORE.search(before):
            company.place += 1.0
        elif _PLACE_BEFORE.search(before) and not c.title:
            company.place += 0.35 if before.endswith((" to ", " of ", " from ", " on ", " upon ")) else 1.0
    # Evidence for a full name speaks for its parts, and the other way round.
    of_word: dict[str, float] = defaultdict(float)
    for key, company in seen.items():
        for word in key.removeprefix(_OF).split():
            of_word[word] += company.person
    return frozenset(key for key, company in seen.items() if _is_person(key, company, small, plain, of_word, borne, called))


def _is_common(key: str, small: Counter[str]) -> bool:
    """Whether a name is also a word that the book writes small."""
    return " " not in key and small[key] > 0


def _acts(string: str, candidate: _Candidate) -> bool:
    """Whether a verb of a person's doing follows: "Will laughed" at a sentence's start is a name, "Will you" is none."""
    return _VERB_AFTER.match(string, candidate.end) is not None or _SPEECH_AFTER.match(string, candidate.end) is not None


def _speaks(string: str, start: int, end: int) -> bool:
    """Whether a verb of speech stands beside a name."""
    return (
        _SPEECH_AFTER.match(string[end : end + 24]) is not None
        or _SPEECH_BEFORE.search(string[max(0, start - 24) : start]) is not None
    )


def _is_person(
    key: str,
    company: _Company,
    small: Counter[str],
    plain: Counter[str],
    of_word: Mapping[str, float],
    borne: Set[str],
    called: Set[str],
) -> bool:
    if key.startswith(_OF):
        return key.removeprefix(_OF) not in PLACES
    words = key.split()
    if (
        (words[-1] in PLACE_ENDINGS and len(words) > 1)
        or key in PLACES
        or any((w in CALENDAR or w in PEOPLES_AND_CREEDS) and w not in borne for w in words)
    ):
        return False
    if all(len(w) == 1 for w in words) and len(words) < 2:
        return False
    if len(words) == 1:
        if key in _EXCLAIMED or (_is_function(key) and not company.titled and key not in borne):
            return False
        if company.small >= max(FEW_SMALL, NAMED_SHARE * small[key]):
            return True
        common = plain if company.small < company.n else small
        if _is_common(key, common) and common[key] > SELDOM_SMALL * (common[key] + company.inside):
            # Will, Grace, Rose: a word as well as a name, if somebody so called does much
            return company.inside >= NAMESAKE and company.person >= max(NAMESAKE, 0.3 * company.inside)
        is_read = company.named >= FEW_SMALL or (company.surely and not small[key])
        if company.inside == 0 and company.person < ENOUGH_EVIDENCE and not is_read:
            return False
    if key in called:
        return True
    evidence = company.person
    if len(words) > 1:
        # "Elizabeth Bennet" is somebody if somebody is called Elizabeth or Bennet
        evidence += 0.5 * sum(min(of_word[w], 4.0) for w in words if len(w) > 1)
        if small[words[0]] > 5 and of_word[words[0]] < ENOUGH_EVIDENCE:
            return False
    is_named = company.named >= NAMED_SHARE * company.n > 0
    if evidence < ENOUGH_EVIDENCE and not is_named and not (company.n >= 3 and evidence >= 0.4 * company.n):
        return False
    if company.speaks >= max(OFTEN_SPEAKS, SPEAKS_SHARE * company.n) or _is_namesake_of_a_place(company):
        return True  # the Lamb, in whatever company: no place speaks
    return company.place <= (PLACE_SHARE if company.was_read else PLACE_SHARE_UNREAD) * evidence and evidence >= 0.12 * company.n


def _is_namesake_of_a_place(company: _Company) -> bool:
    """Whether somebody is called like a town: Dallas, who says something, and is mostly read as a person."""
    return company.speaks > 0 and company.named >= OFTEN_NAMED and company.named > company.others
