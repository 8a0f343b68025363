"""The shape of the package: who may import whom (the map in CONTRIBUTING)."""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection
from pathlib import Path

import pytest

import fabula

PACKAGE = Path(fabula.__file__).parent
# Each group may import from those on its left, and from itself; members of one group do not know each other.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"records", "errors"}),
    frozenset({"lexicons"}),
    frozenset({"source", "text", "neural"}),
    frozenset({"language"}),
    frozenset({"readers"}),
    frozenset({"story"}),
    frozenset({"check", "ask", "compare", "export", "corpus"}),
    frozenset({"web", "editor", "assistant"}),
    frozenset({"cli"}),
)
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
ENTRY_POINT = "__init__"  # the public names; may import whatever it offers
COMMAND = "__main__"  # the command without its name
STANDARD_LIBRARY_ONLY = ("records", "errors", "lexicons")
VIEWS = ("export", "web", "cli")  # see the story file, never the readers
READS_BOOKS = {"cli/read.py", "cli/doctor.py", "__init__.py"}  # `fabula read` and the trial of `fabula doctor`


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports_of(path: Path) -> list[str]:
    """The dotted names that a module imports, relative ones spelled with their dots."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.extend(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.append("." * node.level + (node.module or ""))
            if node.module == "fabula":
                names.extend(f"fabula.{alias.name}" for alias in node.names)
    return names


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def of_groups(groups: Collection[str]) -> list[Path]:
    return [path for path in modules() if group_of(path) in groups]


def group_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_imports_only_from_its_left(path: Path) -> None:
    """records, errors < lexicons < source | text | neural < language < readers < story < views < web | editor | assistant < cli"""
    group = group_of(path)
    if group == COMMAND:
        assert [name for name in imports_of(path) if name.split(".")[0] == "fabula"] == ["fabula.cli"]
        return
    assert group == ENTRY_POINT or group in RANK, f"{group} is in no layer of the map"
    for name in imports_of(path):
        assert not name.startswith("."), f"relative import {name}"
        if name.split(".")[0] != "fabula" or group == ENTRY_POINT:
            continue
        target = name.split(".")[1] if "." in name else ENTRY_POINT
        if target in RANK and target != group:
            assert RANK[target] < RANK[group], f"{group} imports {target}"


@pytest.mark.parametrize("path", of_groups(STANDARD_LIBRARY_ONLY), ids=name_of)
def test_the_vocabulary_needs_the_standard_library_alone(path: Path) -> None:
    """records, errors, lexicons"""
    tops = {name.split(".")[0] for name in imports_of(path)}
    assert tops <= sys.stdlib_module_names | {"fabula"}


@pytest.mark.parametrize("path", of_groups(VIEWS), ids=name_of)
def test_views_see_only_the_story_file(path: Path) -> None:
    """export, web, cli: no readers, no sources"""
    if path.relative_to(PACKAGE).as_posix() in READS_BOOKS:
        return
    for name in imports_of(path):
        assert not name.startswith(("fabula.readers", "fabula.source", "fabula.neural", "fabula.language", "fabula.story.build")), (
            name
        )


def test_no_module_shadows_the_standard_library() -> None:
    """times.py, not time.py"""
    names = {p.stem for p in modules()} - {"__init__", "__main__"}
    assert not names & (sys.stdlib_module_names - {"numbers"}), names & sys.stdlib_module_names
