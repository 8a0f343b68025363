"""Write a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from fabula.errors import SaveError


def write_whole(path: Path, content: bytes, *, hint: str = "choose another place with `-o FILE`") -> None:
    """Put `content` into a file: what was there before is replaced at once when all is written, and kept where that fails.

    A link is followed; a device (`/dev/null`) is written to. hint: what to do where it cannot be written. Raises SaveError.
    """
    if path.is_dir():
        raise SaveError(path, "it is a folder", f"name a file in it: `-o {path / 'story.json'}`" if "-o" in hint else hint)
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        _replace(path.resolve(), content)
    except OSError as error:
        raise SaveError(path, error.strerror.lower() if error.strerror else str(error), hint) from error


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if os.name == "posix":
            temporary.chmod(_mode_for(path))
        temporary.replace(path)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _mode_for(path: Path) -> int:
    """The permissions of the file that is replaced, or those that a new one gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
