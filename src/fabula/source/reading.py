"""Read one file's bytes, whatever format they are in."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from fabula.errors import DamagedSourceError, EmptySourceError, UnsupportedFormatError
from fabula.records import BlockKind, Manuscript, Oddity
from fabula.source.archive import Archive
from fabula.source.decoding import decode
from fabula.source.detect import Format, detect_format
from fabula.source.docx import read_docx
from fabula.source.epub import read_epub
from fabula.source.licence import cut_licence
from fabula.source.markdown import read_markdown
from fabula.source.odt import read_flat_odt, read_odt
from fabula.source.plaintext import read_plaintext
from fabula.source.rtf import read_rtf
from fabula.source.webpage import page_of_mhtml, read_webpage

LARGEST = 300 * 2**20  # bytes; the longest novels are plain texts of 10 MB, and EPUBs with pictures of 100 MB


def read_data(data: bytes, path: Path, *, file: str = "") -> Manuscript:
    """The manuscript in the bytes of one file; `path` is what errors call it, `file` what anchors do (else its name).

    Raises a SourceError: of its kind for what is empty, unsupported, damaged or encrypted.
    """
    kind = detect_format(data, path)
    if kind is Format.ZIP:
        raise UnsupportedFormatError(path, "a ZIP archive", "unpack it, and give fabula the book or the folder inside")
    manuscript = cut_licence(_read(kind, data, path, file or path.name))
    if not any(block.kind is not BlockKind.BREAK and block.text.strip() for block in manuscript.blocks):
        raise EmptySourceError(path, "there is no prose in it")
    return manuscript


def _read(kind: Format, data: bytes, path: Path, file: str) -> Manuscript:
    sha256 = hashlib.sha256(data).hexdigest()
    if kind is Format.RTF:
        return read_rtf(data, file=file, sha256=sha256)
    if kind in (Format.EPUB, Format.DOCX, Format.ODT):
        archive = Archive(data, path)
        reader = {Format.EPUB: read_epub, Format.DOCX: read_docx, Format.ODT: read_odt}[kind]
        return reader(archive, sha256=sha256)
    if kind is Format.MHTML:
        page = page_of_mhtml(data)
        if page is None:
            raise DamagedSourceError(path, "there is no page in it", "save the page anew, as HTML")
        data = page
    text, oddities = decode(data, path)
    if kind is Format.FLAT_ODT:
        manuscript = read_flat_odt(text, path, sha256=sha256)
    elif kind in (Format.HTML, Format.MHTML):
        manuscript = read_webpage(text, file=file, sha256=sha256)
    elif kind is Format.MARKDOWN:
        manuscript = read_markdown(text, file=file, sha256=sha256)
    else:
        manuscript = read_plaintext(text, file=file, sha256=sha256)
    return _with_oddities(manuscript, oddities)


def _with_oddities(manuscript: Manuscript, oddities: tuple[Oddity, ...]) -> Manuscript:
    return replace(manuscript, oddities=(*oddities, *manuscript.oddities)) if oddities else manuscript
