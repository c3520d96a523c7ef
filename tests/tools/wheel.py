"""The wheel of the package, as it would be on the index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.documents import ROOT

PLUGIN_FILE = "pulumi_switchboard/pulumi-plugin.json"
NO_PLUGIN = {"resource": False, "name": "switchboard"}


def build_wheel(folder: Path) -> Path:
    """Build the wheel into the folder."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-index"]
    build = ["--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run([*pip, *build], check=True)
    (wheel,) = folder.glob("pulumi_switchboard-*.whl")
    return wheel
