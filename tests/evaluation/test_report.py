from __future__ import annotations

import socket
from pathlib import Path

from evaluation.report import Section, describe_machine, write_sections


def section(name: str, body: str) -> Section:
    return Section(name, name.title(), f"make {name}", "two books", body)


def test_a_section_says_command_data_machine_and_date(tmp_path: Path) -> None:
    """a new file"""
    path = tmp_path / "RESULTS.md"
    write_sections(path, "Quality", [section("quotes", "| a |")])
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Quality\n")
    for line in ("## Quotes", "- Command: `make quotes`", "- Data: two books", "- Machine: ", "- Date: 2", "| a |"):
        assert line in text


def test_a_section_is_rewritten_in_place_and_all_else_stays(tmp_path: Path) -> None:
    """two sections, with words of somebody's own between them"""
    path = tmp_path / "RESULTS.md"
    write_sections(path, "Quality", [section("quotes", "old"), section("chapters", "other")])
    path.write_text(
        path.read_text(encoding="utf-8").replace("<!-- chapters: begin", "My own words.\n<!-- chapters: begin"), encoding="utf-8"
    )
    before = path.read_text(encoding="utf-8")
    write_sections(path, "Quality", [section("quotes", r"new \1 \g<0>")])
    assert path.read_text(encoding="utf-8") == before.replace("old", r"new \1 \g<0>")


def test_writing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    """two sections"""
    path = tmp_path / "RESULTS.md"
    sections = [section("quotes", "one"), section("chapters", "two")]
    write_sections(path, "Quality", sections)
    before = path.read_bytes()
    write_sections(path, "Quality", sections)
    assert path.read_bytes() == before


def test_the_machine_is_described_but_not_named() -> None:
    """this machine"""
    described = describe_machine()
    assert "cores" in described and "Python 3." in described
    assert socket.gethostname() not in described
