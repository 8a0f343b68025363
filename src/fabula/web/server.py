"""The server on this machine: its port, and how it begins and ends."""

from __future__ import annotations

import errno
import logging
import mimetypes
import os
import socket
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn

from fabula.errors import FabulaError
from fabula.web.app import make_app
from fabula.web.guard import make_token
from fabula.web.news import News
from fabula.web.shelf import Shelf

HOST = "127.0.0.1"
PORT = 8420
N_PORTS = 50  # that are tried, one after the other
PATIENCE = 1  # seconds for which answers that are being written are waited for at the end
_TAKEN = (errno.EADDRINUSE, errno.EACCES, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE), 10013)


class NoPortError(FabulaError):
    """There is no port to be had."""

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(f"no page can be served at port {port:,} or the next ones: {reason}", "give another one with `--port N`")


def listen(port: int) -> socket.socket:
    """A socket at the first free port from this one on; 0: at any. Raises NoPortError."""
    reason = "all are taken"
    for number in range(port, min(port + (N_PORTS if port else 1), 65536)):
        # With its protocol said: asyncio sends at once only then, and an answer waits for forty milliseconds otherwise.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            if os.name == "posix":  # on Windows it would take a port that another program has
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((HOST, number))
            listener.listen(64)
            return listener
        except OSError as error:
            listener.close()
            if error.errno not in _TAKEN:
                reason = (error.strerror or str(error)).lower()
                break
    raise NoPortError(port, reason)


class _Server(uvicorn.Server):
    """One that ends the streams of open pages when it is told to stop."""

    def __init__(self, config: uvicorn.Config, news: News) -> None:
        super().__init__(config)
        self._news = news

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._news.close()


def serve(shelf: Shelf, front: Path, *, port: int, ready: Callable[[str, str], None]) -> None:
    """Serve a story until Ctrl-C.

    ready: called when it can be opened with its address, token included, and with one that can be opened once.

    Raises NoPortError.
    """
    mimetypes.add_type("text/javascript", ".js")  # some Windows machines have another one, which browsers refuse
    with listen(port) as listener:
        number, token, once, news = listener.getsockname()[1], make_token(), make_token(), News(shelf)
        app = make_app(shelf, front, port=number, token=token, once=once, news=news)
        # What goes wrong is told by the pages, and logged by `_unexpected`: uvicorn's log would hold the book's words.
        logging.getLogger("uvicorn").addHandler(logging.NullHandler())
        logging.getLogger("uvicorn").propagate = False
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            ws="none",
            lifespan="on",
            timeout_graceful_shutdown=PATIENCE,
        )
        home = f"http://{HOST}:{number}/"
        ready(f"{home}?token={token}", f"{home}?token={once}")
        _Server(config, news).run([listener])
