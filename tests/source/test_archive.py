"""Reading out of ZIP archives that nobody vouches for."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from fabula.errors import DamagedSourceError, EncryptedSourceError
from fabula.source.archive import ENTRIES, Archive, resolve
from tests.source.books import archive

PATH = Path("book.epub")


def test_a_file_is_found_by_its_encoded_name_and_in_other_capitals() -> None:
    """Text/Chapter 1.xhtml"""
    files = Archive(archive({"Text/Chapter 1.xhtml": "x"}), PATH)
    assert files.find("text/chapter%201.XHTML") == "Text/Chapter 1.xhtml"
    assert files.find("Text/Chapter 2.xhtml") is None


def test_a_bomb_is_refused_by_what_comes_out_not_by_what_it_claims() -> None:
    """50 MB of zeros, said to be 10 bytes"""
    data = bytearray(archive({"a.txt": b"0" * 50_000_000}))
    for at in range(len(data) - 4):
        if data[at : at + 4] == (50_000_000).to_bytes(4, "little"):
            data[at : at + 4] = (10).to_bytes(4, "little")
    files = Archive(bytes(data), PATH)
    with pytest.raises(DamagedSourceError):
        files.read("a.txt")


def test_a_bomb_with_an_honest_header_is_refused() -> None:
    """50 MB of zeros"""
    with pytest.raises(DamagedSourceError, match="swells"):
        Archive(archive({"a.txt": b"0" * 50_000_000}), PATH).read("a.txt")


def test_dull_text_below_a_megabyte_is_none() -> None:
    """500 KB of one letter"""
    assert len(Archive(archive({"a.txt": b"a" * 500_000}), PATH).read("a.txt")) == 500_000


def test_too_many_files_are_refused() -> None:
    """20,001 files"""
    with pytest.raises(DamagedSourceError, match="files"):
        Archive(archive({f"{n}": "" for n in range(ENTRIES + 1)}), PATH)


def test_a_broken_archive_says_so() -> None:
    """the first half of one"""
    data = archive({"a.txt": "hello " * 1000})
    with pytest.raises(DamagedSourceError, match="broken"):
        Archive(data[: len(data) // 2], PATH)


def test_a_file_whose_bytes_were_changed_says_so() -> None:
    """a wrong checksum"""
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as writer:
        writer.writestr("a.txt", "hello hello")
    with pytest.raises(DamagedSourceError, match="broken"):
        Archive(data.getvalue().replace(b"hello hello", b"jello hello"), PATH).read("a.txt")


def test_a_file_with_a_password_is_encrypted() -> None:
    """the flag of a password"""
    data = bytearray(archive({"a.txt": "hello"}))
    data[6] |= 1
    central = data.rfind(b"PK\x01\x02")
    data[central + 8] |= 1
    with pytest.raises(EncryptedSourceError):
        Archive(bytes(data), PATH).read("a.txt")


def test_a_reference_cannot_leave_the_archive() -> None:
    """../../../etc/passwd"""
    assert resolve("OPS/a.xhtml", "../../../etc/passwd") == ("etc/passwd", "")
    assert resolve("OPS/a.xhtml", "#n1") == ("OPS/a.xhtml", "n1")
