"""What is asked for on the command line, as corrections."""

from __future__ import annotations

from dataclasses import dataclass, replace

import typer

from fabula import StoryView
from fabula.cli.views import require_cast
from fabula.errors import CorrectionsError
from fabula.records import Correction, Gender, Grouping, Merge, NotAPerson, Rename, SetGender, Who
from fabula.story.corrections.pointing import point_at, point_at_split

_HELPERS = {"names": "--split", "mentions": "--split", "called": "--split", "members": "--group"}
_OPTIONS = {"called": "--as"}


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

    @property
    def actions(self) -> list[str]:
        """The options that are corrections."""
        found = ("merge", "split", "rename", "not_a_person", "group", "not_a_group", "gender")
        return [f"--{name.replace('_', '-')}" for name in found if getattr(self, name) is not None]

    def with_more(self, more: tuple[str, ...]) -> Asked:
        """With words that stand by themselves, as those after the first one of `--names X Y` do. Raises BadParameter."""
        for name, wanted in _HELPERS.items():
            if getattr(self, name) and wanted not in self.actions:
                raise typer.BadParameter(f"{_OPTIONS.get(name, f'--{name}')} goes with {wanted}")
        if not more:
            return self
        lists = [name for name in ("names", "mentions", "members") if getattr(self, name)]
        if len(lists) != 1:
            raise typer.BadParameter(f"it is not clear what `{more[0]}` is for: quote names of several words")
        return replace(self, **{lists[0]: getattr(self, lists[0]) + more})

    def corrections(self, view: StoryView) -> list[Correction]:
        """What is asked for, one correction or none. Raises NoSuchCharacterError, CorrectionsError, NotReadError."""
        require_cast(view)
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
