"""The words that books head their divisions with. Collected for this project from some hundred and fifty novels and serials."""

from __future__ import annotations

PARTS = ("volume", "vol", "book", "part", "phase", "period", "epoch", "era", "narrative", "act")
"""What may hold chapters, the outer ones first."""

# fmt: off
CHAPTERS = (
    "chapter", "chap", "ch", "letter", "stave", "canto", "adventure", "episode", "scene", "story", "tale", "entry", "night", "day",
    "section", "lecture", "fit", "fytte", "sketch", "round",
)
# fmt: on
"""What is read as a chapter; "chap", "ch" and "vol" may carry a stop."""

SHORT_FORMS = {"vol": "volume", "chap": "chapter", "ch": "chapter"}

# fmt: off
STORY = frozenset({
    "prologue", "epilogue", "prelude", "interlude", "intermezzo", "intermission", "finale", "coda", "entr'acte", "conclusion",
    "postlude", "envoi", "l'envoi", "postscript",
})
# fmt: on
"""Parts of the story that have a name instead of a number."""

CLOSING = frozenset({"epilogue", "finale", "coda", "conclusion", "postlude", "envoi", "l'envoi", "postscript"})
"""Those of them that stand after the last part and belong to none."""

PREFACES = (
    "preface",
    "foreword",
    "introduction",
    "introductory",
    "introductory note",
    "introductory remarks",
    "prefatory note",
    "prefatory remarks",
    "to the reader",
    "to my readers",
    "a note to the reader",
    "note to the reader",
    "author's note",
    "author's preface",
    "author's introduction",
    "editor's note",
    "editor's preface",
    "translator's note",
    "translator's preface",
    "by way of introduction",
    "apology",
    "author's apology",
    "the author's apology",
)
"""Before the first chapter: somebody speaks of the book, not in it."""

FRONT = (
    "contents",
    "table of contents",
    "contents of the volume",
    "list of illustrations",
    "illustrations",
    "list of characters",
    "dramatis personae",
    "cast of characters",
    "characters",
    "dedication",
    "epigraph",
    "copyright",
    "copyright notice",
    "acknowledgments",
    "acknowledgements",
    "also by",
    "about the author",
    "praise for",
    "advertisement",
    "notice",
    "explanatory",
    "title page",
    "half title",
    "cover",
    "maps",
    "map",
)
"""Before the first chapter: the book as a thing."""

CONTENTS = frozenset({"contents", "table of contents", "contents of the volume", "list of illustrations", "illustrations"})

BACK = (
    "appendix",
    "appendices",
    "index",
    "glossary",
    "notes",
    "endnotes",
    "end notes",
    "footnotes",
    "bibliography",
    "authorities",
    "errata",
    "afterword",
    "author's note",
    "editor's note",
    "editor's notes",
    "a note on the text",
    "note on the text",
    "a note on the type",
    "about the author",
    "about the publisher",
    "also by",
    "acknowledgments",
    "acknowledgements",
    "advertisements",
    "advertisement",
    "transcriber's note",
    "transcriber's notes",
    "transcriber note",
    "transcriber notes",
    "transcription notes",
    "production notes",
    "colophon",
    "reading group guide",
    "discussion questions",
    "by the same author",
    "other books by the author",
    "full project gutenberg license",
)
"""After the last chapter."""
