"""benchmarks/RESULTS.md, and the words of its tables."""

from __future__ import annotations

from pathlib import Path

from evaluation.report import Section, write_sections

FOLDER = Path(__file__).parent


def write_result(section: Section) -> None:
    """Put a section into the file in place of its older self."""
    write_sections(FOLDER / "RESULTS.md", "Speed and memory", [section])


def verdict(is_met: bool | None) -> str:
    """Whether a bar is met; None: there is none."""
    return "" if is_met is None else "yes" if is_met else "**no**"
