from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

import fabula
from fabula import errors
from tests.stories import make_weir

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference" / "python.md"
HEAVY = tuple("fabula.source fabula.readers fabula.cli lxml numpy typer rich mammoth ftfy msgspec markdown_it".split())


def test_the_examples_of_the_reference_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/reference/python.md"""
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```$", REFERENCE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert blocks
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, REFERENCE.name, str(REFERENCE), 0)
    said: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.append)
    assert not said, "".join(said)


def test_the_reference_names_everything_that_a_story_can_be_asked() -> None:
    """docs/reference/python.md"""
    text = REFERENCE.read_text(encoding="utf-8")
    inner = {"end", "is_cut", "identities", "unfolded_mentions", "gender_cues_of", "sentence_at", "count_words", "path"}
    inner |= {"from_records", "revised", "open", "load", "save"}
    public = {name for name in dir(fabula.Story) if not name.startswith("_")} - inner
    assert {name for name in public if not re.search(rf"\b{name}\b", text)} == set()


def test_what_the_package_offers_is_there() -> None:
    """fabula.__all__"""
    assert all(hasattr(fabula, name) for name in fabula.__all__)
    assert {"read", "open", "Story", "StoryView", "records", "errors", "FabulaError"} <= set(fabula.__all__)


def test_a_book_is_read_and_written_only_where_told_to(tmp_path: Path) -> None:
    """examples/page-a.txt"""
    book = ROOT / "examples" / "page-a.txt"
    stages: list[str] = []
    story = fabula.read(str(book), save=str(tmp_path / "a.fabula"), progress=lambda stage, _share: stages.append(stage))
    assert stages[0] == "source"
    assert stages[-1] == "save"
    with fabula.open(str(tmp_path / "a.fabula")) as opened:
        assert opened.text == story.text
        assert opened.quotes == story.quotes
        assert list(opened.cast) == list(story.cast)
    fabula.read(book)
    assert [p.name for p in tmp_path.iterdir()] == ["a.fabula"]


def test_opening_a_story_loads_neither_readers_nor_what_they_need(tmp_path: Path) -> None:
    """A story is opened, asked and searched in a process of its own."""
    fabula.Story.from_records(make_weir()).save(tmp_path / "weir.fabula")
    program = f"""
import sys
import fabula
with fabula.open({str(tmp_path / "weir.fabula")!r}) as story:
    assert len(story.cast) == 3 and len(story.quotes) == 4 and story.search("boat") and story.until(1).cast
print([name for name in sys.modules if name in {HEAVY!r} or name.startswith(tuple(h + "." for h in {HEAVY!r}))])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_error_is_a_fabula_error_with_a_sentence(tmp_path: Path) -> None:
    """fabula.errors"""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    assert len(kinds) > 10
    assert all(issubclass(kind, fabula.FabulaError) and kind.__doc__ for kind in kinds)
    with pytest.raises(fabula.FabulaError, match="there is no story file") as failed:
        fabula.open(tmp_path / "nowhere.fabula")
    assert str(failed.value).endswith("hint: build one with `fabula read BOOK`")
