"""The package as it is installed from its wheel, away from the repository."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.engine.stack import ROOT, Stack
from tests.engine.vendor import Vendor


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The Python of an environment that has the wheel; what it depends on comes from our own."""
    wheels, environment = tmp_path / "wheels", tmp_path / "environment"
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT))
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    python = environment / "bin/python"
    (wheel,) = wheels.iterdir()
    _pip("--python", str(python), "install", "--no-deps", "--no-index", str(wheel))
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return python


def test_a_stack_lives_on_the_installed_wheel(stack: Stack, vendor: Vendor, installed: Path) -> None:
    stack.python = installed

    said = stack.up("""
        import pulumi_switchboard

        support = twilio.voice.ClientConfiguration(
            "support", call_notification={"url": "https://desk.example.com"}
        )
        pulumi.export("id", support.configuration_id)
        pulumi.export("from", pulumi_switchboard.__file__)
    """)

    assert stack.outputs()["id"] == vendor.only_client()["id"]
    assert Path(stack.outputs()["from"]).is_relative_to(installed.parents[1])
    assert "plugin" not in said
    stack.assert_settled()
    stack.destroy()
    assert vendor.clients() == {}


def _pip(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], check=True
    )
