"""The emulated APIs. Each module of this package defines one, named `api`."""

import importlib
import pkgutil

from pulumi_switchboard.emulator.api import Api


def discover() -> list[Api]:
    """Import every module of this package and return their APIs, in the order of the modules' names."""
    modules = [
        importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)
    ]
    return [module.api for module in modules]
