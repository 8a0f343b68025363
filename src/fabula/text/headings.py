"""Read one line as the heading of a part, a chapter or a section: what it would say if it were one.

Nothing here decides that a line *is* a heading: "I" may be a numeral or a man. `fabula.text.chapters` does, from all of them.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

from fabula.lexicons.divisions import BACK, CHAPTERS, CONTENTS, FRONT, PARTS, PREFACES, SHORT_FORMS, STORY
from fabula.lexicons.numerals import NUMBER_WORDS, read_number

LONGEST_SMALL = 3  # letters of a word that a title may have without a capital
OF_TITLE = 0.9  # of the others, that have one
LONGEST = 320  # code points; the longest heading seen (Tom Jones, XVIII.13) has 290 with its title


class Level(IntEnum):
    PART = 1
    CHAPTER = 2
    STORY = 3  # prologue, epilogue, interlude
    NUMERAL = 4
    MARKUP = 5  # a heading of the source that has no number


class Sign(NamedTuple):
    """What a heading says. family: the signs that are numbered together. number: 0 if it has none. title: what follows it."""

    level: Level
    family: str
    number: int
    title: str = ""


_word = "|".join(sorted(map(re.escape, NUMBER_WORDS), key=len, reverse=True))
NUMBER = rf"(?:(?:\w+\.)?\d+(?:\.\d+)*(?:st|nd|rd|th)?|[ivxlcdm]+|{_word})(?![\w'’])"
KEYWORDS = "|".join(sorted(PARTS + CHAPTERS, key=len, reverse=True))
KEYWORD_NUMBER = re.compile(
    rf"(?P<key>{KEYWORDS})\b\.?\s*(?:no\.?\s*|number\s+|the\s+)?[#—–-]?\s*(?P<number>{NUMBER})(?P<gap>[\s.:,;)\]—–-]*)(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
NUMBER_KEYWORD = re.compile(
    rf"(?:the\s+)?(?P<number>(?:{_word}|\d+(?:st|nd|rd|th)|last))\s+(?P<key>{KEYWORDS})\b(?P<gap>[\s.:,;)\]—–-]*)(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
KEYWORD_LAST = re.compile(
    rf"(?P<key>{KEYWORDS})\s+(?:the\s+)?(?P<number>last|final)(?![\w'’])(?P<gap>[\s.:,;)\]—–-]*)(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
KEYWORD_TITLE = re.compile(r"(?P<key>chapter|letter|part|book)\s?[.:—–-]+\s*(?P<title>\S.*)", re.IGNORECASE | re.DOTALL)
KEYWORD_UNREADABLE = re.compile(r"(?P<key>chapter|chap\.|letter)(?:\s+(?P<number>[\w.]{1,8}))?\s*[.:]?", re.IGNORECASE)
AND_LAST = re.compile(r"\s*[(,—–-]*\s*(?:and|the) last\b[).:\s—–-]*", re.IGNORECASE)
NUMERAL = re.compile(rf"(?P<left>[^\w\s\"“‘'’”.]*)\s*(?P<number>{NUMBER})\s*(?P<right>[^\w\s\"“‘'’”]*)", re.IGNORECASE)
NUMERAL_TITLE = re.compile(
    r"(?P<number>\d{1,3}|[IVXLCDM]+|[ivxl]+)(?P<gap>\s?[.:)]\s?[—–-]*\s*|\s*[—–-]+\s*|\s+)(?P<title>\S.*)", re.DOTALL
)
WORD_TITLE = re.compile(rf"(?P<number>{_word})(?P<gap>\s?[.:]\s*[—–-]*\s*|\s*[—–-]+\s*)(?P<title>\S.*)", re.IGNORECASE | re.DOTALL)
_story = "|".join(sorted(map(re.escape, STORY), key=len, reverse=True))
STORY_NAME = re.compile(
    rf"[\W_]*(?:the\s+)?(?P<key>{_story})\b\s*(?P<number>{NUMBER})?(?P<gap>[\s.:—–-]*)(?P<title>.*)", re.IGNORECASE | re.DOTALL
)
ABBREVIATED = re.compile(r"(?:\.|\b(?:Esq|etc|&c|[A-Z]))\.$")
RUN_IN = re.compile(r"[.)]\s?(?:--|—)\s?\S.{40}")  # "BOOK I. (Folio), CHAPTER I. (Sperm Whale).--This whale, among the English"
FIRST_WORD = re.compile(r"[\W_]*([^\W_]+)")
ROMAN_LETTERS = set("ivxlcdm")
# Nearly every line is none: its first word says so.
BEGINNINGS = {"the", "l", "entr", "last", *PARTS, *CHAPTERS, *STORY, *(re.split(r"\W", word)[0] for word in NUMBER_WORDS)}
SENTENCE_END = re.compile(r"[.!?]['\"”’]?\s+[A-Z“\"‘]")


def read_heading(text: str) -> Sign | None:
    """What `text` says as a heading; None if it is none of the known forms. `text` is one line, or several joined.

    >>> read_heading("CHAPTER XI (AND LAST). THE LAST WISH")
    Sign(level=<Level.CHAPTER: 2>, family='chapter', number=11, title='THE LAST WISH')
    >>> read_heading("Phase the Second: Maiden No More").number, read_heading("— II —").family
    (2, 'roman')
    >>> print(read_heading("Chapter two was worse than chapter one."))
    None
    """
    first = FIRST_WORD.match(text)
    if not first or len(text) > LONGEST:
        return None
    word = first[1].lower()
    if word not in BEGINNINGS and not word[0].isdigit() and not set(word) <= ROMAN_LETTERS:
        return None
    text = " ".join(text.split())
    for read in (_read_keyword, _read_story_name, _read_numeral, _read_titled_numeral):
        if sign := read(text):
            return sign
    return None


def _read_keyword(text: str) -> Sign | None:
    bare = text.strip("*_=-—–~[]()| ") or text
    for pattern in (KEYWORD_NUMBER, NUMBER_KEYWORD, KEYWORD_LAST):
        found = pattern.match(bare)
        if not found:
            continue
        title = found["title"]
        if last := AND_LAST.match((found["gap"] + title) if title else ""):
            title = (found["gap"] + title)[last.end() :]
        if title and not _is_title(title, found["gap"]):
            continue
        if title and pattern is NUMBER_KEYWORD and not found["gap"].strip():
            continue  # "First day of the hunt"
        number = read_number(found["number"]) or 0
        if number == 0 and found["number"].lower() not in ("last", "final", "0"):
            continue
        if found["key"].islower() and found["key"] not in ("chapter", "part", "letter"):
            continue  # "scene 2", "day one" in running text
        return _sign(found["key"], number, title)
    if (found := KEYWORD_TITLE.match(bare)) and _is_title(found["title"], ".") and len(bare) < 120:
        return _sign(found["key"], 0, found["title"])
    if (found := KEYWORD_UNREADABLE.fullmatch(bare)) and found["key"][0].isupper():
        said = found["number"] or ""
        # Misread figures ("XI1", "l"): a number is expected, but any short word would do for a name ("Letter home").
        if not said or any(c.isdigit() for c in said) or re.fullmatch(r"[IVXLCivxlcTUHl1.]+", said):
            return _sign(found["key"], 0, "")
    return None


def _sign(keyword: str, number: int, title: str) -> Sign:
    key = keyword.lower().rstrip(".")
    key = SHORT_FORMS.get(key, key)
    return Sign(Level.PART if key in PARTS else Level.CHAPTER, key, number, clean_title(title))


def _is_title(title: str, gap: str) -> bool:
    """Whether what follows a number is a title and not the rest of a sentence."""
    first = title.lstrip("\"“‘'([«_*")[:1]
    if not first or not (first.isupper() or first.isdigit()) or RUN_IN.search(title):
        return False
    if gap.strip(" "):
        return True
    # Without a mark between: capitals, or no sentence.
    return is_capitals(title) or (title[-1] not in '.!?,;"”' and len(title) < 100)


def _read_story_name(text: str) -> Sign | None:
    found = STORY_NAME.match(text)
    if not found:
        return None
    key, title = found["key"].lower(), found["title"].strip("*_=-—–~[]()| .")
    if key == "conclusion" and title:
        return None
    if title and (not found["gap"].strip() or not _is_title(title, found["gap"]) or SENTENCE_END.search(title) or len(title) > 100):
        return None
    if not found["key"][0].isupper():
        return None
    return Sign(Level.STORY, key, read_number(found["number"]) or 0 if found["number"] else 0, clean_title(title))


def _read_numeral(text: str) -> Sign | None:
    if len(text) > 24:
        return None
    found = NUMERAL.fullmatch(text)
    number = read_number(found["number"]) if found else None
    if not found or not number or found["number"].lower() in ("a hundred", "mild"):
        return None
    said = found["number"]
    kind = "arabic" if said[0].isdigit() else "word" if said.lower() in NUMBER_WORDS else "roman"
    if kind == "arabic" and not said.isdigit():
        return None
    if kind == "word" and not said[0].isupper():
        return None
    if kind == "roman" and not (said.isupper() or said.islower()):
        return None
    marks = "".join(sorted(set((found["left"] + found["right"]).replace(".", "")) - set("—–-_*~=")))
    return Sign(Level.NUMERAL, kind + marks, number)


def _read_titled_numeral(text: str) -> Sign | None:
    if len(text) > 160:
        return None
    found = NUMERAL_TITLE.match(text) or WORD_TITLE.match(text)
    if not found or not _is_title(found["title"], found["gap"]) or found["title"][-1] in ",;:":
        return None
    number = read_number(found["number"])
    if not number:
        return None
    said = found["number"]
    kind = "arabic" if said[0].isdigit() else "word" if said.lower() in NUMBER_WORDS else "roman"
    if SENTENCE_END.search(found["title"]) and not is_capitals(found["title"]) and len(found["title"]) > 80:
        return None
    return Sign(Level.NUMERAL, f"{kind} titled", number, clean_title(found["title"]))


def clean_title(title: str) -> str:
    """A title without the stop that ends it, unless it is of several sentences or ends in an abbreviation."""
    title = title.strip().strip("*_=~|").strip()
    if title.endswith(".") and ". " not in title and not ABBREVIATED.search(title):
        title = title[:-1].rstrip()
    return title


def is_title_case(text: str) -> bool:
    """Whether the words of a line have capitals as those of a title do, all but the small ones.

    >>> [is_title_case(t) for t in ("Drive Out in Carriages to See a View", "When Mr. Emerson and Miss Lavish had gone")]
    [True, False]
    """
    words = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > LONGEST_SMALL]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= OF_TITLE * len(words)


def is_capitals(text: str) -> bool:
    """Whether a line is printed in capitals; one that only begins so ("EVELINA TO MR. VILLARS Queen Ann Street") counts.

    >>> [is_capitals(t) for t in ("THE MARKET-PLACE", "DR. SEWARD'S DIARY--continued", "MR. UTTERSON the lawyer was", "A")]
    [True, True, False, False]
    """
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 2:
        return False
    upper = sum(map(str.isupper, letters))
    if upper == len(letters):
        return True
    words = text.split()
    return upper >= 0.55 * len(letters) and len(words) > 1 and words[0].isupper() and words[1].upper() == words[1]


def name_of_matter(text: str) -> str:
    """The name of front or back matter that `text` is the heading of, in lower case; "" if it is none.

    >>> name_of_matter("THE PREFACE."), name_of_matter("PREFACE TO THE BIOGRAPHICAL EDITION"), name_of_matter("Notes were passed")
    ('preface', 'preface', '')
    """
    if len(text) > 90:
        return ""
    bare = " ".join(text.lower().replace("’", "'").split()).strip("*_=-—–~[]()| .:")
    bare = bare.removeprefix("the ")
    for names in (PREFACES, FRONT, BACK):
        if bare in names:
            return bare
    head = re.split(r"\s*[.:—]\s*|\s+to the \w+ edition|\s+(?:[ivx]+|[a-d]|\d)$", bare, maxsplit=1)[0].strip()
    titled = text[:1].isupper() and (text.isupper() or not text.rstrip().endswith((".", "!", "?", "”", '"')))
    if head != bare and titled and (head in PREFACES or head in BACK or head in FRONT):
        return head
    return ""


def is_contents(name: str) -> bool:
    return name in CONTENTS
