"""The steps of the demo, each announced in a line."""

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.demo.processes import DemoError, emulator, run

ROOT = Path(__file__).parents[2]
STACK = "demo"
OURS = ("PULUMI_", "SWITCHBOARD_", "TWILIO_", "ULTRAVOX_")


def tell(root: Path = ROOT) -> None:
    """Deploy the quickstart against a fresh emulator, show what came of it, and take it down again."""
    place = root / ".demo"
    place.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=place) as scratch:
        settings = demo_environment(os.environ, Path(scratch))
        say("Starting the emulator of Twilio and Ultravox")
        with emulator(settings, Path(scratch, "emulator.log")) as url:
            say(f"It listens at {url}; no request leaves this machine")
            outputs = _deploy(root, Path(scratch), settings | {"SWITCHBOARD_ENDPOINT": url})
    say("All is removed and stopped. The stack's outputs were:")
    _show(outputs)


def demo_environment(environment: Mapping[str, str], scratch: Path) -> dict[str, str]:
    """Return an environment with made-up credentials and local state, and nothing of the user's accounts."""
    state = scratch / "state"
    state.mkdir()
    foreign = {name: value for name, value in environment.items() if not name.startswith(OURS)}
    return foreign | {
        "PULUMI_BACKEND_URL": state.as_uri(),
        "PULUMI_HOME": str(scratch / "home"),
        "PULUMI_CONFIG_PASSPHRASE": "demo",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        "TWILIO_ACCOUNT_SID": "AC" + "0123456789abcdef" * 2,
        "TWILIO_AUTH_TOKEN": "fedcba9876543210" * 2,
    }


def _deploy(root: Path, scratch: Path, settings: Mapping[str, str]) -> dict[str, object]:
    project = scratch / "project"
    shutil.copytree(root / "examples" / "quickstart", project / "examples" / "quickstart")
    shutil.copy(root / "Pulumi.yaml", project)
    with _stack(project, settings):
        say("Deploying examples/quickstart: pulumi up")
        _pulumi(project, settings, "up", "--yes", "--skip-preview")
        outputs: dict[str, object] = json.loads(
            _pulumi(project, settings, "stack", "output", "--json", capture=True)
        )
        say("The stack's outputs:")
        _show(outputs)
        say("Looking for changes, there must be none: pulumi preview --expect-no-changes")
        _pulumi(project, settings, "preview", "--expect-no-changes")
        if sys.stdin.isatty():
            view = f"{settings['SWITCHBOARD_ENDPOINT']}/_emulator/state"
            print(f"\nHave a look at {view} and press Enter to go on: ", end="", flush=True)
            sys.stdin.readline()
    return outputs


@contextmanager
def _stack(project: Path, settings: Mapping[str, str]) -> Iterator[None]:
    say("Making a stack whose state is a local file")
    _pulumi(project, settings, "stack", "init", STACK)
    try:
        yield
    finally:
        say("Removing what was deployed: pulumi destroy")
        _pulumi(project, settings, "destroy", "--yes", "--skip-preview", "--remove")


def _pulumi(project: Path, settings: Mapping[str, str], *arguments: str, capture: bool = False) -> str:
    return run(["pulumi", "--non-interactive", *arguments], project, settings, capture=capture)


def _show(outputs: Mapping[str, object]) -> None:
    if not outputs:
        raise DemoError("the stack has no outputs")
    for name, value in outputs.items():
        print(f"  {name}: {value if isinstance(value, str) else json.dumps(value)}", flush=True)


def say(line: str) -> None:
    """Announce a step."""
    print(f"\n==> {line}", flush=True)
