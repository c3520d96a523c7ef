"""A program that is run without Pulumi."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pulumi
import pytest
from pulumi_switchboard import Provider, twilio

from tests.promises import proves

HEAD = "import pulumi\nfrom pulumi_switchboard import Provider, twilio\n"
CLIENT = 'twilio.voice.ClientConfiguration("desk", call_notification={"url": "https://desk.example.com"})'


@proves("program.needs-the-engine")
@pytest.mark.parametrize("line", [CLIENT, CLIENT.replace('"desk"', '"desk", None'), 'Provider("acme")'])
def test_a_program_without_an_engine_ends_with_one_line(line: str, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(HEAD + line + '\npulumi.export("a", "b")\n')

    done = subprocess.run(
        [sys.executable, program], capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path
    )

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "run it with `pulumi up`" in done.stderr


def test_code_that_handles_errors_handles_a_missing_engine() -> None:
    with pytest.raises(Exception, match="run it with `pulumi up`"):
        Provider("acme")
    with pytest.raises(pulumi.RunError, match="run it with `pulumi up`"):
        twilio.voice.ClientConfiguration.get("desk", "id-7")
