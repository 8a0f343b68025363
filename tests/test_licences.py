"""What fabula needs at run time is permissively licensed."""

from __future__ import annotations

import re
from importlib import metadata

import pytest

DENIED = re.compile(r"\b(?:A?GPL|LGPL|GNU|CC.BY.NC|non.?commercial|SSPL|BUSL)\b", re.IGNORECASE)


def needed(name: str, seen: dict[str, metadata.Distribution]) -> dict[str, metadata.Distribution]:
    """The installed distributions that one needs, itself included, extras left out."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key not in seen:
        try:
            seen[key] = metadata.distribution(name)
        except metadata.PackageNotFoundError:  # needed on another system only
            return seen
        for requirement in seen[key].requires or ():
            if "extra ==" not in requirement:
                needed(re.split(r"[^\w.-]", requirement, maxsplit=1)[0], seen)
    return seen


@pytest.mark.parametrize("distribution", needed("fabula", {}).values(), ids=lambda d: d.metadata["Name"])
def test_a_dependency_is_permissive(distribution: metadata.Distribution) -> None:
    """Licence fields and classifiers of every distribution of the run time."""
    fields = distribution.metadata
    classifiers = [c for c in fields.get_all("Classifier") or () if c.startswith("License")]
    licences = [*(fields.get_all("License-Expression") or ()), *(fields.get_all("License") or ())]
    told = [*classifiers, *(licence for licence in licences if len(licence) < 200)]  # some put the whole text there
    assert not any(DENIED.search(s) for s in told), told
