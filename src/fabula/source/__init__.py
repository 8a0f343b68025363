"""From a file or a folder to a manuscript: blocks of prose, with titles and asides, whatever the format.

`read_manuscript` is all that the rest of the program needs. The content decides the format, never the name.
"""

from __future__ import annotations

from pathlib import Path

from fabula.errors import DamagedSourceError, SourceMissingError
from fabula.records import Manuscript
from fabula.source.detect import Format, detect_format
from fabula.source.folder import read_folder, read_zip
from fabula.source.reading import LARGEST, read_data
from fabula.source.scrivener import find_binder, read_scrivener

__all__ = ["read_manuscript"]


def read_manuscript(path: Path) -> Manuscript:
    """The story in a file (EPUB, DOCX, ODT, RTF, HTML, Markdown, plain text), in a folder or ZIP of them, or a Scrivener project.

    Raises a SourceError that says what was seen and what to do: SourceMissingError, EmptySourceError,
    UnsupportedFormatError, DamagedSourceError, EncryptedSourceError. Nothing is written or unpacked anywhere.
    """
    try:
        if path.is_dir():
            binder = find_binder(path)
            return read_folder(path) if binder is None else read_scrivener(path, binder)
        if not path.exists():
            raise SourceMissingError(path)
        if not path.is_file():
            raise SourceMissingError(path, "it is neither a file nor a folder")
        if path.stat().st_size > LARGEST:
            raise DamagedSourceError(path, f"it has more than {LARGEST // 2**20} MB", "give the file of one story")
        data = path.read_bytes()
    except PermissionError as error:
        raise SourceMissingError(path, "you are not allowed to read it") from error
    except (OSError, ValueError) as error:
        raise SourceMissingError(path, getattr(error, "strerror", None) or "it cannot be opened") from error
    if path.suffix == ".scrivx":
        return read_scrivener(path.parent, path)
    if detect_format(data, path) is Format.ZIP:
        return read_zip(data, path)
    return read_data(data, path)
