"""What the tests of the default client configuration share: its program, and what it comes down to."""

from __future__ import annotations

from tests.engine.stack import Stack

TOKEN = "pulumi-python:dynamic/twilio/voice:DefaultClientConfiguration"
PLACE = "voice.twilio.com/v2/Configurations/Client"
NOUN = "the account's default client configuration"
LEFT = f"{NOUN} is left as it is in configuration_id: "
LOOK = "GET /v2/Configurations/Client/Default"
MOVE = "POST /v2/Configurations/Client/Default"
UNSET = "DELETE /v2/Configurations/Client/Default"
NEVER = 10_000
"""More seconds to wait than a call has that has only a `SHORT` time, so that it ends at once."""
SHORT = "custom_timeouts=pulumi.CustomTimeouts(create='50s', update='50s', delete='50s')"


def default(configuration: str, more: str = "", *, name: str = "default") -> str:
    """A program with the default alone; an id stands for itself, and more arguments may follow it."""
    return f"""
        default = twilio.voice.DefaultClientConfiguration(
            "{name}", configuration_id="{configuration}", {more}
        )
        pulumi.export("now", default.configuration_id)
        pulumi.export("previous", default.previous_configuration_id)
        pulumi.export("account", default.account_sid)
    """


def options(more: str) -> str:
    """Options of the resource, as an argument."""
    return f"opts=pulumi.ResourceOptions({more})"


def looks(id: str) -> str:
    """The request with which a configuration is looked at before the default is moved to it."""
    return f"GET /v2/Configurations/Client/{id}"


def assert_taken_over(said: str, old: str, new: str) -> None:
    """There is a warning of a take-over, with what it overwrites by what."""
    assert f"this resource takes over {NOUN}, and overwrites what is there:" in said
    assert f'configuration_id: "{old}" -> {new}' in said.replace(f'"{new}"', new)


def managed(stack: Stack) -> str | None:
    """The configuration that state has as the default; None if it has none."""
    found = stack.resources(TOKEN)
    assert len(found) <= 1
    return found[0]["outputs"]["configuration_id"] if found else None


def previous(stack: Stack) -> str | None:
    """The configuration that state has as the default of before."""
    (resource,) = stack.resources(TOKEN)
    found: str | None = resource["outputs"].get("previous_configuration_id")
    return found


def urn(stack: Stack, name: str = "default") -> str:
    """The URN of the resource with this name."""
    return f"urn:pulumi:{stack.name}::{stack.project}::{TOKEN}::{name}"
