"""Who speaks, told by less than a cue: the one who acts beside the words, the only woman around where "she" speaks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from fabula.records import Gender
from training.speakers.books import NAME, BookMention, BookQuote, SpokenBook

NAMES_BEFORE, NAMES_AFTER = 12, 4  # around a pronoun: all must have a gender, and one person its own
REACH = 250  # words before a pronoun that are looked at, a third of that after it
LONGEST_BEAT = 30  # words of narration in a quotation's paragraph that may be one person's doing
_SUBJECTS = {"he": Gender.MALE, "she": Gender.FEMALE}
_NO_VERBS = frozenset("'s ’s ' ’ , . ; : and or ! ? -- — of".split())


def pronoun_cue(book: SpokenBook, quote: BookQuote) -> int | None:
    """The he or she right behind a part of a quotation that a verb of speech gives it to; its word."""
    if not quote.pronoun_cue:
        return None
    for _, end in quote.parts:
        for word in range(end, min(end + 2, len(book.words))):
            if book.words[word].lower() in _SUBJECTS:
                return word
    return None


def find_only_one(book: SpokenBook, pronoun: int) -> int | None:
    """The only person of a pronoun's gender among the names around it; None where another name's gender is not known."""
    wanted = _SUBJECTS[book.words[pronoun].lower()]
    at = bisect_left(book.mentions, pronoun, key=lambda m: m.start)
    before = [m for m in book.mentions[max(0, at - 60) : at] if m.kind == NAME and m.start > pronoun - REACH][-NAMES_BEFORE:]
    after = [m for m in book.mentions[at : at + 30] if m.kind == NAME and m.start < pronoun + REACH // 3][:NAMES_AFTER]
    people = {(m.person, m.gender) for m in (*before, *after)}
    fitting = {person for person, gender in people if gender is wanted}
    if len(fitting) != 1 or any(gender is Gender.UNKNOWN for _, gender in people):
        return None
    return next(iter(fitting))


def find_beat(book: SpokenBook, quote: BookQuote) -> int | None:
    """Who acts beside a quotation: “So,” and Tom rose; or the one whom alone the paragraph's narration names, at its start."""
    if quote.pronoun_cue or quote.cue is not None:
        return None
    first, last = quote.parts[0][0], quote.parts[-1][1]
    if last + 2 < len(book.words) and book.words[last].lower() == "and" and "," in book.words[max(0, last - 2) : last]:
        mention = _name_at(book, last + 1)
        return mention.person if mention is not None and _acts(book, mention) else None
    start = book.paragraphs[quote.paragraph]
    end = book.paragraphs[quote.paragraph + 1] if quote.paragraph + 1 < len(book.paragraphs) else len(book.words)
    if end - start - sum(b - a for a, b in quote.parts) > LONGEST_BEAT:
        return None
    opening = _name_at(book, start if start < first else last)
    if opening is None or opening.start >= end or not _acts(book, opening):
        return None
    named = _names_in(book, start, end)
    outside = [m for m in named if not any(a <= m.start < b for a, b in quote.parts)]
    others = {m.person for m in outside} - {opening.person}
    marks = sum(word in '“”"' for word in book.words[start:end])
    alone = marks <= 2 * sum(a >= start for a, _ in quote.parts)  # no other quotation in the paragraph
    return opening.person if not others and alone else None


def _name_at(book: SpokenBook, word: int) -> BookMention | None:
    at = bisect_left(book.mentions, word, key=lambda m: m.start)
    found = at < len(book.mentions) and book.mentions[at].start == word and book.mentions[at].kind == NAME
    return book.mentions[at] if found else None


def _names_in(book: SpokenBook, start: int, end: int) -> list[BookMention]:
    first = bisect_left(book.mentions, start, key=lambda m: m.start)
    return [m for m in book.mentions[first : bisect_right(book.mentions, end - 1, key=lambda m: m.start)] if m.kind == NAME]


def _acts(book: SpokenBook, mention: BookMention) -> bool:
    """Whether what follows a name may be its verb."""
    return mention.end < len(book.words) and book.words[mention.end] not in _NO_VERBS
