"""What open pages are told while they are open: that the story has changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from fabula.web.shelf import Shelf

POLL = 0.5  # seconds between two looks at the story's file
QUIET = 15.0  # seconds after which a stream says that it is still there


class News:
    """The streams of all open pages."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._listeners: set[asyncio.Event] = set()
        self._closed = False

    async def watch(self) -> None:
        """Look at the story's file for ever."""
        while True:
            await asyncio.sleep(POLL)
            if await asyncio.to_thread(self._shelf.refresh):
                self.tell()
                await asyncio.to_thread(self._shelf.warm)

    def tell(self) -> None:
        """Say the new version to every page."""
        for listener in self._listeners:
            listener.set()

    def close(self) -> None:
        """End all streams: a server that is to stop would wait for them."""
        self._closed = True
        self.tell()

    async def stream(self) -> AsyncIterator[str]:
        """Server-sent events: the version now, and each one that follows."""
        changed = asyncio.Event()
        self._listeners.add(changed)
        try:
            said = ""
            while not self._closed:
                if said != self._shelf.version:
                    said = self._shelf.version
                    yield f"event: changed\ndata: {said}\n\n"
                else:
                    yield ": still here\n\n"
                try:
                    async with asyncio.timeout(QUIET):
                        await changed.wait()
                except TimeoutError:
                    continue
                changed.clear()
        finally:
            self._listeners.discard(changed)
