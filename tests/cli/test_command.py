"""`switchboard` itself."""

import os
import subprocess
import sys
from pathlib import Path

from tests.cli.command import run


def test_it_prints_the_version_of_the_distribution(tmp_path: Path) -> None:
    metadata = tmp_path / "pulumi_switchboard-9.8.7.dist-info" / "METADATA"
    metadata.parent.mkdir()
    metadata.write_text("Metadata-Version: 2.1\nName: pulumi-switchboard\nVersion: 9.8.7\n")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = run("--version", PYTHONPATH=path)
    assert (done.returncode, done.stdout) == (0, "switchboard 9.8.7\n")


def test_it_shows_its_help_when_nothing_is_asked() -> None:
    assert "emulator" in run().stdout


def test_without_its_extras_it_says_in_one_line_how_to_install_them() -> None:
    for missing in ("typer", "starlette"):
        code = f"import sys; sys.modules['{missing}'] = None; from pulumi_switchboard.cli import main; main()"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        remedy = "install it with: pip install 'pulumi-switchboard[cli,emulator]'"
        assert done.returncode == 1
        assert done.stderr == f"switchboard: {missing} is not installed; {remedy}\n"
