"""The explorer's server: its routes, and what each of them answers."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from fabula.errors import FabulaError
from fabula.web.answers import answer, problem, problem_of
from fabula.web.asking import Asking, read_body
from fabula.web.correcting import list_corrections, make_correction
from fabula.web.guard import Guard
from fabula.web.lens import Lens
from fabula.web.news import News
from fabula.web.payloads import Asked, UndoAsked
from fabula.web.people import describe_cast, describe_meetings, describe_mentions, describe_person
from fabula.web.reading import describe_chapter, describe_story
from fabula.web.searching import describe_search
from fabula.web.shelf import Shelf
from fabula.web.speaking import describe_quotes, describe_script, describe_voices

LOG = logging.getLogger("fabula")

Page = Callable[[Lens, Asking], object]
"""What a page is told of a story as far as it has been read."""

PAGES: Sequence[tuple[str, Page]] = (
    ("/api/chapter/{index:int}", lambda lens, ask: describe_chapter(lens, ask.index("index"))),
    ("/api/cast", lambda lens, _: describe_cast(lens)),
    ("/api/person/{id:int}", lambda lens, ask: describe_person(lens, ask.index("id"))),
    ("/api/person/{id:int}/mentions", lambda lens, ask: describe_mentions(lens, ask.index("id"), ask.text("kind"), *ask.page)),
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
        exception_handlers={HTTPException: _http_problem, FabulaError: _problem, Exception: _unexpected},
    )
    return Guard(app, port=port, token=token, once=once)


def _page(shelf: Shelf, page: Page) -> Callable[[Request], object]:
    async def respond(request: Request) -> Response:
        asking = Asking(request)
        return await asyncio.to_thread(shelf.ask, asking.number("until"), lambda lens: answer(page(lens, asking)))

    return respond


def _correct(shelf: Shelf, news: News) -> Callable[[Request], object]:
    async def respond(request: Request) -> Response:
        asked: Asked = await read_body(request, Asked)
        until = Asking(request).number("until")
        corrected = await asyncio.to_thread(shelf.correct, asked.version, until, lambda lens: make_correction(lens, asked))
        news.tell()
        return answer(corrected)

    return respond


def _undo(shelf: Shelf, news: News) -> Callable[[Request], object]:
    async def respond(request: Request) -> Response:
        asked: UndoAsked = await read_body(request, UndoAsked)
        corrected = await asyncio.to_thread(shelf.undo, asked.version)
        news.tell()
        return answer(corrected)

    return respond


def _events(news: News) -> Callable[[Request], object]:
    async def respond(_request: Request) -> Response:
        return StreamingResponse(news.stream(), headers={"cache-control": "no-store"}, media_type="text/event-stream")

    return respond


async def _problem(_request: Request, error: Exception) -> Response:
    return problem_of(error) if isinstance(error, FabulaError) else await _unexpected(_request, error)


async def _http_problem(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    said = {404: "there is no such page", 405: "that cannot be asked for in this way"}.get(status, "that cannot be answered")
    return problem(status, said)


async def _unexpected(_request: Request, error: Exception) -> Response:
    """Its message may hold the book's words: it is logged where that is asked for, and told to nobody."""
    if LOG.isEnabledFor(logging.DEBUG):
        LOG.error("a page could not be answered", exc_info=error)
    return problem(500, "a fault of fabula", "run `fabula explore` with `-v` to see where it comes from")
