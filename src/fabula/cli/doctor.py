"""`fabula doctor`: whether everything is there that fabula needs."""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import typer

from fabula.cli.options import VerboseOption

LEAST_PYTHON = (3, 11)
SAMPLE = "“Have you seen the boat?” said Tom Hale.\n\n“It is gone,” answered Mrs. Reed.\n"
MODULES = {"markdown-it-py": "markdown_it"}  # where a dependency is not imported by its own name


class Check(NamedTuple):
    """One thing that was looked at; `ok` is False where fabula cannot do without."""

    name: str
    found: str
    ok: bool = True


def doctor(_verbose: VerboseOption = False) -> None:
    """Look whether all that fabula needs is there.

    It also reads a sample.
    Exit 2 if something is missing.
    """
    from fabula.cli.terminal import Piece, Style, bold, dim, stdout

    terminal = stdout()
    checks = list(_check())
    indent = max(len(check.name) for check in checks) + 2
    for check in checks:
        head = dim(check.name) if check.ok else bold(check.name)
        terminal.paragraph(check.found if check.ok else f"MISSING: {check.found}", head=head, indent=indent)
    failed = [check.name for check in checks if not check.ok]
    terminal.line()
    if failed:
        terminal.paragraph(f"fabula cannot work as it should: see {', '.join(failed)}", head=Piece("", Style.RED))
        raise typer.Exit(2)
    terminal.line("Everything that fabula needs is there.")


def _check() -> Iterator[Check]:
    import platform
    import sqlite3

    import fabula
    from fabula.story.store import has_full_text_search

    yield Check("fabula", f"{fabula.__version__}, in {Path(fabula.__file__).parent}")
    yield Check("Python", f"{platform.python_version()}, {sys.executable}", sys.version_info >= LEAST_PYTHON)
    yield Check("system", f"{platform.system()} {platform.release()}, {platform.machine()}, {os.cpu_count()} processors")
    searches = has_full_text_search()
    yield Check("SQLite", f"{sqlite3.sqlite_version}, {'with' if searches else 'built without'} full-text search (FTS5)", searches)
    for name in dependencies():
        yield _check_dependency(name)
    yield _check_pages()
    yield Check("console", f"{sys.stdout.encoding}, {'a terminal' if sys.stdout.isatty() else 'not a terminal'}")
    yield _check_reading()


def dependencies() -> list[str]:
    """The packages that fabula needs, without those of its extras."""
    from importlib import metadata

    required = (r for r in metadata.requires("fabula") or [] if "extra ==" not in r)
    return sorted(name[0] for r in required if (name := re.match(r"[\w.-]+", r)))


def _check_dependency(name: str) -> Check:
    from importlib import metadata

    try:
        importlib.import_module(MODULES.get(name, name.replace("-", "_")))
        return Check(name, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Check(name, f"install it with `pip install {name}`", ok=False)
    except Exception as error:  # noqa: BLE001  # a broken installation can fail in any way
        return Check(
            name,
            f"it cannot be loaded ({type(error).__name__}); install it anew with `pip install --force-reinstall {name}`",
            ok=False,
        )


def _check_pages() -> Check:
    """Those of `fabula explore`; a checkout does well without them."""
    from fabula.web.front import NoFrontEndError, require_front

    try:
        require_front()
    except NoFrontEndError as error:
        return Check("explorer", f"{error.message}: {error.hint}")
    return Check("explorer", "its pages are there")


def _check_reading() -> Check:
    """Read two sentences from a file into a story file, open that, and look."""
    import tempfile

    import fabula

    try:
        with tempfile.TemporaryDirectory() as folder:
            book = Path(folder) / "sample.txt"
            book.write_text(SAMPLE, encoding="utf-8")
            fabula.read(book, save=book.with_suffix(".fabula")).close()
            with fabula.open(book.with_suffix(".fabula")) as story:
                found = f"two sentences read: {len(story.quotes)} quotations, {len(story.cast)} people"
                return Check("a sample", found, len(story.quotes) == 2)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what the user wants to know
        return Check("a sample", f"it could not be read: {error}", ok=False)
