"""The explorer's server, asked as a browser asks it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from fabula import Story
from fabula.records import StoryRecords
from fabula.web.app import make_app
from fabula.web.shelf import Shelf

PORT, TOKEN, ONCE = 8420, "the-token", "the-token-for-once"
HOME = f"http://127.0.0.1:{PORT}"
COOKIE = {f"fabula-{PORT}": TOKEN}


class Browser:
    """Asks a server in this process, with the cookie unless told otherwise."""

    def __init__(self, shelf: Shelf, front: Path) -> None:
        self.shelf = shelf
        self.app = make_app(shelf, front, port=PORT, token=TOKEN, once=ONCE)

    def ask(
        self,
        path: str,
        method: str = "GET",
        *,
        headers: dict[str, str] | None = None,
        cookies: dict[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(
                transport=transport, base_url=HOME, cookies=COOKIE if cookies is None else cookies
            ) as client:
                return await client.request(method, path, headers=headers, content=content)

        return asyncio.run(send())

    def get(self, path: str) -> dict[str, object]:
        """What a page is told."""
        response = self.ask(path)
        assert response.status_code == 200, response.text
        return msgspec.json.decode(response.content, type=dict[str, object])

    def post(self, path: str, asked: object) -> httpx.Response:
        """Send JSON as a page of the server does."""
        headers = {"content-type": "application/json", "origin": HOME}
        return self.ask(path, "POST", headers=headers, content=msgspec.json.encode(asked))


@pytest.fixture
def front(tmp_path: Path) -> Path:
    """A front end of one page and one script."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>fabula</title>", encoding="utf-8")
    (folder / "assets" / "main.js").write_text("1", encoding="utf-8")
    return folder


@contextlib.contextmanager
def browsing(records: StoryRecords, folder: Path, front: Path) -> Iterator[Browser]:
    """A browser on a story of these records."""
    path = folder / "story.fabula"
    Story.from_records(records).save(path)
    with contextlib.closing(Shelf(path)) as shelf:
        yield Browser(shelf, front)
