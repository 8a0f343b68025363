"""What can go wrong, each kind with its own sentence and a hint.

    FabulaError
    ├── SourceError                 the book could not be read
    │   ├── SourceMissingError      no such file, or not allowed to read it
    │   ├── EmptySourceError        nothing in it, or no prose
    │   ├── UnsupportedFormatError  binary, PDF, MOBI ...: not a format that is read
    │   ├── DamagedSourceError      a broken or dangerous archive or document
    │   └── EncryptedSourceError    protected by a password or by DRM
    ├── StoryFileError              the story file could not be opened
    │   ├── StoryMissingError
    │   ├── NotAStoryError
    │   ├── DamagedStoryError
    │   ├── NewerStoryError
    │   └── OlderStoryError
    ├── CorrectionsError            the user's corrections could not be read, or are none
    │   ├── CorrectionsFileError    a mistake in NAME.fabula.toml
    │   ├── UnfitCorrectionError    one that does not fit the story
    │   └── RowError                a mistake in a table of corrections
    ├── SaveError                   the story file could not be written
    ├── LookupFailedError           no such character, quotation, chapter or position
    │   ├── NoSuchCharacterError
    │   ├── NoSuchPlaceInTextError
    │   ├── NoSuchQuoteError
    │   └── NotReadError            the reader that would know did not run
    ├── MissingFeatureError         this Python cannot do what is needed
    └── ModelError                  the reading model cannot be used
        ├── ModelMissingError       it is not there
        └── DamagedModelError       it is incomplete or broken

A fault inside a book that can be read past is no exception but a `fabula.records.Notice`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class FabulaError(Exception):
    """A fault in the call: `message` says what was seen, `hint` what to do (it may be empty)."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\nhint: {self.hint}" if self.hint else self.message


class SourceError(FabulaError):
    """The book could not be read."""


class SourceMissingError(SourceError):
    """There is no such file, or it may not be read."""

    def __init__(self, path: Path, reason: str = "there is no such file or folder") -> None:
        super().__init__(f"`{path}` cannot be read: {reason}", "check the path; quote it if it holds spaces")


class EmptySourceError(SourceError):
    """The file holds no prose."""

    def __init__(self, path: Path, reason: str = "it is empty") -> None:
        super().__init__(f"`{path}` holds no story: {reason}", "give a file that holds the prose of the story")


class UnsupportedFormatError(SourceError):
    """The content is of a kind that is not read."""

    def __init__(self, path: Path, seen: str, hint: str = "") -> None:
        super().__init__(
            f"`{path}` is {seen}, which fabula does not read",
            hint or "convert it to EPUB, DOCX, ODT, RTF, HTML, Markdown or plain text",
        )


class DamagedSourceError(SourceError):
    """An archive or a document that is broken, or built to do harm."""

    def __init__(self, path: Path, reason: str, hint: str = "open it in the program that made it and save it anew") -> None:
        super().__init__(f"`{path}` cannot be read: {reason}", hint)


class EncryptedSourceError(SourceError):
    """The book is protected."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"`{path}` is encrypted", "fabula reads only books without copy protection or password")


class StoryFileError(FabulaError):
    """The story file could not be opened."""


class StoryMissingError(StoryFileError):
    """There is no such story file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"there is no story file `{path}`", "build one with `fabula read BOOK`")


class NotAStoryError(StoryFileError):
    """The file is something else."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"`{path}` is not a story file: it has no fabula header", f"build one with `fabula read {path.name}`")


class DamagedStoryError(StoryFileError):
    """The story file is broken."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"the story file `{path}` is damaged: {reason}", "build it anew with `fabula read BOOK`")


class NewerStoryError(StoryFileError):
    """Written by a later fabula."""

    def __init__(self, path: Path, version: int, known: int) -> None:
        super().__init__(
            f"`{path}` was written by a newer fabula (story version {version}; this one knows {known})",
            "update fabula with `pip install --upgrade fabula`",
        )


class OlderStoryError(StoryFileError):
    """Written by an earlier fabula, which kept its stories otherwise."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"`{path}` was written by an older fabula", "read the book again with `fabula read BOOK`")


class CorrectionsError(FabulaError):
    """The user's corrections could not be read, or are none."""


class CorrectionsFileError(CorrectionsError):
    """A mistake in the file of the corrections; line: where, None if it is of the whole file."""

    def __init__(self, path: Path, line: int | None, mistake: str) -> None:
        where = f"`{path}`" if line is None else f"`{path}`, line {line}"
        super().__init__(f"{where}: {mistake}", "mend the file in an editor; nothing has been changed")
        self.line = line


class UnfitCorrectionError(CorrectionsError):
    """A new correction does not fit the story; number: which of the new ones it is, from 0."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(message, "nothing has been changed")
        self.number = number


class RowError(CorrectionsError):
    """A mistake in a row of a table of corrections, counted as a spreadsheet does: the heads are row 1."""

    def __init__(
        self, path: Path, row: int, mistake: str, hint: str = "mend the row and try again; nothing has been changed"
    ) -> None:
        super().__init__(f"`{path}`, row {row}: {mistake}", hint)
        self.row = row


class SaveError(FabulaError):
    """The story file could not be written; what was there before is untouched."""

    def __init__(self, path: Path, reason: str, hint: str = "choose another place with `-o STORY`") -> None:
        super().__init__(f"`{path}` cannot be written: {reason}", hint)


class LookupFailedError(FabulaError):
    """What was asked for is not in the story."""


class NoSuchCharacterError(LookupFailedError):
    """Nobody goes by that name, or several do."""

    def __init__(self, name: str, near: Sequence[str], *, several: bool = False) -> None:
        said = f"several people go by `{name}`" if several else f"nobody goes by `{name}` in what has been read"
        hint = f"did you mean {', '.join(near)}?" if near else "`fabula show STORY cast` lists everybody"
        super().__init__(said, f"name one of {', '.join(near)}" if several else hint)


class NoSuchPlaceInTextError(LookupFailedError):
    """A position that is no chapter, title or share."""

    def __init__(self, where: str, reason: str = "there is no such chapter") -> None:
        super().__init__(
            f"`{where}` is no place in this story: {reason}",
            "give a chapter's number (12, II.3), its title, or a share (40%); `fabula show STORY chapters` lists them",
        )


class NoSuchQuoteError(LookupFailedError):
    """No quotation has that id, or those words."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint or "`fabula show STORY quotes` lists them with their ids")


class NotReadError(LookupFailedError):
    """What was asked for is the work of a reader that did not run over this story."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"the {what} of this story were not read",
            "that is done for English prose only; `fabula show STORY chapters` says what there is",
        )


class MissingFeatureError(FabulaError):
    """This Python was built without something that is needed."""


class ModelError(FabulaError):
    """The reading model cannot be used."""


class ModelMissingError(ModelError):
    """There is no reading model where it should be."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"there is no reading model in `{folder}`: it has no config.json",
            "install fabula anew with `pip install --force-reinstall fabula`; from a clone, `training` makes the model",
        )


class DamagedModelError(ModelError):
    """The reading model that came with fabula is incomplete or broken."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the reading model is damaged: {reason}",
            "install fabula anew with `pip install --force-reinstall fabula`",
        )
