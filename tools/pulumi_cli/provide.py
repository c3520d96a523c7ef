"""Chooses the source of the programs and puts links to them into one directory."""

import hashlib
import os
import platform
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from tools.pulumi_cli.cache import cache_directory, filled
from tools.pulumi_cli.go_build import HOST_VERSION, PINS, build
from tools.pulumi_cli.installer import install
from tools.pulumi_cli.on_path import find_on_path, newer_host
from tools.pulumi_cli.programs import HOST, MINIMUM, PINNED, Toolchain, UnavailableError

SWITCH = "PULUMI_CLI_SOURCE"


@dataclass(frozen=True)
class Source:
    """Something that can provide the programs, `ready` if it need not fetch or build anything first."""

    name: str
    find: Callable[[], Toolchain]
    ready: bool = True


def all_sources(ignored: Path) -> list[Source]:
    """Return every source in the order of preference."""

    def cached(name: str, key: str, fill: Callable[[Path], None]) -> Source:
        directory = cache_directory() / f"pulumi-{PINNED}-{name}-{key}"
        return Source(name, lambda: Toolchain.in_directory(filled(directory, fill)), directory.is_dir())

    machine = f"{platform.system()}-{platform.machine()}".lower()
    built = cached("go", f"{machine}-{pins_key()[:12]}", build)
    return [
        Source("path", lambda: find_on_path(os.environ.get("PATH", ""), ignored)),
        cached("installer", machine, install),
        replace(built, find=lambda: with_newer_host(built.find(), ignored)),
    ]


def with_newer_host(built: Toolchain, ignored: Path) -> Toolchain:
    """Return what Go has built with a newer language host if one is on PATH; if not, say what is missing."""
    found = newer_host(os.environ.get("PATH", ""), ignored, HOST_VERSION)
    if found is None:
        remark = (
            f"Its Python host is only {HOST_VERSION}, the last that can be built: `virtualenv`, `toolchain` "
            f"and policy packs do not work with it. A newer {HOST} on PATH is taken instead."
        )
        return replace(built, remark=remark)
    host, version = found
    paths = tuple(host if path.name == HOST else path for path in built.paths)
    return replace(built, paths=paths, remark=f"Its Python host is {version} ({host}).")


def admitted(sources: list[Source], only: str) -> list[Source]:
    """Return the sources that may be asked; what is ready comes before what must be fetched or built."""
    names = [source.name for source in sources]
    if only and only not in names:
        raise SystemExit(f"{SWITCH}={only} is not one of {', '.join(names)}")
    return sorted(
        (source for source in sources if only in ("", source.name)), key=lambda source: not source.ready
    )


def first_available(sources: list[Source]) -> tuple[str, Toolchain]:
    """Return the first source that has the programs and its toolchain; if none has, say what would help."""
    refusals: list[tuple[str, UnavailableError]] = []
    for source in sources:
        answer = _ask(source)
        if isinstance(answer, Toolchain):
            return source.name, answer
        print(f"    not from {source.name}: {answer}", flush=True)
        refusals.append((source.name, answer))
    reasons = [f"  {name}: {refusal}" for name, refusal in refusals]
    remedies = list(dict.fromkeys(f"  {refusal.remedy}" for _, refusal in refusals if refusal.remedy))
    advice = ["Any one of these brings it:", *remedies] if remedies else []
    raise SystemExit("\n".join([f"There is no Pulumi CLI >= {MINIMUM}:", *reasons, *advice]))


def _ask(source: Source) -> Toolchain | UnavailableError:
    try:
        return source.find()
    except UnavailableError as refusal:
        return refusal


def pins_key() -> str:
    """Return a hash of everything that fixes the build with Go."""
    pins = hashlib.sha256(str(PINNED).encode())
    for file in sorted(PINS.glob("*/go.*")):
        pins.update(file.read_bytes())
    return pins.hexdigest()


def link(toolchain: Toolchain, directory: Path) -> None:
    """Put a link to each program into the directory, over whatever was there."""
    directory.mkdir(parents=True, exist_ok=True)
    for program in toolchain.paths:
        place = directory / program.name
        place.unlink(missing_ok=True)
        place.symlink_to(program.absolute())


def provide(directory: Path) -> str:
    """Fill the directory from the first source that has the programs and say which it was."""
    only = os.environ.get(SWITCH, "")
    name, toolchain = first_available(admitted(all_sources(directory), only))
    link(toolchain, directory)
    source = f"pulumi {toolchain.version} from {name} ({toolchain.paths[0].parent})"
    return f"{source}. {toolchain.remark}" if toolchain.remark else source
