"""Read a book with the installed fabula, from a folder outside the checkout, where no socket may be opened.

    python -I scripts/read_offline.py BOOK

Run by `make test` in an environment that holds the wheel alone: it finds what the wheel forgot and what would want a network.
"""

import os
import sys
import tempfile
from pathlib import Path


def forbid_sockets(event: str, _arguments: tuple[object, ...]) -> None:
    """An audit hook: whatever opens, binds, connects or looks up fails."""
    if event.startswith("socket."):
        raise RuntimeError(f"{event}: fabula must not use the network")


def main() -> None:
    book = Path(sys.argv[1]).resolve()
    sys.addaudithook(forbid_sockets)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        import fabula

        checkout = Path(__file__).resolve().parent.parent
        if Path(fabula.__file__).is_relative_to(checkout / "src"):
            sys.exit("this is the checkout's fabula, not the installed one")
        with fabula.read(book, save="story.fabula") as story:
            before = [(c.name, c.n_mentions) for c in story.cast]
        with fabula.open("story.fabula") as story:
            after = [(c.name, c.n_mentions) for c in story.cast]
            print(f"read offline: {story.book.title}, {story.book.n_words} words, {len(story.cast)} people")
        from fabula.web.front import require_front

        require_front()
        left = [path.name for path in Path(folder).iterdir()]
        os.chdir(checkout)  # some systems cannot remove the folder that one stands in
        if not before or before != after or left != ["story.fabula"]:
            sys.exit(f"the story was not kept: {before} / {after} / {left}")


if __name__ == "__main__":
    main()
