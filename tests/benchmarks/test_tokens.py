from __future__ import annotations

from pathlib import Path

from benchmarks.tokens import measure_tokens


def test_the_whole_text_is_parted_into_tokens(tmp_path: Path) -> None:
    """Go away, said Tom."""
    path = tmp_path / "book.txt"
    path.write_text("Go away, said Tom.\n\nShe went.\n", encoding="utf-8")
    n_characters, n_tokens, seconds = measure_tokens(path)
    assert (n_characters, n_tokens) == (len("Go away, said Tom.\n\nShe went."), 9)
    assert seconds >= 0
