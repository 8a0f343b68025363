"""Scrivener projects."""

from __future__ import annotations

from pathlib import Path

import pytest

from fabula.errors import DamagedSourceError, EmptySourceError
from fabula.records import AsideKind
from fabula.source import read_manuscript
from tests.source.books import headings, kinds, texts


def item(key: str, title: str, kind: str = "Text", children: str = "", meta: str = "") -> str:
    inner = f"<Children>{children}</Children>" if children else ""
    return f'<BinderItem UUID="{key}" Type="{kind}"><Title>{title}</Title><MetaData>{meta}</MetaData>{inner}</BinderItem>'


def project(tmp_path: Path, draft: str, texts_by_key: dict[str, str], *, more: str = "") -> Path:
    place = tmp_path / "Novel.scriv"
    place.mkdir()
    folder = item("D", "Draft", "DraftFolder", draft) if draft else ""
    binder = f"<ScrivenerProject><Binder>{folder}{more}</Binder></ScrivenerProject>"
    (place / "Novel.scrivx").write_text(f'<?xml version="1.0" encoding="UTF-8"?>{binder}', encoding="utf-8")
    for key, text in texts_by_key.items():
        (place / "Files" / "Data" / key).mkdir(parents=True)
        (place / "Files" / "Data" / key / "content.rtf").write_text(f"{{\\rtf1\\ansi {text}}}", encoding="ascii")
    return place


def test_folders_are_chapters_and_texts_in_them_scenes(tmp_path: Path) -> None:
    """One (a, b), Two (c), in the binder's order"""
    draft = item("f1", "One", "Folder", item("b", "second") + item("a", "first")) + item("f2", "Two", "Folder", item("c", "third"))
    story = read_manuscript(project(tmp_path, draft, {"a": "Scene a.", "b": "Scene b.", "c": "Scene c."}))
    assert kinds(story) == [
        ("heading", "One"),
        ("paragraph", "Scene b."),
        ("break", ""),
        ("paragraph", "Scene a."),
        ("heading", "Two"),
        ("paragraph", "Scene c."),
    ]
    assert story.blocks[1].anchors[0].file == "Files/Data/b/content.rtf"
    assert (story.title, story.format) == ("Novel", "folder")


def test_texts_without_folders_are_chapters(tmp_path: Path) -> None:
    """Go, Gone"""
    story = read_manuscript(project(tmp_path, item("a", "Go") + item("b", "Gone"), {"a": "One.", "b": "Two."}))
    assert texts(story) == ["Go", "One.", "Gone", "Two."]


def test_what_is_not_compiled_and_research_are_left_out(tmp_path: Path) -> None:
    """IncludeInCompile: No"""
    draft = item("a", "Go") + item("b", "Notes", meta="<IncludeInCompile>No</IncludeInCompile>")
    research = item("R", "Research", "ResearchFolder", item("r", "Kent"))
    story = read_manuscript(project(tmp_path, draft, {"a": "One.", "b": "Tom dies.", "r": "Kent is a county."}, more=research))
    assert texts(story) == ["Go", "One."]


def test_a_synopsis_is_an_aside(tmp_path: Path) -> None:
    """<Synopsis>"""
    draft = item("a", "Go").replace("<MetaData>", "<Synopsis>She goes.</Synopsis><MetaData>")
    story = read_manuscript(project(tmp_path, draft, {"a": "One."}))
    assert [(aside.kind, aside.text) for aside in story.asides] == [(AsideKind.SUMMARY, "She goes.")]


def test_a_text_that_is_missing_is_noticed(tmp_path: Path) -> None:
    """b has no content.rtf"""
    story = read_manuscript(project(tmp_path, item("a", "Go") + item("b", "Gone"), {"a": "One."}))
    assert [oddity.kind for oddity in story.oddities] == ["missing file"]


def test_a_binder_cannot_lead_out_of_its_project(tmp_path: Path) -> None:
    """UUID="../../../secret" """
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "content.rtf").write_text("{\\rtf1 Secret.}", encoding="ascii")
    place = project(tmp_path, item("a", "Go") + item("../../../secret", "Out"), {"a": "One."})
    assert "Secret." not in texts(read_manuscript(place))


def test_its_binder_alone_may_be_given(tmp_path: Path) -> None:
    """Novel.scriv/Novel.scrivx"""
    place = project(tmp_path, item("a", "Go"), {"a": "One."})
    assert headings(read_manuscript(place / "Novel.scrivx")) == ["Go"]


def test_a_project_without_a_draft_or_texts_says_so(tmp_path: Path) -> None:
    """no DraftFolder; nothing in it"""
    (tmp_path / "x").mkdir()
    with pytest.raises(DamagedSourceError):
        read_manuscript(project(tmp_path, "", {}))
    with pytest.raises(EmptySourceError):
        read_manuscript(project(tmp_path / "x", item("a", "Go"), {}))
