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
    said = [distribution.metadata.get("License-Expression") or "", *(distribution.metadata.get_all("Classifier") or ())]
    licence = distribution.metadata.get("License") or ""
    said.append(licence if len(licence) < 200 else "")  # some put the whole text there
    told = [s for s in said if "icense" in s or s in (licence, distribution.metadata.get("License-Expression"))]
    assert not any(DENIED.search(s) for s in told), told
