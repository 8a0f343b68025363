"""What is asked for on the command line, as corrections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import typer

from fabula import StoryView
from fabula.cli.views import require_cast
from fabula.errors import CorrectionsError
from fabula.records import Correction, Gender, Grouping, Merge, NotAPerson, Rename, SetGender, Who
from fabula.story.corrections.pointing import find_quote, point_at, point_at_split, set_addressees, set_speaker

_HELPERS = {
    "names": ("--split",),
    "mentions": ("--split",),
    "called": ("--split",),
    "members": ("--group",),
    "quotes": ("--speaker", "--addressees"),
}
_OPTIONS = {"called": "--as", "quotes": "--quote"}
UNKNOWN, NOBODY = "unknown", "none"  # for a name of --speaker, of --addressees


@dataclass(frozen=True)
class Asked:
    """The options of a correction, as they were typed."""

    merge: tuple[str, str] | None = None
    split: str | None = None
    rename: tuple[str, str] | None = None
    not_a_person: str | None = None
    group: str | None = None
    not_a_group: str | None = None
    gender: tuple[str, str] | None = None
    names: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    called: str = ""
    speaker: str | None = None
    addressees: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()

    @property
    def actions(self) -> list[str]:
        """The options that are corrections; who speaks and to whom may be said at once."""
        found = ("merge", "split", "rename", "not_a_person", "group", "not_a_group", "gender", "speaker")
        said = [f"--{name.replace('_', '-')}" for name in found if getattr(self, name) is not None]
        return [*said, *(["--addressees"] if self.addressees and self.speaker is None else [])]

    def with_more(self, more: tuple[str, ...]) -> Asked:
        """With words that stand by themselves, as those after the first one of `--names X Y` do. Raises BadParameter."""
        for name, wanted in _HELPERS.items():
            if getattr(self, name) and not {*wanted} & {*self.actions}:
                raise typer.BadParameter(f"{_OPTIONS.get(name, f'--{name}')} goes with {' or '.join(wanted)}")
        if not more:
            return self
        if self.addressees and self.quotes:  # `--addressees A B --quote 12 13`: nobody is called 13
            ids = tuple(word for word in more if word.lstrip("#").isdecimal())
            people = tuple(word for word in more if word not in ids)
            return replace(self, addressees=self.addressees + people, quotes=self.quotes + ids)
        lists = [name for name in ("names", "mentions", "members", "addressees", "quotes") if getattr(self, name)]
        if len(lists) != 1:
            raise typer.BadParameter(f"it is not clear what `{more[0]}` is for: quote names of several words")
        return replace(self, **{lists[0]: getattr(self, lists[0]) + more})

    def corrections(self, view: StoryView) -> list[Correction]:
        """What is asked for, none if nothing is. Raises LookupFailedError, CorrectionsError."""
        require_cast(view)
        if self.speaker is not None or self.addressees:
            return list(self._voices(view))
        if self.merge is not None:
            return [self._merge(view, *self.merge)]
        if self.split is not None:
            if not self.names and not self.mentions:
                raise typer.BadParameter("--split needs --names or --mentions: what is somebody else's")
            return [point_at_split(view, view.cast.find(self.split), self.names, self.mentions, self.called.strip())]
        if self.rename is not None:
            return [self._rename(view, *self.rename)]
        if self.not_a_person is not None:
            return [NotAPerson(_find(view, self.not_a_person))]
        if self.group is not None:
            return [Grouping(_find(view, self.group), tuple(_find(view, member) for member in self.members))]
        if self.not_a_group is not None:
            return [Grouping(_find(view, self.not_a_group), is_group=False)]
        if self.gender is not None:
            return [self._gender(view, *self.gender)]
        return []

    def _voices(self, view: StoryView) -> Iterator[Correction]:
        if not self.quotes:
            raise typer.BadParameter("give --quote: the words or the id of what is said")
        if len(self.addressees) > 1 and NOBODY in map(str.lower, self.addressees):
            raise typer.BadParameter(f"--addressees are either names, or `{NOBODY}`")
        speaker = None if self.speaker is None or self.speaker.lower() == UNKNOWN else view.cast.find(self.speaker)
        to = [view.cast.find(name) for name in self.addressees if name.lower() != NOBODY]
        for quote in dict.fromkeys(find_quote(view, asked) for asked in self.quotes):
            if self.speaker is not None:
                yield set_speaker(view, quote, speaker)
            if self.addressees:
                yield set_addressees(view, quote, to)

    def _merge(self, view: StoryView, one: str, other: str) -> Correction:
        both = view.cast.find(one), view.cast.find(other)
        if both[0].id == both[1].id:
            raise CorrectionsError(f"`{one}` and `{other}` are one person already: {both[0].name}")
        return Merge(*(point_at(view, c) for c in both))

    def _rename(self, view: StoryView, who: str, name: str) -> Correction:
        if not name.strip():
            raise typer.BadParameter("a name cannot be empty")
        return Rename(_find(view, who), " ".join(name.split()))

    def _gender(self, view: StoryView, who: str, gender: str) -> Correction:
        if gender.lower() not in list(Gender):
            raise typer.BadParameter(f"the gender is female, male or unknown, not `{gender}`")
        return SetGender(_find(view, who), Gender(gender.lower()))


def _find(view: StoryView, name: str) -> Who:
    return point_at(view, view.cast.find(name))
