"""Turn a file's bytes into text: which encoding it is in, and what was broken on the way.

In this order: a byte order mark, what the file declares (HTML, XML), strict UTF-8, UTF-8 with a few foreign bytes, strict
Windows-1252, and only then a guess by charset-normalizer, which takes Windows-1252 for its neighbours.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

import ftfy
from charset_normalizer import from_bytes
from ftfy.fixes import fix_c1_controls

from fabula.records import Oddity

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
HEAD = 4096  # bytes in which a file declares its encoding
SAMPLE = 1_000_000  # bytes that the guess looks at
SEGMENT = 100_000  # code points that ftfy is given at once, so that a book of one line stays quick
DECLARED = re.compile(
    rb"""^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)|<meta[^>]+?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
# U+DC80 to U+DCFF are what `surrogateescape` makes of bytes that are no UTF-8.
FOREIGN = re.compile("[\udc80-\udcff]")
FOREIGN_AS_CP1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
# Two of these together are what UTF-8 looks like when it was read as a single-byte encoding ("â€™", "Ã©").
SUSPECT = re.compile(
    "[ÂÃÄÅÆÇÈÉÊËÌÍÎÏÐâãäåðïРС][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122 ]"
)
CONTROL_1 = re.compile("[\u0080-\u009f]")
MAC_APOSTROPHE = re.compile(rb"[A-Za-z]\xd5[a-z]")
# Everything but mojibake is left alone: ligatures, wide letters, curly quotes and line ends are the book's own.
MOJIBAKE_ONLY = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_encoding=True,
    replace_lossy_sequences=False,
    fix_c1_controls=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)


def decode(data: bytes, path: Path) -> tuple[str, tuple[Oddity, ...]]:
    """Give the text of a file, its line ends as they are, and an oddity for whatever was guessed or repaired.

    Never fails: bytes that no encoding explains become U+FFFD, and an oddity says so.

        >>> decode(b"\\x93Don\\x92t,\\x94 said Tom.", Path("tom.txt"))[0]
        '“Don’t,” said Tom.'
        >>> decode("Itâ€™s cafÃ© time.".encode(), Path("cafe.txt"))[0]
        'It’s café time.'
    """
    text, guessed = _decoded(data, path)
    repaired, mended = _without_mojibake(text)
    return repaired, (*guessed, *mended)


def _decoded(data: bytes, path: Path) -> tuple[str, tuple[Oddity, ...]]:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(encoding, "replace")
            return text, (_oddity(f"`{path.name}` holds bytes that are no {encoding}") if "\ufffd" in text else ())
    if wide := _wide_encoding(data):
        return data.decode(wide, "replace"), _oddity(f"`{path.name}` was read as {wide}, without a byte order mark")
    declared = _declared_encoding(data)
    if declared and declared != "utf-8":
        # Converters re-encode a page and leave its declaration: what is valid UTF-8 beyond ASCII is UTF-8.
        actual = "utf-8" if not data.isascii() and _strictly(data, "utf-8") is not None else declared
        text_or_none = _strictly(data, actual)
        if text_or_none is not None:
            return text_or_none, (() if actual == declared else _oddity(f"`{path.name}` says that it is {declared}, but is UTF-8"))
    if (text_or_none := _strictly(data, "utf-8")) is not None:
        return text_or_none, ()
    escaped = data.decode("utf-8", "surrogateescape")
    n_foreign = len(FOREIGN.findall(escaped))
    if n_foreign < len(data) - len(escaped):  # each letter beyond ASCII takes at least one byte more than it is code points
        return escaped.translate(FOREIGN_AS_CP1252), _oddity(
            f"`{path.name}` is UTF-8 with {n_foreign} bytes that are not; they were read as Windows-1252"
        )
    # "don\xd5t" is an apostrophe in the old Macintosh's encoding; in Windows-1252 it would be "donÕt".
    guess = "mac_roman" if MAC_APOSTROPHE.search(data) else "cp1252"
    if (text_or_none := _strictly(data, guess)) is not None:
        return text_or_none, _oddity(f"`{path.name}` is not UTF-8; it was read as {guess}")
    return _guessed(data, path)


def _guessed(data: bytes, path: Path) -> tuple[str, tuple[Oddity, ...]]:
    first = next(re.finditer(rb"[\x80-\xff]", data)).start()
    start = max(0, first - SAMPLE // 2)
    best = from_bytes(data[start : start + SAMPLE]).best()
    encoding = best.encoding if best is not None else "cp1252"
    return data.decode(encoding, "replace"), _oddity(f"`{path.name}` is in an unknown encoding; it was read as {encoding}")


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: in English every other byte is zero."""
    head = data[:HEAD]
    half = len(head) // 2
    if half < 2:
        return None
    if head[1::2].count(0) > 0.7 * half and head[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _declared_encoding(data: bytes) -> str | None:
    """The encoding that an HTML or XML file claims, by Python's name; Latin-1 is Windows-1252 there, as in every browser."""
    if not data.lstrip().startswith(b"<"):
        return None
    match = DECLARED.search(data[:HEAD])
    if match is None:
        return None
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii")).name
    except LookupError:
        return None
    if name.startswith(("utf-16", "utf-32")):
        return None  # it was read as ASCII a moment ago, so it is not that
    return {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)


def _without_mojibake(text: str) -> tuple[str, tuple[Oddity, ...]]:
    if not SUSPECT.search(text) and not CONTROL_1.search(text):
        return text, ()
    pieces: list[str] = []
    n_repaired = 0
    for line in text.split("\n"):
        if SUSPECT.search(line) or CONTROL_1.search(line):
            repaired = "".join(_repaired(line[at : at + SEGMENT]) for at in range(0, len(line), SEGMENT))
            n_repaired += repaired != line
            pieces.append(repaired)
        else:
            pieces.append(line)
    if not n_repaired:
        return text, ()
    return "\n".join(pieces), (Oddity("mojibake", f"characters garbled by a wrong encoding were repaired in {n_repaired} lines"),)


def _repaired(line: str) -> str:
    return fix_c1_controls(ftfy.fix_encoding_and_explain(line, MOJIBAKE_ONLY).text)


def _oddity(message: str) -> tuple[Oddity, ...]:
    return (Oddity("encoding", message),)
