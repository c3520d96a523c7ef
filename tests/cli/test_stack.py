"""Stacks of a project, read with the real Pulumi CLI."""

from __future__ import annotations

from pathlib import Path

import pytest
from pulumi_switchboard.cli.stack import ConfigValue, find_stack, run_pulumi
from pulumi_switchboard.errors import MissingError, SettingsError


def test_a_stack_is_found_with_its_configuration_and_state(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_stack(project) is None
    with pytest.raises(MissingError, match="has no stack dev; it has none"):
        find_stack(project, "dev")
    run_pulumi(project, "stack", "init", "dev")
    found = find_stack(project)
    assert found is not None
    assert found == find_stack(project, "dev")
    found.set_plain({"twilio:accountSid": "AC1", "twilio:edge": "a=b, c\n"})
    found.set_secret("token", "- sé\ncret\n")
    assert found.config() == {
        "twilio:accountSid": ConfigValue("AC1", is_secret=False),
        "twilio:edge": ConfigValue("a=b, c\n", is_secret=False),
        "desk:token": ConfigValue("- sé\ncret\n", is_secret=True),
    }
    assert "- s" not in (project / "Pulumi.dev.yaml").read_text()
    assert "sé" not in repr(found.config())
    assert found.export()["deployment"]["manifest"]
    in_full = find_stack(project, "organization/desk/dev")
    assert in_full is not None
    assert in_full.config() == found.config()

    below = project / "src" / "desk"
    below.mkdir(parents=True)
    assert find_stack(below) is not None

    monkeypatch.delenv("PULUMI_CONFIG_PASSPHRASE")
    with pytest.raises(SettingsError, match="`pulumi config --json` failed: passphrase must be set"):
        found.config()


def test_without_a_project_or_the_pulumi_cli_it_says_so(
    tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_stack(tmp_path) is None
    with pytest.raises(MissingError, match=r"no Pulumi project in .*, so it has no stack dev"):
        find_stack(tmp_path, "dev")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SettingsError, match="the Pulumi CLI can't be started"):
        find_stack(project)
