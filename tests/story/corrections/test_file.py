"""NAME.fabula.toml: read, added to, taken back from."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fabula.errors import CorrectionsFileError, SaveError
from fabula.records import (
    Correction,
    Gender,
    Grouping,
    Merge,
    NotAPerson,
    Place,
    Rename,
    SetAddressees,
    SetGender,
    SetSpeaker,
    Split,
    Who,
)
from fabula.story.corrections.file import append_corrections, corrections_beside, read_corrections, take_back
from fabula.story.corrections.plain import from_plain, to_plain

TOM = Who("Tom Hale", Place("Tom Hale", "“Have you seen the boat?” said ", ".", "The Weir"))
BY_HAND = """\
# What the reader got wrong.

[[correction]]  # he is shown as on the title page
kind = "rename"
character = "Tom"
name = 'Thomas "Tom" Hale'   # as printed

# And his wife:
[[correction]]
kind = "gender"
gender = "female"
character = {name = "Ann", words = "Ann"}
# not sure about Reed
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "weir.fabula.toml"


def texts() -> st.SearchStrategy[str]:
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


WORDS = texts().filter(lambda t: bool(t.strip()))
PLACES = st.builds(Place, WORDS, texts(), texts(), st.none() | st.integers(1, 99) | WORDS)
WHO = st.builds(Who, WORDS, st.none() | PLACES)
CORRECTIONS = st.one_of(
    st.builds(Merge, WHO, WHO),
    st.builds(Split, WHO, st.lists(WORDS, min_size=1, max_size=2).map(tuple), st.lists(PLACES, max_size=2).map(tuple), texts()),
    st.builds(Rename, WHO, WORDS),
    st.builds(NotAPerson, WHO),
    st.builds(Grouping, WHO, st.lists(WHO, max_size=2).map(tuple)),
    st.builds(Grouping, WHO, is_group=st.just(False)),
    st.builds(SetGender, WHO, st.sampled_from(Gender)),
    st.builds(SetSpeaker, PLACES, st.none() | WHO),
    st.builds(SetAddressees, PLACES, st.lists(WHO, max_size=2).map(tuple)),
)


@given(st.lists(CORRECTIONS, max_size=3), CORRECTIONS)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_again_and_can_be_taken_back(path: Path, corrections: list[Correction], last: Correction) -> None:
    """Any corrections"""
    path.unlink(missing_ok=True)
    append_corrections(path, corrections)
    before = path.read_bytes()
    append_corrections(path, [last])
    assert read_corrections(path) == (*corrections, last)
    assert take_back(path) == last
    assert path.read_bytes() == before
    assert all(from_plain(to_plain(c)) == c for c in corrections)


def test_a_file_stands_beside_its_story() -> None:
    """emma.fabula"""
    assert corrections_beside(Path("books") / "emma.fabula") == Path("books") / "emma.fabula.toml"


def test_no_file_is_no_corrections(path: Path) -> None:
    """Nothing there"""
    assert read_corrections(path) == ()
    assert take_back(path) is None
    assert not path.exists()


def test_what_was_written_by_hand_is_read_and_stays_as_it_is(path: Path) -> None:
    """Comments, other marks, another order"""
    path.write_text(BY_HAND, encoding="utf-8", newline="\n")
    rename, gender = read_corrections(path)
    assert rename == Rename(Who("Tom"), 'Thomas "Tom" Hale')
    assert gender == SetGender(Who("Ann", Place("Ann")), Gender.FEMALE)
    append_corrections(path, [NotAPerson(TOM)])
    assert path.read_text(encoding="utf-8").startswith(BY_HAND)
    assert take_back(path) == NotAPerson(TOM)
    assert path.read_text(encoding="utf-8") == BY_HAND


def test_comments_behind_a_correction_that_is_taken_back_stay(path: Path) -> None:
    """# not sure about Reed"""
    path.write_text(BY_HAND, encoding="utf-8", newline="\n")
    take_back(path)
    assert read_corrections(path) == (Rename(Who("Tom"), 'Thomas "Tom" Hale'),)
    assert "# And his wife:\n# not sure about Reed\n" in path.read_text(encoding="utf-8")


def test_line_ends_and_the_mark_of_a_windows_editor_are_read_and_line_ends_are_kept(path: Path) -> None:
    """\\r\\n, a byte-order mark"""
    path.write_bytes(b"\xef\xbb\xbf" + BY_HAND.replace("\n", "\r\n").encode())
    append_corrections(path, [NotAPerson(TOM)])
    assert len(read_corrections(path)) == 3
    assert not re.search(rb"(?<!\r)\n", path.read_bytes())


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("[[correction]]\nkind = merge\n", 2, "invalid value"),
        ("[[correction]]\nkind = 'mend'\n", 2, "`mend` is no kind of correction"),
        ("# a\n\n[[correction]]\ncharacter = 'Tom'\n", 3, "needs a `kind`"),
        ("[[correction]]\nkind = 'rename'\ncharacter = 'Tom'\n", 1, "needs a `name`"),
        ("[[correction]]\nkind = 'rename'\ncharacter = 'Tom'\nname = ''\n", 4, "`name` is empty"),
        ("[[correction]]\nkind = 'rename'\ncharacter = 'Tom'\nname = 3\n", 4, "`name` is a text"),
        ("[[correction]]\nkind = 'rename'\ncharacter = {words = 'Tom'}\nname = 'x'\n", 3, "needs a `name`"),
        ("[[correction]]\nkind = 'rename'\ncharacter = {name = 'Tom', word = 'x'}\nname = 'x'\n", 3, "has no `word`"),
        (
            "[[correction]]\nkind = 'not-a-person'\ncharacter = 'x'\n\n[[correction]]\nkind = 'merge'\ncharacters = ['x']\n",
            7,
            "two",
        ),
        ("[[correction]]\nkind = 'gender'\ncharacter = 'x'\ngender = 'girl'\n", 4, "`girl` is no gender"),
        ("[[correction]]\nkind = 'split'\ncharacter = 'x'\n", 1, "a split needs `names`"),
        ("[[correction]]\nkind = 'not-a-person'\ncharacter = 'x'\nnames = ['y']\n", 4, "has no `names`"),
        ("\n[[corection]]\nkind = 'merge'\n", 2, "`corection` is no [[correction]]"),
        ("\ncorrection = [{kind = 'not-a-person', character = 'x'}]\n", 2, "begins with [[correction]]"),
        ("[[correction]]\nkind = 'rename", 2, "expected"),
        ("\ncorrection = 3\n", 2, "begins with [[correction]]"),
        ("[[correction]]\nkind = 'rename'\nkind = 'rename'\n", 3, "cannot overwrite a value"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_nothing_is_lost(path: Path, source: str, line: int, said: str) -> None:
    """Mistakes that are made by hand"""
    path.write_text(source, encoding="utf-8", newline="\n")
    for do in (read_corrections, take_back, lambda p: append_corrections(p, [NotAPerson(TOM)])):
        with pytest.raises(CorrectionsFileError, match=re.escape(said)) as failed:
            do(path)
        assert f"line {line}:" in failed.value.message
    assert path.read_text(encoding="utf-8") == source


def test_a_file_that_is_no_utf_8_is_told_so(path: Path) -> None:
    """caf\\xe9"""
    path.write_bytes(b"# a\n# caf\xe9\n")
    with pytest.raises(CorrectionsFileError, match="line 2: it is not in UTF-8"):
        read_corrections(path)


def test_a_writing_that_is_interrupted_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """^C; a full disk"""
    path.write_text(BY_HAND, encoding="utf-8", newline="\n")
    faults: list[tuple[BaseException, type[BaseException]]] = [(KeyboardInterrupt(), KeyboardInterrupt)]
    faults.append((OSError(28, "No space left on device"), SaveError))
    for fault, raised in faults:

        def fail(_: int, fault: BaseException = fault) -> None:
            raise fault

        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(raised):
            append_corrections(path, [NotAPerson(TOM)])
        assert path.read_text(encoding="utf-8") == BY_HAND
        assert [p.name for p in path.parent.iterdir()] == [path.name]
