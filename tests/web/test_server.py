"""The server as a process: where it listens, what it says, how it ends."""

from __future__ import annotations

import contextlib
import http.client
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from fabula import Story
from fabula.web.server import NoPortError, listen
from tests.stories import make_inn, make_weir

ROOT = Path(__file__).parents[2]
SOON = 20.0  # seconds in which whatever should happen does, also on a busy machine


class Served:
    """A server that runs, and its address with the token."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address
        self.home = "{0.scheme}://{0.netloc}".format(urlsplit(address))

    @contextlib.contextmanager
    def browser(self) -> Iterator[httpx.Client]:
        """A browser that has opened the address."""
        with httpx.Client(base_url=self.home, follow_redirects=True, timeout=SOON) as client:
            assert client.get(self.address).status_code == 200
            yield client


@contextlib.contextmanager
def serving(story: Path, front: Path, port: int = 0) -> Iterator[Served]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.web.serving", str(story), str(front), str(port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            assert process.stdout is not None
            yield Served(process, process.stdout.readline().strip())
        finally:
            process.kill()


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "weir.fabula"
    Story.from_records(make_weir()).save(path)
    return path


@pytest.mark.slow
def test_it_serves_one_address_of_this_machine(story: Path, front: Path) -> None:
    """127.0.0.1 alone; the page, the cookie, the answers"""
    with serving(story, front) as served:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{43}", served.address)
        with served.browser() as browser:
            page = browser.get("/")
            assert "<title>fabula</title>" in page.text and "token" not in str(page.url)
            assert browser.get("/api/story").json()["title"] == "The Weir"
        port = urlsplit(served.address).port
        for host in _other_addresses():
            with socket.socket() as other:
                other.settimeout(2)
                assert other.connect_ex((host, port)) != 0


def _other_addresses() -> list[str]:
    """What this machine is called on its networks."""
    with contextlib.suppress(OSError):
        return [a for a in socket.gethostbyname_ex(socket.gethostname())[2] if not a.startswith("127.")]
    return []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to a single process")
def test_ctrl_c_ends_it_at_once_though_pages_are_open(story: Path, front: Path) -> None:
    """An event stream is open"""
    with serving(story, front) as served, served.browser() as browser, browser.stream("GET", "/api/events") as stream:
        assert next(stream.iter_lines()) == "event: changed"
        begun = time.monotonic()
        served.process.send_signal(signal.SIGINT)
        out, err = served.process.communicate(timeout=SOON)
        assert time.monotonic() - begun < 5
        assert served.process.returncode == 0
        assert out == ""
        assert "Traceback" not in err and err.splitlines()[-1] == "closed"


@pytest.mark.slow
def test_a_story_that_is_read_again_meanwhile_is_picked_up(story: Path, front: Path) -> None:
    """Another story takes the place of the first"""
    with serving(story, front) as served, served.browser() as browser:
        before = browser.get("/api/story").json()
        with browser.stream("GET", "/api/events") as stream:
            lines = (line for line in stream.iter_lines() if line.startswith("data: "))
            assert next(lines) == f"data: {before['version']}"
            Story.from_records(make_inn()).save(story)
            version = next(lines).removeprefix("data: ")
        after = browser.get("/api/story").json()
        assert after["version"] == version != before["version"]
        assert after["n_people"] != before["n_people"]


@pytest.mark.slow
def test_many_pages_ask_at_once(story: Path, front: Path) -> None:
    """Eight threads, at all positions, while a correction is made"""
    failures: list[str] = []

    def ask(browser: httpx.Client, number: int) -> None:
        for index in range(12):
            path = ("/api/story", "/api/cast", "/api/chapter/0", "/api/search?q=tom", "/api/voices")[(index + number) % 5]
            until = ("", "until=0", "until=1")[index % 3]
            response = browser.get(path + ("&" if "?" in path else "?") + until)
            if response.status_code != 200:
                failures.append(response.text)

    with serving(story, front) as served, served.browser() as browser:
        threads = [threading.Thread(target=ask, args=(browser, number)) for number in range(8)]
        for thread in threads:
            thread.start()
        version = browser.get("/api/story").json()["version"]
        asked = {"kind": "rename", "version": version, "character": 0, "name": "Thomas"}
        done = browser.post("/api/corrections", json=asked, headers={"origin": served.home})
        for thread in threads:
            thread.join()
        assert failures == []
        assert done.status_code == 200, done.text
        assert "Thomas" in browser.get("/api/cast").text


def test_a_port_that_is_taken_is_passed_over() -> None:
    """Another program listens there"""
    with listen(0) as taken:
        number = taken.getsockname()[1]
        if number > 65_000:
            pytest.skip("there are too few ports after it")
        with listen(number) as mine:
            assert number < mine.getsockname()[1] <= number + 50


def test_where_no_port_is_free_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """65535 is the last one"""
    with listen(0) as taken:
        monkeypatch.setattr("fabula.web.server.N_PORTS", 1)
        with pytest.raises(NoPortError, match="all are taken"):
            listen(taken.getsockname()[1])


@pytest.mark.slow
def test_a_request_that_is_no_http_is_refused(story: Path, front: Path) -> None:
    """Rubbish, and a page that asks for a web socket"""
    with serving(story, front) as served:
        address = urlsplit(served.address)
        with socket.create_connection((str(address.hostname), int(address.port or 0)), SOON) as client:
            client.sendall(b"\x16\x03\x01 rubbish\r\n\r\n")
            assert b"200" not in client.recv(1000)
        connection = http.client.HTTPConnection(str(address.hostname), int(address.port or 0), timeout=SOON)
        connection.request("GET", "/api/story", headers={"connection": "upgrade", "upgrade": "websocket"})
        assert connection.getresponse().status == 401
        connection.close()
