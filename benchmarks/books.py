"""The books that speed is measured on: ten public-domain novels of growing length."""

from __future__ import annotations

import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ARCHIVE = Path("litbank") / "novels.tar.xz"


@dataclass(frozen=True, slots=True)
class Book:
    """path: within the folder of the corpora; of a book in `ARCHIVE`, its name there."""

    title: str
    path: str
    in_archive: bool = False


ALICE = Book("Alice's Adventures in Wonderland", "novels/11_alices_adventures_in_wonderland.txt")
SECRET_GARDEN = Book("The Secret Garden", "novels/113_the_secret_garden.txt")
SHERLOCK_HOLMES = Book("The Adventures of Sherlock Holmes", "novels/1661_the_adventures_of_sherlock_holmes.txt")
WAR_AND_PEACE = Book("War and Peace", "novels/war_and_peace/war_and_peace.txt")
BOOKS = (
    ALICE,
    Book("The Hound of the Baskervilles", "novels/clic_19c/basker.txt"),
    SECRET_GARDEN,
    SHERLOCK_HOLMES,
    Book("Pride and Prejudice", "novels/1342_pride_and_prejudice.txt"),
    Book("Jane Eyre", "novels/1260_jane_eyre_an_autobiography.txt"),
    Book("The Woman in White", "novels/clic_19c/wwhite.txt"),
    Book("Middlemarch", "original/145_middlemarch.txt", in_archive=True),
    Book("Bleak House", "original/1023_bleak_house.txt", in_archive=True),
    WAR_AND_PEACE,
)


def place_books(data: Path, folder: Path) -> dict[Book, Path]:
    """Where each book's file is; those of the archive are unpacked into `folder`."""
    places = {book: data / book.path for book in BOOKS if not book.in_archive}
    wanted = {book.path: book for book in BOOKS if book.in_archive}
    with tarfile.open(data / ARCHIVE) as archive:
        for member in archive:
            book = wanted.get(member.name)
            stream = archive.extractfile(member) if book else None
            if book and stream:
                places[book] = folder / PurePosixPath(member.name).name
                places[book].write_bytes(stream.read())
    return {book: places[book] for book in BOOKS}
