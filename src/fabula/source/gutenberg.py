"""Cut Project Gutenberg's header and licence from around a work, and read what the header says about it.

Forty years of files: starred lines ("*** START OF THE PROJECT GUTENBERG EBOOK"), the small print of the nineties
("*END*THE SMALL PRINT!"), headers without any mark, and single lines that somebody left in by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

START = re.compile(r"\*+\s*START(?: OF)?(?: THE| THIS)? PROJECT GUTENBERG|\*+\s*END\W*THE SMALL PRINT", re.IGNORECASE)
END = re.compile(
    r"\*+\s*END(?: OF)?(?: THE| THIS)? PROJECT GUTENBERG|(?:THE )?END OF (?:THE |THIS )?PROJECT GUTENBERG|\*+\s*END:? FULL LICENSE",
    re.IGNORECASE,
)
FIRST_LINE = re.compile(
    r"^\W*(?:the )?project gutenberg(?:['’]s)?(?: (?:e-?book|e-?text)s?)?,?(?: of)? (?P<title>.+?)"
    r"(?:,? by (?P<author>[^,]+(?:, [JS]r\.?)?))?[\W_]*$",
    re.IGNORECASE,
)
FIELD = re.compile(
    r"(Title|Author|Language|Translator|Editor|Illustrator|Release [Dd]ate|Posting Date|Original publication|Credits|Produced by)"
    r"\s*:\s*(.*)"
)
CREDIT = re.compile(
    r"\W*(?:produced|e-?text (?:was )?(?:prepared|produced)|this (?:e-?text|e-?book|file|html)|prepared|transcribed|scanned"
    r"|digiti[sz]ed|proofread|html version|typed|created|credits|note: (?:project gutenberg|images)"
    r"|an? project gutenberg|\[?transcriber(?:['’]s|s['’]) note)\b",
    re.IGNORECASE,
)
PREAMBLE = re.compile(
    r"gutenberg|\be-?texts?\b|\be-?books?\b|copyright|\bhttps?:|\bwww\.|\w@\w|character set|encoding:|release date|posting date"
    r"|^\W*(?:title|author|language):",
    re.IGNORECASE,
)
HEADER_LINES = 40  # lines after which a header without marks is over; the longest seen has 25
SMALL_PRINT = 300  # lines: at most this much stands between two start marks of one header
LANGUAGES = {
    "english": "en", "french": "fr", "german": "de", "spanish": "es", "italian": "it", "dutch": "nl", "portuguese": "pt",
    "finnish": "fi", "swedish": "sv", "danish": "da", "latin": "la", "greek": "el", "russian": "ru", "chinese": "zh",
}  # fmt: skip  # as Gutenberg's headers write them


class Work(NamedTuple):
    """What is left of a file: `stretches` are the indices of the lines that are not Gutenberg's."""

    stretches: tuple[range, ...]
    title: str = ""
    author: str = ""
    language: str = ""
    metadata: tuple[tuple[str, str], ...] = ()


def find_work(lines: Sequence[str]) -> Work:
    """Say which lines are the work, and what the header says of it; without any header, all lines and nothing.

    A file of several works, each with header and licence, gives a stretch for each.

        >>> find_work(["Title: Emma", "Author: Jane Austen", "", "Emma Woodhouse, handsome, clever, and rich"])[:3]
        ((range(2, 4),), 'Emma', 'Jane Austen')
    """
    stretches: list[range] = []
    begin, inside, first_start = 0, True, -1
    for i, line in enumerate(lines):
        if "utenberg" not in line and "UTENBERG" not in line and "SMALL PRINT" not in line:
            continue
        mark = line.strip()
        if START.match(mark):
            if inside and first_start >= 0 and i - begin > SMALL_PRINT:
                stretches.append(range(begin, i))
            first_start = first_start if first_start >= 0 else i
            begin, inside = _after_mark(lines, i), True
        elif END.match(mark) and inside:
            stretches.append(range(begin, i))
            inside = False
    if inside:
        stretches.append(range(begin, len(lines)))
    head = range(max(first_start, 0))
    if first_start < 0:
        begin = _skip_preamble(lines, stretches[0])
        head = range(stretches[0].start, begin)
        stretches[0] = range(begin, stretches[0].stop)
    thanks: list[str] = []
    if head or first_start >= 0:
        for n, stretch in enumerate(stretches):
            stretches[n] = _skip_credits(lines, stretch, thanks)
    title, author, language, metadata = _read_header([lines[i] for i in head])
    metadata.extend(("credits", said) for said in thanks)
    return Work(tuple(s for s in stretches if any(lines[i].strip() for i in s)), title, author, language, tuple(metadata))


def _after_mark(lines: Sequence[str], at: int) -> int:
    """The line after a starred one, whose title may run on to the next lines until the closing stars."""
    if "SMALL PRINT" in lines[at].upper() or lines[at].rstrip().endswith("*"):
        return at + 1
    for i in range(at + 1, min(at + 4, len(lines))):
        if not lines[i].strip():
            break
        if lines[i].rstrip().endswith("***"):
            return i + 1
    return at + 1


def _groups(lines: Sequence[str], stretch: range) -> Iterator[range]:
    """The runs of lines that are not blank."""
    begin: int | None = None
    for i in stretch:
        if lines[i].strip():
            begin = i if begin is None else begin
        elif begin is not None:
            yield range(begin, i)
            begin = None
    if begin is not None:
        yield range(begin, stretch.stop)


def _skip_preamble(lines: Sequence[str], stretch: range) -> int:
    """Where the work begins under a header without marks: one of Gutenberg's, or fields ("Title: ...") typed by hand."""
    begin, known = stretch.start, False
    for group in _groups(lines, stretch):
        fields = [i for i in group if FIELD.match(lines[i].strip())]
        if not known and not ((fields and fields[0] == group.start) or FIRST_LINE.match(lines[group.start])):
            break
        if fields and fields[0] == group.start and fields[-1] - group.start <= 2 * len(fields):
            begin = next((i for i in range(fields[-1] + 1, group.stop) if not lines[i][:1].isspace()), group.stop)
        elif len(group) > HEADER_LINES or not PREAMBLE.search(" ".join(lines[i] for i in group)):
            break
        else:
            # A line of Gutenberg's right above the prose: only the line goes.
            begin = group.stop if len(group) <= 12 and not _runs_into_prose(lines, group) else group.start + 1
        known = True
        if begin < group.stop:
            break
    return begin


def _runs_into_prose(lines: Sequence[str], group: range) -> bool:
    rest = " ".join(lines[i] for i in group[1:])
    return rest != "" and FIRST_LINE.match(lines[group.start]) is not None and not PREAMBLE.search(rest)


def _skip_credits(lines: Sequence[str], stretch: range, thanks: list[str]) -> range:
    """Without the lines that thank whoever typed and proof-read it."""
    begin = stretch.start
    for group in _groups(lines, stretch):
        said = " ".join(lines[i].strip() for i in group)
        if len(group) > HEADER_LINES or not (CREDIT.match(said) or "Distributed Proofread" in said):
            break
        if "ranscriber" not in said[:20]:
            thanks.append(said)
        elif not said.rstrip().endswith("]") and "[" in said[:2]:
            break
        begin = group.stop
    return range(begin, stretch.stop)


def _read_header(lines: Sequence[str]) -> tuple[str, str, str, list[tuple[str, str]]]:
    fields: dict[str, str] = {}
    name = ""
    for line in lines:
        if found := FIELD.match(line.strip()):
            name = found[1].lower()
            if name in fields:
                name = ""
                continue
            fields[name] = found[2].strip()
        elif name and line[:1].isspace() and line.strip():
            fields[name] = f"{fields[name]} {line.strip()}".strip()
        else:
            name = ""
    title, author = fields.pop("title", ""), fields.pop("author", "")
    if not title:
        for line in lines[:5]:
            if found := FIRST_LINE.match(line):
                title, author = found["title"].strip(), author or (found["author"] or "").strip()
                break
    language = fields.pop("language", "")
    return title, author, LANGUAGES.get(language.lower(), language), [(key, value) for key, value in fields.items() if value]
