"""Who must not read the story, or change it; and what a book or a request cannot break."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from fabula import Story
from fabula.errors import DamagedStoryError
from fabula.story.corrections.file import corrections_beside
from fabula.web.asking import LONGEST_BODY
from fabula.web.shelf import Shelf
from tests.stories import make_records, make_weir
from tests.web.conftest import COOKIE, HOME, ONCE, PORT, TOKEN, Browser, browsing

JSON = {"content-type": "application/json", "origin": HOME}
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def browser(tmp_path: Path, front: Path) -> Iterator[Browser]:
    with browsing(make_weir(), tmp_path, front) as browser:
        yield browser


# --- others


@pytest.mark.parametrize("path", ["/", "/api/story", "/assets/main.js", "/api/events"])
@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", f"127.0.0.1.evil.example:{PORT}", ""]
)
def test_another_host_is_told_nothing(browser: Browser, path: str, host: str) -> None:
    """DNS rebinding: a name that somebody has pointed at this machine."""
    response = browser.ask(path, headers={"host": host})
    assert response.status_code == 403
    assert "Weir" not in response.text


def test_this_machine_is_known_by_both_its_names(browser: Browser) -> None:
    """127.0.0.1 and localhost"""
    assert browser.ask("/api/story", headers={"host": f"localhost:{PORT}"}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", f"https://127.0.0.1:{PORT}", "http://127.0.0.1:3000", f"http://localhost:{PORT}", ""]
)
def test_another_site_is_told_nothing(browser: Browser, origin: str) -> None:
    """A page of another site, or of another server on this machine."""
    for path in ("/", "/api/story"):
        assert browser.ask(path, headers={"origin": origin}).status_code == 403
    assert browser.ask("/api/corrections/undo", "POST", headers={**JSON, "origin": origin}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_page_cannot_load_an_answer_as_a_script(browser: Browser, site: str) -> None:
    """<script src="http://127.0.0.1:8377/api/story">: the cookie of this machine goes with it, whatever the port."""
    assert browser.ask("/api/story", headers={"sec-fetch-site": site}).status_code == 403
    assert browser.ask("/api/story", headers={"sec-fetch-site": "same-origin"}).status_code == 200


def test_a_change_must_say_where_it_comes_from(browser: Browser) -> None:
    """A POST without an Origin."""
    response = browser.ask("/api/corrections/undo", "POST", headers={"content-type": "application/json"}, content=b"{}")
    assert response.status_code == 403


@pytest.mark.parametrize(
    "cookies", [{}, {f"fabula-{PORT}": "wrong"}, {f"fabula-{PORT}": ""}, {"fabula-1": TOKEN}, {f"fabula-{PORT}": "ÿ"}]
)
def test_without_the_token_nothing_is_told(browser: Browser, cookies: dict[str, str]) -> None:
    """No cookie, a wrong one, that of another port."""
    for path in ("/", "/index.html", "/api/story", "/assets/main.js", "/nothing"):
        header = {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()).encode("latin-1")}
        response = browser.ask(path, headers=header if cookies else None, cookies={})  # type: ignore[arg-type]
        assert response.status_code == 401
        assert "fabula explore" in response.text and "Weir" not in response.text
        assert response.headers["content-type"] == ("application/json" if path.startswith("/api") else "text/plain; charset=utf-8")


def test_the_token_is_taken_once_and_then_a_cookie_is_enough(browser: Browser) -> None:
    """/?token=..."""
    response = browser.ask(f"/?token={TOKEN}", cookies={})
    assert (response.status_code, response.headers["location"]) == (303, "/")
    cookie = response.headers["set-cookie"]
    assert cookie.startswith(f"fabula-{PORT}={TOKEN};")
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert browser.ask("/").status_code == 200


def test_the_token_that_a_browser_is_started_with_is_good_for_once(browser: Browser) -> None:
    """Others on this machine can see what a browser is started with"""
    response = browser.ask(f"/?token={ONCE}", cookies={})
    assert response.status_code == 303
    assert ONCE not in response.headers["set-cookie"]
    assert browser.ask(f"/?token={ONCE}", cookies={}).status_code == 401
    assert browser.ask("/", cookies={f"fabula-{PORT}": ONCE}).status_code == 401


def test_a_wrong_token_is_refused_also_with_the_cookie(browser: Browser) -> None:
    """/?token=wrong"""
    assert browser.ask("/?token=wrong").status_code == 401
    assert browser.ask("/?token=", cookies={}).status_code == 401


def test_a_redirect_stays_on_this_server(browser: Browser) -> None:
    """//evil.example/?token=..."""
    response = browser.ask(f"{HOME}//evil.example/?token={TOKEN}&a=b", cookies={})
    assert response.headers["location"] == "/evil.example/?a=b"


@pytest.mark.parametrize(
    "path",
    [
        "/../story.fabula",
        "/%2e%2e/story.fabula",
        "/assets/..%2f..%2fstory.fabula",
        "/assets/%2e%2e/%2e%2e/story.fabula",
        "/..%5cstory.fabula",
        "/%2fetc/passwd",
        "//etc/passwd",
        "/assets/%00",
        "/story.fabula",
    ],
)
def test_no_path_leads_out_of_the_front_end(browser: Browser, path: str) -> None:
    """../story.fabula, in all spellings."""
    response = browser.ask(HOME + path)
    assert response.status_code == 404
    assert b"SQLite" not in response.content and b"root:" not in response.content


def test_every_answer_forbids_what_a_page_does_not_need(browser: Browser) -> None:
    """Headers, also of refusals."""
    for response in (browser.ask("/"), browser.ask("/api/story"), browser.ask("/nothing"), browser.ask("/", cookies={})):
        said = response.headers["content-security-policy"]
        assert said.startswith("default-src 'none'; script-src 'self';")
        assert "unsafe" not in said and "http" not in said
        assert "frame-ancestors 'none'" in said
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["referrer-policy"] == "no-referrer"
    assert browser.ask("/api/story").headers["cache-control"] == "no-store"
    assert "immutable" in browser.ask("/assets/main.js").headers["cache-control"]


# --- what a book holds


def test_markup_in_names_and_text_is_data(tmp_path: Path, front: Path) -> None:
    """“Go,” said <script>alert(1)</script>."""
    records = make_records(f"# Chapter 1. {SCRIPT} ¶ “Go,” said {SCRIPT}.", people={SCRIPT: ()}, speakers=(SCRIPT,), title=SCRIPT)
    with browsing(records, tmp_path, front) as browser:
        for path in ("/api/story", "/api/cast", "/api/chapter/0", "/api/search?q=script"):
            response = browser.ask(path)
            assert response.headers["content-type"] == "application/json"
            assert SCRIPT in response.text
        assert browser.get("/api/story")["title"] == SCRIPT


def test_a_corrupt_story_is_one_clear_error(tmp_path: Path) -> None:
    """A byte has changed."""
    path = tmp_path / "story.fabula"
    Story.from_records(make_weir()).save(path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(DamagedStoryError, match="damaged"):
        Shelf(path)


def test_a_story_that_breaks_while_it_is_served_is_served_as_it_was(browser: Browser) -> None:
    """Half of the file is gone; then it is whole again."""
    path, version = browser.shelf.path, browser.shelf.version
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert not browser.shelf.refresh()
    assert browser.get("/api/story")["version"] == version
    path.write_bytes(whole)
    browser.shelf.refresh()
    assert browser.get("/api/story")["title"] == "The Weir"


# --- what a request holds


@pytest.mark.parametrize(
    "path",
    [
        "/api/chapter/2",
        "/api/chapter/-1",
        "/api/chapter/x",
        "/api/chapter/99999999999999999999",
        "/api/person/99",
        "/api/story?until=2",
        "/api/quotes?of=99",
        "/api/voices?chapter=9",
        "/api/script/9",
        "/api/nothing",
        "/nothing",
    ],
)
def test_what_is_not_there_is_not_found(browser: Browser, path: str) -> None:
    """Two chapters, three people."""
    response = browser.ask(path)
    assert response.status_code == 404
    assert msgspec.json.decode(response.content)["error"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/story?until=-1",
        "/api/story?until=x",
        "/api/story?until=１",
        "/api/quotes?of=1.5",
        "/api/quotes?limit=99999999999",
        "/api/meet?a=0",
    ],
)
def test_a_parameter_that_is_no_number_is_refused(browser: Browser, path: str) -> None:
    """until=x"""
    response = browser.ask(path)
    assert response.status_code == 400
    assert msgspec.json.decode(response.content)["error"]


def test_no_more_is_answered_than_anybody_can_look_at(browser: Browser) -> None:
    """limit=999999"""
    assert browser.ask("/api/search?q=tom&limit=999999").status_code == 200
    assert browser.ask(f"/api/search?q={'tom+' * 5000}").status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no json",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"kind": "rename"}',
        b'{"kind": "burn", "version": ""}',
        b'{"kind": "rename", "version": "", "character": "0", "name": "A"}',
        b'{"kind": "rename", "version": "", "character": 0, "name": "A", "more": 1}',
        b'{"kind": "rename", "version": "", "character": 1e999, "name": "A"}',
        b"[" * 10_000,
    ],
)
def test_what_is_no_correction_is_not_understood(browser: Browser, content: bytes) -> None:
    """Not JSON, or other JSON."""
    response = browser.ask("/api/corrections", "POST", headers=JSON, content=content)
    assert response.status_code == 422
    assert msgspec.json.decode(response.content)["error"]
    assert not corrections_beside(browser.shelf.path).exists()


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "multipart/form-data; boundary=x"])
def test_a_form_is_no_correction(browser: Browser, kind: str) -> None:
    """What a page of another site may send without asking."""
    asked = {"version": browser.shelf.version}
    response = browser.ask(
        "/api/corrections/undo", "POST", headers={**JSON, "content-type": kind}, content=msgspec.json.encode(asked)
    )
    assert response.status_code == 422


def test_what_is_too_long_is_not_read(browser: Browser) -> None:
    """A body of a megabyte, and one that does not say how long it is."""
    long = b'"' + b"x" * (LONGEST_BODY + 1) + b'"'
    assert browser.ask("/api/corrections", "POST", headers=JSON, content=long).status_code == 413
    for length in ("-1", "1e9", "٣"):
        headers = {**JSON, "content-length": length}
        raw = {name: value.encode() for name, value in headers.items()}
        response = browser.ask("/api/corrections", "POST", headers=raw, content=b"{}")  # type: ignore[arg-type]
        assert response.status_code in (413, 422)


def test_a_body_in_pieces_is_not_read_for_ever(browser: Browser) -> None:
    """Transfer-Encoding: chunked."""
    sent = 0

    async def receive() -> dict[str, object]:
        nonlocal sent
        sent += 1
        return {"type": "http.request", "body": b" " * 10_000, "more_body": True}

    answered: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        answered.append(message)

    cookie = "; ".join(f"{name}={value}" for name, value in COOKIE.items())
    headers = {**JSON, "host": f"127.0.0.1:{PORT}", "cookie": cookie}
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/corrections",
        "raw_path": b"/api/corrections",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "scheme": "http",
        "http_version": "1.1",
    }
    asyncio.run(browser.app(scope, receive, send))  # type: ignore[arg-type]
    assert answered[0]["status"] == 413
    assert sent < 20


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_else_can_be_done(browser: Browser, method: str) -> None:
    """DELETE /api/story"""
    assert browser.ask("/api/story", method, headers={"origin": HOME}).status_code == 405
    assert "access-control-allow-origin" not in browser.ask("/api/story", method, headers={"origin": HOME}).headers


def test_a_huge_story_can_be_opened(tmp_path: Path, front: Path) -> None:
    """A paragraph of a million words, and no chapter that ends before it."""
    records = make_records("# Chapter 1 ¶ " + "Tom went home. " * 70_000, people={"Tom": ()})
    with browsing(records, tmp_path, front) as browser:
        assert browser.get("/api/story")["n_people"] == 1
        assert len(browser.ask("/api/chapter/0").content) > 1_000_000
        assert browser.get("/api/person/0/mentions?limit=5")["total"] == 70_000
        assert browser.get("/api/search?q=home")["total"] == 1


def test_a_fault_of_fabula_tells_nothing_of_the_book(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """KeyError: "the book's words" """

    def fail(*_: object) -> object:
        raise KeyError("the river took it")

    monkeypatch.setattr("fabula.web.lens.Lens.span_of", fail)
    response = browser.ask("/api/chapter/0")
    assert response.status_code == 500
    assert msgspec.json.decode(response.content)["error"] == "a fault of fabula"
    assert browser.ask("/api/story").status_code == 200


def test_a_closed_shelf_answers_with_a_sentence(tmp_path: Path, front: Path) -> None:
    """The server is ending."""
    with contextlib.ExitStack() as stack:
        browser = stack.enter_context(browsing(make_weir(), tmp_path, front))
        browser.shelf.close()
        response = browser.ask("/api/story")
    assert response.status_code == 500
    assert "closed" in response.text
