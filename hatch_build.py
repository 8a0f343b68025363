"""The wheel holds the built pages of the explorer; an editable install needs none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg, misc, unused-ignore]
    """Builds `frontend/` before a wheel is made; without it there is no wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """version: "standard" or "editable"."""
        if version == "editable":
            return
        root = Path(self.root)
        if subprocess.run([sys.executable, str(root / "scripts" / "front_end.py"), "build"], cwd=root, check=False).returncode:
            self.app.abort("fabula is not built without the pages of `fabula explore`")
        build_data["artifacts"].append("src/fabula/web/static/**")
