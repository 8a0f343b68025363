"""The explorer's server: its routes, and what each of them answers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from fabula.errors import CorrectionsError, FabulaError, LookupFailedError
from fabula.web.answers import answer, problem, problem_of
from fabula.web.correcting import NotUnderstoodError, list_corrections, make_correction
from fabula.web.guard import LONGEST_BODY, Guard
from fabula.web.lens import Lens
from fabula.web.news import News
from fabula.web.payloads import Asked, Corrected, UndoAsked
from fabula.web.people import NoSuchKindError, describe_cast, describe_meetings, describe_mentions, describe_person
from fabula.web.reading import describe_chapter, describe_story
from fabula.web.searching import describe_search
from fabula.web.shelf import ChangedError, Shelf
from fabula.web.speaking import describe_quotes, describe_script, describe_voices

MOST_AT_ONCE = 500  # passages or quotations in an answer
USUAL = 50  # if nobody says how many


class BadRequestError(FabulaError):
    """A parameter of an address is not what it should be."""


class Asking:
    """The parameters of a request."""

    def __init__(self, request: Request) -> None:
        self._said = request.query_params
        self._path = request.path_params

    def index(self, name: str) -> int:
        """Out of the path."""
        return int(self._path[name])

    def text(self, name: str) -> str:
        return self._said.get(name, "")

    def word(self, name: str) -> str | None:
        return self._said.get(name) or None

    def number(self, name: str) -> int | None:
        """Raises BadRequestError."""
        said = self._said.get(name)
        if said is None or said == "":
            return None
        if not (said.isascii() and said.isdigit() and len(said) < 10):
            raise BadRequestError(f"`{name}` is a whole number, not `{said[:20]}`")
        return int(said)

    def needed(self, name: str) -> int:
        """Raises BadRequestError."""
        number = self.number(name)
        if number is None:
            raise BadRequestError(f"`{name}` is missing")
        return number

    def flag(self, name: str) -> bool:
        return self._said.get(name, "") not in ("", "0", "false")

    @property
    def page(self) -> tuple[int, int]:
        """From which on, and how many. Raises BadRequestError."""
        limit = self.number("limit")
        return self.number("offset") or 0, min(USUAL if limit is None else limit, MOST_AT_ONCE)


Page = Callable[[Lens, Asking], object]
"""What a page is told of a story as far as it has been read."""

PAGES: Sequence[tuple[str, Page]] = (
    ("/api/chapter/{index:int}", lambda lens, ask: describe_chapter(lens, ask.index("index"))),
    ("/api/cast", lambda lens, _: describe_cast(lens)),
    ("/api/person/{id:int}", lambda lens, ask: describe_person(lens, ask.index("id"))),
    ("/api/person/{id:int}/mentions", lambda lens, ask: describe_mentions(lens, ask.index("id"), ask.word("kind"), *ask.page)),
    ("/api/meet", lambda lens, ask: describe_meetings(lens, ask.needed("a"), ask.needed("b"), *ask.page)),
    (
        "/api/quotes",
        lambda lens, ask: describe_quotes(
            lens,
            of=ask.number("of"),
            to=ask.number("to"),
            chapter=ask.number("chapter"),
            unsure=ask.flag("unsure"),
            offset=ask.page[0],
            limit=ask.page[1],
        ),
    ),
    ("/api/voices", lambda lens, ask: describe_voices(lens, ask.number("chapter"))),
    ("/api/script/{index:int}", lambda lens, ask: describe_script(lens, ask.index("index"))),
    ("/api/search", lambda lens, ask: describe_search(lens, ask.text("q"), *ask.page)),
    ("/api/corrections", lambda lens, _: list_corrections(lens)),
)
"""A row a page: later pages add theirs."""


def make_app(shelf: Shelf, front: Path, *, port: int, token: str, once: str | None = None, news: News | None = None) -> ASGIApp:
    """The server's application. front: the folder of the built front end; token, once: as of `Guard`; news: for open pages."""
    news = news or News(shelf)
    api = [
        Route("/api/story", _page(shelf, lambda lens, _: describe_story(lens, shelf.version))),
        Route("/api/events", _events(news)),
        Route("/api/corrections", _correct(shelf, news), methods=["POST"]),
        Route("/api/corrections/undo", _undo(shelf, news), methods=["POST"]),
        *(Route(path, _page(shelf, page)) for path, page in PAGES),
    ]

    @contextlib.asynccontextmanager
    async def watch(_app: Starlette) -> AsyncIterator[None]:
        warming = asyncio.create_task(asyncio.to_thread(shelf.warm))
        watching = asyncio.create_task(news.watch())
        yield
        shelf.end()
        watching.cancel()
        await asyncio.gather(warming, watching, return_exceptions=True)

    app = Starlette(
        routes=[*api, Mount("/", StaticFiles(directory=front, html=True, follow_symlink=False))],
        lifespan=watch,
        exception_handlers={HTTPException: _http_problem, Exception: _unexpected},
    )
    return Guard(app, port=port, token=token, once=once)


def _page(shelf: Shelf, page: Page) -> Callable[[Request], object]:
    async def respond(request: Request) -> Response:
        asking = Asking(request)
        try:
            until = asking.number("until")
            return await asyncio.to_thread(shelf.ask, until, lambda lens: answer(page(lens, asking)))
        except (BadRequestError, NoSuchKindError) as error:
            return problem_of(error, 400)
        except LookupFailedError as error:
            return problem_of(error, 404)
        except FabulaError as error:
            return problem_of(error, 500)

    return respond


def _correct(shelf: Shelf, news: News) -> Callable[[Request], object]:
    async def respond(request: Request) -> Response:
        try:
            asked: Asked = await _read(request, Asked)
            until = Asking(request).number("until")
        except BadRequestError as error:
            return problem_of(error, 422)
        except TooLongError as error:
            return problem_of(error, 413)
        return await _change(news, lambda: shelf.correct(asked.version, until, lambda lens: make_correction(lens, asked)))

    return respond


def _undo(shelf: Shelf, news: News) -> Callable[[Request], object]:
    async def respond(request: Request) -> Response:
        try:
            asked: UndoAsked = await _read(request, UndoAsked)
        except BadRequestError as error:
            return problem_of(error, 422)
        except TooLongError as error:
            return problem_of(error, 413)
        return await _change(news, lambda: shelf.undo(asked.version))

    return respond


async def _change(news: News, change: Callable[[], Corrected]) -> Response:
    try:
        corrected = await asyncio.to_thread(change)
    except NotUnderstoodError as error:
        return problem_of(error, 422)
    except (ChangedError, CorrectionsError) as error:
        return problem_of(error, 409)
    except LookupFailedError as error:
        return problem_of(error, 404)
    except FabulaError as error:
        return problem_of(error, 500)
    news.tell()
    return answer(corrected)


class TooLongError(FabulaError):
    """A body is longer than any correction."""

    def __init__(self) -> None:
        super().__init__(f"that is too long: no more than {LONGEST_BODY:,} bytes are read")


async def _read(request: Request, kind: Any) -> Any:
    """The body, as what it has to be. Raises BadRequestError, TooLongError."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise BadRequestError("a correction is sent as application/json")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_BODY:
            raise TooLongError
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        said = str(error)
        raise BadRequestError(f"that is no correction: {said[:1].lower()}{said[1:]}") from error


def _events(news: News) -> Callable[[Request], object]:
    async def respond(_request: Request) -> Response:
        return StreamingResponse(news.stream(), headers={"cache-control": "no-store"}, media_type="text/event-stream")

    return respond


async def _http_problem(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    said = {404: "there is no such page", 405: "that cannot be asked for in this way"}.get(status, "that cannot be answered")
    return problem(status, said)


async def _unexpected(_request: Request, _error: Exception) -> Response:
    return problem(500, "a fault of fabula", "run `fabula explore` with `-v` to see where it comes from")
