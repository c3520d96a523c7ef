"""Manage the configuration of conversational systems on Twilio and Ultravox with Pulumi.

`twilio` and `ultravox` hold the resource classes; `Provider` names an account other than the stack's
own. They are imported when first used, so that the emulator and the `switchboard` command start without
Pulumi.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pulumi_switchboard import twilio as twilio
    from pulumi_switchboard import ultravox as ultravox
    from pulumi_switchboard.program.provider import Provider as Provider

    __version__: str

__all__ = ["Provider", "__version__", "twilio", "ultravox"]


def __getattr__(name: str) -> Any:
    if name == "Provider":
        return import_module("pulumi_switchboard.program.provider").Provider
    if name == "__version__":
        return import_module("importlib.metadata").version("pulumi-switchboard")
    if name in __all__:
        return import_module(f"pulumi_switchboard.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
