"""The emulated APIs. Each module of this package defines one, named `api`."""

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache
from typing import Any

from pulumi_switchboard.emulator.api import Api, ApiDefinition
from pulumi_switchboard.emulator.switches import Switches


def discover(switches: Switches | None = None) -> list[Api]:
    """Return the APIs with these switches. One that no API has, or a wrong value, is a ValueError."""
    chosen = switches or Switches()
    chosen.check(switch_groups())
    return [_build(api, chosen.of(api.switches)) for api in _definitions()]


def switch_groups() -> Sequence[type]:
    """Return the classes of the switches of all APIs."""
    return list(dict.fromkeys(api.switches for api in _definitions()))


@cache
def _build(definition: ApiDefinition[Any], switches: object) -> Api:
    """Return the API with these switches, made once, as many tests start an emulator of their own."""
    return definition.build(switches)


def _definitions() -> list[ApiDefinition[Any]]:
    modules = [
        importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    ]
    return [module.api for module in modules]
