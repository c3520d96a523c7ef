"""A stack as its user has it: a folder with a program, and the real Pulumi CLI."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any

from tests.engine.canary import Canary
from tests.engine.processes import Command

ROOT = Path(__file__).parents[2]
ACCOUNT, OTHER, THIRD = ("AC" + digit * 32 for digit in "123")
SECRET = "canary-of-the-auth-token"
REVEALING = "--show-secrets"
"""The option of commands whose output is to hold secrets."""

OF_THE_CLI = {"PULUMI_HOME": str(ROOT / ".tools/pulumi-home"), "PULUMI_SKIP_UPDATE_CHECK": "true"}
"""Keeps the CLI from what it remembers of the tester's own stacks, and from news of later versions."""


@dataclass(frozen=True)
class Run:
    """What a command of the CLI did."""

    status: int
    output: str


@dataclass
class Stack:
    """A stack in a folder of its own, with local state.

    After every command `Canary` looks for the secrets: in what it has printed and the arguments of its
    processes, in all files of the project and its state, and in the emulator's journal.
    """

    folder: Path
    endpoint: str
    python: Path = Path(sys.executable)
    name: str = "dev"
    project: str = "proof"
    environment: dict[str, str] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=lambda: [SECRET])

    def secret(self, value: str) -> str:
        """Return the value, which from now on must not turn up anywhere in plain."""
        self.secrets.append(value)
        return value

    @property
    def configuration(self) -> Path:
        """The file of the stack's configuration."""
        return self.folder / f"Pulumi.{self.name}.yaml"

    def write(self, program: str, *, head: bool = True) -> None:
        """Make this the program; the imports that all programs need stand above it."""
        lines = "import pulumi\nfrom pulumi_switchboard import Provider, twilio, ultravox\n\n" if head else ""
        (self.folder / "__main__.py").write_text(lines + dedent(program))

    def configure_secret(self, key: str, value: str) -> None:
        """Set a secret of the stack's configuration, in a way in which others do not see it."""
        self.run("config", "set", key, "--secret", told=value)

    def configure_in_plain(self, **values: str) -> None:
        """Make these the stack's whole configuration, without a command; `__` stands for the colon."""
        kept = self.configuration.read_text().partition("config:\n")[0]
        lines = [f"  {name.replace('__', ':')}: {value}\n" for name, value in values.items()]
        self.configuration.write_text(kept + "".join(["config:\n", *lines]))

    def create(self, *resources: Mapping[str, Any]) -> None:
        """Make the stack as `pulumi stack init` does, without a command, and the project if there is none.

        Args:
            resources: What it has in state.
        """
        files = {
            self.folder / "Pulumi.yaml": f"name: {self.project}\nruntime: python\n",
            self.configuration: "",
            self._state() / ".pulumi/meta.yaml": "version: 1\n",
            self._state_file(): json.dumps(
                {"version": 3, "checkpoint": {"latest": {"resources": resources} if resources else {}}}
            ),
        }
        for path, text in files.items():
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)

    def up(self, program: str | None = None, *arguments: str, fails: bool = False) -> str:
        """Deploy the program; returns what the CLI says."""
        if program is not None:
            self.write(program)
        return self.run("up", "--yes", "--skip-preview", *arguments, fails=fails).output

    def preview(self, *arguments: str, fails: bool = False) -> str:
        """Preview the program."""
        return self.run("preview", "--diff", *arguments, fails=fails).output

    def refresh(self, *arguments: str, fails: bool = False) -> str:
        """Take the live objects into state."""
        return self.run("refresh", "--yes", "--skip-preview", "--diff", *arguments, fails=fails).output

    def destroy(self, *arguments: str, fails: bool = False) -> str:
        """Delete all that the stack has."""
        return self.run("destroy", "--yes", "--skip-preview", *arguments, fails=fails).output

    def assert_settled(self) -> None:
        """A preview has nothing to do."""
        self.run("preview", "--diff", "--expect-no-changes")

    def outputs(self) -> dict[str, Any]:
        """The stack's outputs in the state file, where secrets are encrypted."""
        (root,) = self.resources("pulumi:pulumi:Stack")
        return dict(root["outputs"])

    def resources(self, token: str) -> list[dict[str, Any]]:
        """The resources of this type in the state file."""
        return [item for item in self._deployment().get("resources", []) if item["type"] == token]

    def state_text(self) -> str:
        """The state file as it lies on disk."""
        return self._state_file().read_text()

    def run(self, *arguments: str, told: str = "", fails: bool | None = False) -> Run:
        """Run a command of the CLI; it has to succeed, or to fail if that is expected. None allows both."""
        command = self.start(*arguments, told=told)
        output, status = command.output(), command.process.returncode
        assert fails in (status != 0, None), f"pulumi {' '.join(arguments)}:\n{output}"
        self.assert_clean(output, reveals=REVEALING in arguments)
        return Run(status, output)

    def start(self, *arguments: str, told: str = "") -> Command:
        """Begin a command of the CLI, which reads what it is told, to be interrupted or killed on its way."""
        process = subprocess.Popen(
            ["pulumi", "--non-interactive", "--color=never", *arguments],
            cwd=self.folder,
            env=self.settings(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert process.stdin is not None
        with process.stdin as stdin:
            stdin.write(told)
        process.stdin = None
        return Command(process, self.folder, self._state(), self.canary)

    @property
    def canary(self) -> Canary:
        """What knows the secrets."""
        return Canary(self.secrets)

    def assert_clean(self, output: str = "", *, reveals: bool = False) -> None:
        """A command has left no secret anywhere, and has said nothing that only we should see."""
        assert "Traceback" not in output, output
        assert "bug in pulumi-switchboard" not in output, output
        if not reveals:
            self.canary.assert_absent(output, "the output")
        self.canary.assert_absent_from_files(self.folder, self._state())
        if self.endpoint:
            self.canary.assert_absent_from_journal(self.endpoint)

    def settings(self) -> dict[str, str]:
        """The environment of the CLI: nothing of the tester's own but the way to the programs."""
        return {
            "PATH": os.pathsep.join([str(self.python.parent), os.environ["PATH"]]),
            "HOME": str(self.folder),
            **OF_THE_CLI,
            "PULUMI_BACKEND_URL": f"file://{self.folder}/state",
            "PULUMI_CONFIG_PASSPHRASE": "proof",
            "PULUMI_STACK": self.name,
            "PYTHONPATH": str(ROOT / "tests/engine/quick"),
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_AUTH_TOKEN": SECRET,
            "SWITCHBOARD_ENDPOINT": self.endpoint,
            **self.environment,
        }

    def _state(self) -> Path:
        return Path(self.settings()["PULUMI_BACKEND_URL"].removeprefix("file://"))

    def _state_file(self) -> Path:
        return self._state() / f".pulumi/stacks/{self.project}/{self.name}.json"

    def _deployment(self) -> dict[str, Any]:
        checkpoint = json.loads(self.state_text()).get("checkpoint", {})
        deployment: dict[str, Any] = checkpoint.get("latest") or {}
        return deployment
