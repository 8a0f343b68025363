"""Who may read the story: the browser page that `fabula explore` has opened, and nobody else.

The server listens on this machine alone, which any page of any site may try to reach. So every request must name this server as
its host (a name that somebody has pointed at this machine is none of it), come from no other page, and carry the token, first in
the address and then in a cookie.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fabula.web.answers import problem, problem_of, redirect, words
from fabula.web.asking import LONGEST_BODY
from fabula.web.faults import TooLongError

CONTENT_SECURITY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": CONTENT_SECURITY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_ENCODED = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


def make_token() -> str:
    """What nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


class Guard:
    """An application behind the checks; `port` is the one that it is reached at.

    token: in the address that people see. once: in that which a browser is started with, good for once: everybody on a machine can
    see what its programs are started with.
    """

    def __init__(self, app: ASGIApp, *, port: int, token: str, once: str | None = None) -> None:
        self._app = app
        self._token = token
        self._once = once
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._cookie = f"fabula-{port}"  # cookies know no ports: two stories would take each other's

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refusal = self._refuse(scope)
        await (refusal or self._app)(scope, receive, _with_headers(send, scope["path"]))

    def _refuse(self, scope: Scope) -> ASGIApp | None:
        """What is answered instead, if the request must not pass."""
        headers = _Headers(scope)
        if headers.only("host") not in self._hosts:
            return problem(403, "this server answers to 127.0.0.1 alone", "open the address that `fabula explore` has printed")
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and origin != f"http://{headers.only('host')}":
            return problem(403, "another site's page must not read this story")
        if scope["path"].startswith("/api/") and site not in (None, "same-origin", "none"):
            return problem(403, "another site's page must not read this story")
        if scope["method"] not in ("GET", "HEAD") and origin is None:
            return problem(403, "a change must come from a page of this server")
        given = [(name, value) for name, value in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)]
        tokens = [value for name, value in given if name == "token"]
        if tokens and scope["method"] == "GET":
            if not self._is_token(tokens[0]) and not self._takes_once(tokens[0]):
                return _need_token(scope["path"])
            rest = urlencode([(name, value) for name, value in given if name != "token"])
            # A path with two slashes in front would be another host's.
            path = re.sub(r"^/+", "/", scope["path"])
            cookie = f"{self._cookie}={self._token}; HttpOnly; SameSite=Strict; Path=/"
            return redirect(path + (f"?{rest}" if rest else ""), cookie)
        if not self._is_token(headers.cookie(self._cookie)):
            return _need_token(scope["path"])
        if headers.length() > LONGEST_BODY:
            return problem_of(TooLongError(LONGEST_BODY))
        return None

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode("utf-8", "replace"), self._token.encode())

    def _takes_once(self, given: str) -> bool:
        if self._once is None or not secrets.compare_digest(given.encode("utf-8", "replace"), self._once.encode()):
            return False
        self._once = None
        return True


def _need_token(path: str) -> ASGIApp:
    """For programs as all problems, for people as words."""
    return problem(401, _NO_TOKEN, _NO_TOKEN_HINT) if path.startswith("/api/") else words(401, f"{_NO_TOKEN}: {_NO_TOKEN_HINT}\n")


_NO_TOKEN = "this page is for the browser that `fabula explore` has opened"
_NO_TOKEN_HINT = "open the whole address that it has printed, with the token"


class _Headers:
    """The headers of a request; names in small letters."""

    def __init__(self, scope: Scope) -> None:
        self._pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]

    def get(self, name: str) -> str | None:
        return next((value for key, value in self._pairs if key == name), None)

    def only(self, name: str) -> str:
        """The one header of this name; "" if there is none, or there are several that could be meant."""
        found = [value for key, value in self._pairs if key == name]
        return found[0] if len(found) == 1 else ""

    def cookie(self, name: str) -> str:
        for value in (value for key, value in self._pairs if key == "cookie"):
            try:
                morsel = SimpleCookie(value).get(name)
            except CookieError:
                continue
            if morsel is not None:
                return morsel.value
        return ""

    def length(self) -> int:
        said = self.get("content-length") or "0"
        return int(said) if said.isascii() and said.isdigit() else LONGEST_BODY + 1


def _with_headers(send: Send, path: str) -> Send:
    # A file of the build has a name of its own for every content; anything else is asked for anew, and sent only if it has changed.
    kept = b"private, max-age=31536000, immutable" if path.startswith("/assets/") else b"no-cache"

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            if all(name.lower() != b"cache-control" for name, _ in headers):
                headers.append((b"cache-control", kept if message["status"] in (200, 304) else b"no-store"))
            message = {**message, "headers": [*headers, *_ENCODED]}
        await send(message)

    return send_with_headers
