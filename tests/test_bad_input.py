"""Bad input, from the command line: one sentence and a hint, exit 2, nothing left behind; on a console that speaks cp1252 alone."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = (
    '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><manifest>'
    '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
)
PAGE = "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>Tom Hale went home. “Go,” said Tom Hale.</p></body></html>"
STORY = "Chapter 1\n\nTom Hale went home by the sea. “Go,” said Tom Hale to his old dog.\n"


def zipped(files: dict[str, str]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def epub(**others: str) -> bytes:
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "book.opf": PACKAGE, "a.xhtml": PAGE}
    return zipped(files | {name.replace("__", "/").replace("_", "."): content for name, content in others.items()})


ENCRYPTION = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
    '<enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/><enc:CipherData>'
    '<enc:CipherReference URI="a.xhtml"/>'
    "</enc:CipherData></enc:EncryptedData></encryption>"
)
WORDLESS = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>'
DOCX_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "empty": ("book.txt", lambda: b"", "it is empty"),
    "white space": ("book.txt", lambda: b" \n\n \n", "no"),
    "binary": ("book.txt", lambda: bytes(range(256)) * 40, "binary"),
    "PDF": ("book.txt", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
    "Kindle": ("book.mobi", lambda: b"A Book".ljust(60, b"\0") + b"BOOKMOBI" + b"\0" * 200, "Kindle"),
    "encrypted EPUB": ("book.epub", lambda: epub(**{"META-INF__encryption_xml": ENCRYPTION}), "encrypted"),
    "broken archive": ("book.epub", lambda: epub()[:-60], "broken"),
    "bomb": ("book.epub", lambda: epub(book_opf=PACKAGE + " " * 90_000_000), "swells"),
    "DOCX without words": (
        "book.docx",
        lambda: zipped({"[Content_Types].xml": DOCX_TYPES, "_rels/.rels": RELATIONS, "word/document.xml": WORDLESS}),
        "no",
    ),
    "one endless line": ("book.txt", lambda: b"It rained all day and Tom Hale said nothing. " * 230_000, "a paragraph of 10,"),
}


def fabula(*arguments: str, cwd: Path, limit: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run the program; `limit` is the largest file that it may write, in bytes."""
    environment = os.environ | {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252:strict", "COLUMNS": "80"}
    command = [sys.executable, "-m", "fabula.cli", *arguments]
    if limit is not None:
        code = (
            "import resource, runpy, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
            f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); sys.argv = {['fabula', *arguments]!r}; "
            "runpy.run_module('fabula.cli', run_name='__main__')"
        )
        command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="cp1252", check=False)


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_is_said_in_a_sentence_and_leaves_nothing(kind: str, tmp_path: Path) -> None:
    """A file of each bad kind."""
    name, make, said = BAD[kind]
    (tmp_path / name).write_bytes(make())
    done = fabula("read", name, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    lines = [line for line in done.stderr.splitlines() if line.startswith(("error: ", "hint: "))]
    assert [line.split(":")[0] for line in lines] == ["error", "hint"], done.stderr
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    """fabula read nowhere.txt"""
    done = fabula("read", "nowhere.txt", cwd=tmp_path)
    assert (done.returncode, "no such file" in done.stderr, list(tmp_path.iterdir())) == (2, True, [])


def test_entities_are_neither_fetched_nor_multiplied(tmp_path: Path) -> None:
    """A page with an entity that names a file of this machine, and one that grows a billionfold."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words", encoding="utf-8")
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    page = PAGE.replace("home", "home &x; &a9;")
    (tmp_path / "page.html").write_text(f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">{bomb}]>{page}', encoding="utf-8")
    done = fabula("read", "page.html", cwd=tmp_path)
    assert done.returncode in (0, 2)
    if done.returncode == 0:
        exported = fabula("export", "page.fabula", "--to", "json", cwd=tmp_path).stdout
        assert "the secret words" not in exported
        assert len(exported) < 10_000


def test_a_wrong_extension_does_not_matter(tmp_path: Path) -> None:
    """An EPUB called .txt"""
    (tmp_path / "book.txt").write_bytes(epub())
    done = fabula("read", "book.txt", cwd=tmp_path)
    assert (done.returncode, "Tom Hale" in done.stdout) == (0, True)


def test_a_foreign_book_is_read_as_far_as_it_can_be(tmp_path: Path) -> None:
    """Longtemps, je me suis couché de bonne heure."""
    line = "Longtemps, je me suis couché de bonne heure. Parfois, à peine ma bougie éteinte, mes yeux se fermaient vite.\n\n"
    (tmp_path / "swann.txt").write_text(line * 9, encoding="utf-8")
    done = fabula("read", "swann.txt", cwd=tmp_path)
    assert (done.returncode, "does not look like English" in done.stdout) == (0, True)


def test_a_newer_story_asks_for_a_newer_program(tmp_path: Path) -> None:
    """A whole story, checksum and all, whose version is one more."""
    (tmp_path / "book.txt").write_text(STORY, encoding="utf-8")
    assert fabula("read", "book.txt", cwd=tmp_path).returncode == 0
    story = tmp_path / "book.fabula"
    content = bytearray(story.read_bytes())
    content[60:64] = (int.from_bytes(content[60:64], "big") + 1).to_bytes(4, "big")
    content[-4:] = zlib.crc32(content[:-8]).to_bytes(4, "little")
    story.write_bytes(content)
    done = fabula("show", "book.fabula", "cast", cwd=tmp_path)
    assert (done.returncode, "newer" in done.stderr, "hint: " in done.stderr) == (2, True, True)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit to set")
def test_a_full_disk_leaves_the_old_story(tmp_path: Path) -> None:
    """The story would need more room than there is."""
    (tmp_path / "book.txt").write_text(STORY, encoding="utf-8")
    assert fabula("read", "book.txt", cwd=tmp_path).returncode == 0
    before = (tmp_path / "book.fabula").read_bytes()
    (tmp_path / "book.txt").write_text(STORY + "Tom Hale slept.\n\n" * 2000, encoding="utf-8")
    done = fabula("read", "book.txt", cwd=tmp_path, limit=8192)
    assert (done.returncode, "full" in done.stderr) == (2, True), done.stderr
    assert (tmp_path / "book.fabula").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.fabula", "book.txt"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="may write everywhere")
def test_a_folder_that_may_not_be_written_is_said_so(tmp_path: Path) -> None:
    """-o into a folder without write permission"""
    (tmp_path / "book.txt").write_text(STORY, encoding="utf-8")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    done = fabula("read", "book.txt", "-o", "closed/book.fabula", cwd=tmp_path)
    assert (done.returncode, "permission" in done.stderr) == (2, True)
