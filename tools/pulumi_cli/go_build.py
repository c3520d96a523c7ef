"""The third source: a build with Go from the public Go modules.

Each directory under `pins` is a Go module whose go.mod and go.sum fix one program and all that it is built
from, by version and by hash. The two scripts that belong to the hosts are files of the SDK's module, which
go.sum fixes, too.
"""

import json
import os
import platform
import shutil
import subprocess
import time
from pathlib import Path

from tools.pulumi_cli.programs import PINNED, UnavailableError, Version

PINS = Path(__file__).parent / "pins"
MINIMUM_GO = Version(1, 26)
SDK = "github.com/pulumi/pulumi/sdk/v3"
SCRIPTS = ("python/cmd/pulumi-language-python-exec", "python/dist/pulumi-resource-pulumi-python")
COMMAND = (
    "-tags=osusergo,grpcnotrace",
    f"-ldflags=-s -w -X {SDK}/go/common/version.Version=v{PINNED}",
    "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
)
PYTHON_HOST = ("-ldflags=-s -w", f"{SDK}/python/cmd/pulumi-language-python")
HOST_VERSION = Version(3, 78)
"""That of the Python host: no later one is in a Go module that can be had."""


def build(directory: Path) -> None:
    """Build the programs into the directory."""
    go = find_go()
    print(f"    building pulumi {PINNED} and its Python host with Go: some minutes, once", flush=True)
    _build(go, PINS / "cli", directory, *COMMAND)
    _build(go, PINS / "python_host", directory, *PYTHON_HOST)
    module = json.loads(_go(go, PINS / "cli", "mod", "download", "-json", SDK))
    for script in SCRIPTS:
        copy = directory / Path(script).name
        shutil.copyfile(Path(module["Dir"], script), copy)
        copy.chmod(0o755)


def find_go() -> str:
    """Return a Go command that is new enough, from PATH or from where Go's own archive is unpacked."""
    go = shutil.which("go") or shutil.which("go", path="/usr/local/go/bin")
    if go is None:
        raise UnavailableError(f"no Go, at least {MINIMUM_GO} is needed", remedy())
    # Asked inside a pinned module, so that a Go that can fetch the version the module wants has done so.
    version = Version.find(_go(go, PINS / "cli", "env", "GOVERSION"))
    if version is None or version < MINIMUM_GO:
        raise UnavailableError(f"{go} is {version}, at least {MINIMUM_GO} is needed", remedy())
    return go


def remedy() -> str:
    """Return the command that brings Go to this machine."""
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    archive = f"https://go.dev/dl/go{MINIMUM_GO}.{platform.system().lower()}-{machine}.tar.gz"
    return f"curl -fsSL {archive} | sudo tar -C /usr/local -xz"


def _build(go: str, pins: Path, directory: Path, *arguments: str) -> None:
    started = time.monotonic()
    _go(go, pins, "build", "-trimpath", "-buildvcs=false", "-o", f"{directory}/", *arguments)
    name = arguments[-1].rsplit("/", 1)[-1]
    print(f"    built {name} in {time.monotonic() - started:.0f} s", flush=True)


def _go(go: str, pins: Path, *arguments: str) -> str:
    environment = {**os.environ, "GOWORK": "off", "CGO_ENABLED": "0"}
    done = subprocess.run(
        [go, *arguments], cwd=pins, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise UnavailableError(f"`go {arguments[0]}` failed in {pins}: {done.stderr.strip()}", remedy())
    return done.stdout
