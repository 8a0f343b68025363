"""Say what a file is by its content; its name only decides where content cannot: Markdown is plain text too."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import Path, PurePosixPath

from fabula.errors import EmptySourceError, EncryptedSourceError, UnsupportedFormatError
from fabula.source.decoding import BOMS, decode


class Format(StrEnum):
    EPUB = "epub"
    DOCX = "docx"
    ODT = "odt"
    FLAT_ODT = "flat odt"
    RTF = "rtf"
    MARKDOWN = "markdown"
    HTML = "html"
    MHTML = "mhtml"
    TEXT = "text"
    ZIP = "zip"


CALIBRE = "convert it to EPUB, for instance with Calibre (`ebook-convert BOOK book.epub`)"
OFFICE = "open it in LibreOffice or Word and save it as DOCX or ODT"
UNPACK = "unpack it, and give fabula the book or the folder inside"
NO_PROSE = "give a file that holds the prose of the story"
# (what a file begins with, what it is, what to do)
SIGNATURES = (
    (b"%PDF-", "a PDF file", "convert it, for instance with `pdftotext book.pdf` or Calibre, or export the manuscript as DOCX"),
    (b"TPZ", "an Amazon Topaz book", CALIBRE),
    (b"CONT\x02\x00", "an Amazon KFX book", CALIBRE),
    (b"AT&TFORM", "a DjVu file", "convert it to text, for instance with `djvutxt book.djvu book.txt`"),
    (b"ITOLITLS", "a Microsoft LIT book", CALIBRE),
    (b"ITSF", "a CHM help file", CALIBRE),
    (b"\xffWPC", "a WordPerfect document", OFFICE),
    (b"\x31\xbe\x00\x00", "a Windows Write document", OFFICE),
    (b"SQLite format 3\x00", "a database", "if it is a story file, `fabula show` opens it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"\x1f\x8b", "a gzip archive", UNPACK),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xfd7zXZ\x00", "an xz archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", UNPACK),
    (b"\x89PNG", "a picture", NO_PROSE),
    (b"\xff\xd8\xff", "a picture", NO_PROSE),
    (b"GIF8", "a picture", NO_PROSE),
    (b"RIFF", "a picture, sound or film", NO_PROSE),
    (b"ID3", "a sound file", NO_PROSE),
    (b"OggS", "a sound file", NO_PROSE),
    (b"fLaC", "a sound file", NO_PROSE),
    (b"\x7fELF", "a program", NO_PROSE),
    (b"MZ\x90", "a program", NO_PROSE),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOBI = (b"BOOKMOBI", b"TEXtREAd")
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
HEAD = 8192  # bytes that are looked at
BINARY_SHARE = 0.02  # of control characters and bytes that are none; text has tabs, line ends and form feeds only
CONTROLS = frozenset(map(chr, set(range(32)) - {9, 10, 11, 12, 13, 26, 27})) | {"\ufffd"}
HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"(?:<!doctype\s+html|<(?:html|head|body|title|meta|link|style|script|article|main|section|div|h[1-6]|p|center|a|b|i|font|span"
    r"|br|hr|table|pre|blockquote|header|nav)\b)",
    re.IGNORECASE | re.DOTALL,
)
HTML_TAGS = re.compile(r"</(?:p|div|h[1-6]|body|html|head|title)>|<br\s*/?>", re.IGNORECASE)
XML_ROOT = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!doctype[^>]*>\s*|<\?[^>]*>\s*)*<([\w:.-]+)", re.IGNORECASE | re.DOTALL
)
XML_KINDS = {
    "FictionBook": ("a FictionBook (FB2)", CALIBRE),
    "w:wordDocument": ("a Word XML document", OFFICE),
    "pkg:package": ("a Word XML document", OFFICE),
    "TEI": ("a TEI document", "convert it to HTML or plain text"),
    "svg": ("a picture", NO_PROSE),
    "ncx": ("a part of an EPUB", "give the whole EPUB"),
    "package": ("a part of an EPUB", "give the whole EPUB"),
}
MARKDOWN_NAMES = frozenset((".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn"))
GUTENBERG = re.compile(r"\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG")
FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:[\w-]+:.*\r?\n){1,40}?(?:---|\.\.\.)[ \t]*\r?\n")
ATX = re.compile(r"#{1,6} +[^\s#]")


def detect_format(data: bytes, path: Path) -> Format:
    """The format of a file's bytes.

    Raises EmptySourceError, UnsupportedFormatError with what to do instead, EncryptedSourceError for what a password closes.

        >>> detect_format(b"{\\\\rtf1 Hello}", Path("letter.doc"))
        <Format.RTF: 'rtf'>
    """
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise EmptySourceError(path)
    _refuse_known(data, path)
    if data.startswith(ZIP):
        return _detect_zip(data, path)
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return Format.RTF
    marked = any(data.startswith(bom) for bom, _ in BOMS)
    head = decode(data[: HEAD - HEAD % 4], path)[0].lstrip("\ufeff")
    if not marked and _is_binary(head):
        raise UnsupportedFormatError(path, "binary data")
    return _detect_text(head, data, path)


def _refuse_known(data: bytes, path: Path) -> None:
    for signature, seen, hint in SIGNATURES:
        if data.startswith(signature):
            raise UnsupportedFormatError(path, seen, hint)
    if b"%PDF-" in data[:1024]:
        raise UnsupportedFormatError(path, *SIGNATURES[0][1:])
    if data[60:68] in MOBI:
        raise UnsupportedFormatError(path, "a Kindle book (MOBI or AZW)", CALIBRE)
    if data.startswith(b"\xeaDRMION\xee"):
        raise EncryptedSourceError(path)
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedSourceError(path)
        raise UnsupportedFormatError(path, "an old Word document (DOC)", OFFICE)
    if data[4:8] == b"ftyp":
        raise UnsupportedFormatError(path, "a sound file or film", NO_PROSE)


def _detect_zip(data: bytes, path: Path) -> Format:
    """Which of the formats that are ZIP archives; a broken one is called a ZIP, and its reader says what is wrong."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            declared = b""
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    declared = stream.read(200).strip()
    except Exception:  # noqa: BLE001  # zipfile raises whatever a broken archive makes it stumble over
        return Format.EPUB if b"META-INF/container.xml" in data[:HEAD] else Format.ZIP
    known = set(names)
    if declared == b"application/epub+zip" or "META-INF/container.xml" in known:
        return Format.EPUB
    if declared.startswith(b"application/vnd.oasis.opendocument."):
        if declared.startswith(b"application/vnd.oasis.opendocument.text"):
            return Format.ODT
        raise UnsupportedFormatError(path, "an OpenDocument file, but no text", OFFICE)
    if "[Content_Types].xml" in known:
        if any(name.startswith("word/") for name in names):
            return Format.DOCX
        if any(name.startswith(("xl/", "ppt/")) for name in names):
            raise UnsupportedFormatError(path, "a spreadsheet or a presentation", NO_PROSE)
    if "content.xml" in known and "META-INF/manifest.xml" in known:
        return Format.ODT
    if any(name.endswith(".iwa") for name in names):
        raise UnsupportedFormatError(path, "an Apple Pages document", "export it from Pages as EPUB or Word")
    if "[Content_Types].xml" in known:
        return Format.DOCX
    if any(PurePosixPath(name).suffix.lower() == ".opf" for name in names):
        return Format.EPUB
    return Format.ZIP


def _is_binary(text: str) -> bool:
    """Whether what was decoded holds what no text holds; UTF-16 without a mark has lost its zeros by then."""
    return "\0" in text or sum(character in CONTROLS for character in text) > BINARY_SHARE * len(text)


def _detect_text(head: str, data: bytes, path: Path) -> Format:
    root = XML_ROOT.match(head)
    if root is not None:
        name = root[1]
        if name in XML_KINDS:
            raise UnsupportedFormatError(path, *XML_KINDS[name])
        if name.startswith("office:document"):
            return Format.FLAT_ODT
    if HTML_START.match(head) and (HTML_TAGS.search(head) or "<html" in head.lower()):
        return Format.HTML
    if head.startswith(("From: <Saved by", "MIME-Version:", "Snapshot-Content-Location:")) and "multipart/related" in head:
        return Format.MHTML
    if path.suffix.lower() in MARKDOWN_NAMES and not GUTENBERG.search(decode(data[:65536], path)[0]):
        return Format.MARKDOWN
    if path.suffix.lower() not in (".txt", ".text") and FRONT_MATTER.match(head):
        return Format.MARKDOWN
    text = head if len(data) <= HEAD else decode(data[:262_144], path)[0]
    if not GUTENBERG.search(text) and _looks_like_markdown(text):
        return Format.MARKDOWN
    return Format.TEXT


def _looks_like_markdown(text: str) -> bool:
    """Whether a text has headings of Markdown between blank lines: two of them, or one as its first line."""
    lines = text.split("\n")
    found = 0
    for at, line in enumerate(lines):
        if line.startswith("#") and ATX.match(line) and len(line) < 200:
            above = at == 0 or not lines[at - 1].strip()
            below = at + 1 == len(lines) or not lines[at + 1].strip()
            found += above and below
            if above and below and not any(one.strip() for one in lines[:at]):
                return True
    return found >= 2
