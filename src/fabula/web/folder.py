"""The explorer as a folder of files that a browser opens from disk, without a server.

A page that comes from disk may load scripts and nothing else. So every answer is a script that hands it over, and `index.html`
tells the front end so.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from fabula import Story, StoryView
from fabula.errors import NotReadError, SaveError
from fabula.web.front import INDEX, require_front
from fabula.web.lens import Lens
from fabula.web.people import describe_cast, describe_person
from fabula.web.reading import describe_chapter, describe_story
from fabula.web.speaking import describe_quotes, describe_script, describe_voices

DATA = "data"
_SERVED = '<meta name="fabula-source" content="server"'
_ON_DISK = '<meta name="fabula-source" content="disk"'
_OURS = {INDEX, "assets", DATA}  # what lies in such a folder
_HINT = "choose another place with `-o DIR`"


def write_folder(story: Story, view: StoryView, folder: Path) -> int:
    """Write the pages of a view into a folder, all of them or none. Returns how many files there are.

    An earlier export in its place is replaced. Raises NoFrontEndError; NotReadError where nobody has looked for the people;
    SaveError where anything else stands there, or it cannot be written.
    """
    if "cast" not in view.layers:
        raise NotReadError("people")
    front = require_front()
    target = Path(os.path.realpath(folder))
    _require_place(folder, target)
    try:
        temporary = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent))
    except OSError as error:
        raise _save_error(folder, error) from error
    try:
        n_files = _fill(temporary, front, Lens(story, view))
        _put_in_place(temporary, target)
    except OSError as error:
        raise _save_error(folder, error) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return n_files


def _require_place(folder: Path, target: Path) -> None:
    """Raise SaveError where something stands that is no export of ours."""
    if target.exists() and not target.is_dir():
        raise SaveError(folder, "there is a file of that name", _HINT)
    if not target.parent.is_dir():
        raise SaveError(folder, "there is no such folder to put it in", _HINT)
    if target.is_dir() and not is_export(target):
        raise SaveError(folder, "it holds something else than an export of fabula", _HINT)


def is_export(folder: Path) -> bool:
    """Whether a folder is empty, or holds an export and nothing else."""
    names = {path.name for path in folder.iterdir()}
    if not names:
        return True
    if names != _OURS:
        return False
    try:
        return _ON_DISK in (folder / INDEX).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def _fill(folder: Path, front: Path, lens: Lens) -> int:
    shutil.copytree(front, folder, dirs_exist_ok=True)
    page = (front / INDEX).read_text(encoding="utf-8")
    (folder / INDEX).write_text(page.replace(_SERVED, _ON_DISK), encoding="utf-8", newline="\n")
    for name, payload in _payloads(lens):
        path = folder / DATA / f"{name}.js"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_script(name, payload))
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        folder.chmod(0o777 & ~mask)  # it was made for its owner alone
    return sum(1 for path in folder.rglob("*") if path.is_file())


def _payloads(lens: Lens) -> Iterator[tuple[str, object]]:
    """Every answer that the pages ask for, by the name of its file."""
    yield "story", describe_story(lens, "export")
    yield "cast", describe_cast(lens)
    yield "quotes", describe_quotes(lens, of=None, to=None, chapter=None, unsure=False, offset=0, limit=len(lens.quotes))
    yield "voices", describe_voices(lens, None)
    for index in range(len(lens.view.chapters)):
        yield f"chapter/{index}", describe_chapter(lens, index)
        yield f"script/{index}", describe_script(lens, index)
    for id_ in lens.people:
        yield f"person/{id_}", describe_person(lens, id_)


def as_script(name: str, payload: object) -> bytes:
    """An answer as a classic script. No word of a book can end it, or begin another one.

    >>> as_script("story", {"title": "</script><!-- \u2028"}).decode()
    'fabulaData("story",{"title":"\\\\u003c/script>\\\\u003c!-- \\\\u2028"});\\n'
    """
    content = msgspec.json.encode(payload)
    for character, escape in _ESCAPES:
        content = content.replace(character, escape)
    return b"fabulaData(%s,%s);\n" % (msgspec.json.encode(name), content)


# Outside of strings JSON has none of them.
_ESCAPES = ((b"<", rb"\u003c"), ("\u2028".encode(), rb"\u2028"), ("\u2029".encode(), rb"\u2029"))


def _put_in_place(temporary: Path, target: Path) -> None:
    """Give the finished folder its name; an older one goes aside, and comes back where that fails."""
    if not target.exists():
        temporary.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", suffix=".old", dir=target.parent))
    try:
        target.rename(old / "was")
        try:
            temporary.rename(target)
        except OSError:
            (old / "was").rename(target)
            raise
    except OSError:
        with contextlib.suppress(OSError):
            old.rmdir()  # with what was there it stays: it could not be put back
        raise
    shutil.rmtree(old, ignore_errors=True)


def _save_error(folder: Path, error: OSError) -> SaveError:
    return SaveError(folder, (error.strerror or str(error)).lower(), _HINT)
