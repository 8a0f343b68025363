"""Read files out of a ZIP archive without trusting it: nothing is extracted, and everything is bounded and counted."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from pathlib import Path
from urllib.parse import unquote

from fabula.errors import DamagedSourceError, EncryptedSourceError

TOTAL = 300 * 2**20  # bytes that all files read from one archive may have; the longest EPUBs with text only have 20 MB
RATIO = 200  # a file may grow this much; XML of the dullest kind grows 100 times
SMALL = 2**20  # bytes below which a ratio says nothing
ENTRIES = 20_000  # files in one archive
CHUNK = 2**16


class Archive:
    """The files of a ZIP archive by name. `read` counts the bytes that really come out, whatever the header claims."""

    def __init__(self, data: bytes, path: Path) -> None:
        self.path = path
        self._left = TOTAL
        self._cache: dict[str, bytes] = {}
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        # zipfile lets through what its parsing stumbles over; NotImplementedError is a feature of ZIP that it does not know
        except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise DamagedSourceError(path, "the archive is broken or cut off") from error
        infos = self._zip.infolist()
        if len(infos) > ENTRIES:
            raise DamagedSourceError(path, f"the archive holds more than {ENTRIES:,} files")
        self._infos = {info.filename: info for info in infos if not info.is_dir()}
        self._folded = {name.casefold(): name for name in self._infos}

    def names(self) -> tuple[str, ...]:
        """The names of all files, in the archive's order."""
        return tuple(self._infos)

    def find(self, name: str) -> str | None:
        """The name under which the archive has a file: as given, percent-decoded, or in other capitals; None if it has none."""
        for candidate in (name, unquote(name)):
            clean = posixpath.normpath(candidate).lstrip("/")
            if clean in self._infos:
                return clean
            if clean.casefold() in self._folded:
                return self._folded[clean.casefold()]
        return None

    def read(self, name: str) -> bytes:
        """The bytes of one file, by a name that `names` or `find` gave.

        Raises DamagedSourceError where it is broken or swells beyond measure, EncryptedSourceError where it asks for a password.
        """
        if name in self._cache:
            return self._cache[name]
        info = self._infos[name]
        if info.flag_bits & 0x1:
            raise EncryptedSourceError(self.path)
        ceiling = max(SMALL, RATIO * info.compress_size)
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    if size > min(ceiling, self._left):
                        raise DamagedSourceError(
                            self.path,
                            f"`{name}` in the archive swells to more than {size // 2**20:,} MB",
                            "it may be built to fill the memory; give another copy of the book",
                        )
                    pieces.append(piece)
        except NotImplementedError as error:  # a compression that zipfile does not know
            raise DamagedSourceError(self.path, f"`{name}` is packed in a way that is not supported") from error
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
            raise DamagedSourceError(self.path, f"`{name}` in the archive is broken") from error
        self._left -= size
        self._cache[name] = b"".join(pieces)
        return self._cache[name]

    def get(self, name: str) -> bytes | None:
        """The bytes of one file, or None if the archive has no such file."""
        found = self.find(name)
        return None if found is None else self.read(found)


def resolve(base: str, href: str) -> tuple[str, str]:
    """The path inside an archive, and the fragment, that `href` in the file `base` points to; it cannot leave the archive.

    >>> resolve("OEBPS/text/ch1.xhtml", "../notes.xhtml#n1")
    ('OEBPS/notes.xhtml', 'n1')
    """
    target, _, fragment = href.partition("#")
    if not target:
        return base, unquote(fragment)
    joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(base), unquote(target)))
    return joined.lstrip("/"), unquote(fragment)
