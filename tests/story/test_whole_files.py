"""Files written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fabula.errors import SaveError
from fabula.story.whole_files import write_whole


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    """one, then two"""
    path = tmp_path / "a.json"
    for content in (b"one", b"two"):
        write_whole(path, content)
        assert path.read_bytes() == content
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_what_was_there_stays_where_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """no space left on device"""
    path = tmp_path / "a.json"
    path.write_bytes(b"one")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(SaveError, match="no space left"):
        write_whole(path, b"two")
    assert path.read_bytes() == b"one"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.skipif(os.name == "nt", reason="links and modes are POSIX")
def test_a_link_is_followed_and_the_permissions_are_kept(tmp_path: Path) -> None:
    """link -> a.json, mode 600"""
    path, link = tmp_path / "a.json", tmp_path / "link"
    path.write_bytes(b"one")
    path.chmod(0o600)
    link.symlink_to(path)
    write_whole(link, b"two")
    assert link.is_symlink()
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"two", 0o600)


@pytest.mark.skipif(os.name == "nt", reason="devices are POSIX")
def test_a_device_is_written_to() -> None:
    """/dev/null"""
    write_whole(Path(os.devnull), b"one")
    assert not Path(os.devnull).is_file()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """-o ."""
    with pytest.raises(SaveError, match="it is a folder"):
        write_whole(tmp_path, b"one")
