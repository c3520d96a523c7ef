"""Every text on its way to the engine passes `Words`: nothing else makes one, and few places send one."""

from __future__ import annotations

import ast
from pathlib import Path

import pulumi_switchboard
import pytest

PACKAGE = Path(pulumi_switchboard.__file__).parent
PROVIDER = ("core", "definitions", "dynamic", "http", "vendors")
"""What runs in the provider process."""

CALLED = {
    "Harmless": {"dynamic/words.py"},
    "CheckFailure": {"dynamic/saying.py"},
    "Log": {"dynamic/saying.py"},
    "LogRequest": {"dynamic/saying.py"},
    "print": {"dynamic/saying.py"},
    "set_trailing_metadata": {"dynamic/host.py"},
    "ProviderError": {"dynamic/host.py"},
    "ErrorResourceInitFailed": {"dynamic/host.py"},
    "Formatter": set[str](),
    "StreamHandler": {"dynamic/process.py"},
    "abort": set[str](),
    "set_details": set[str](),
}
"""What brings a text to the engine or to the terminal, and where it is called."""


def callers(name: str) -> set[str]:
    """The files in which something of this name is called."""
    found = set()
    for folder in PROVIDER:
        for path in (PACKAGE / folder).rglob("*.py"):
            calls = [
                node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)
            ]
            named = {call.id if isinstance(call, ast.Name) else getattr(call, "attr", "") for call in calls}
            if name in named:
                found.add(str(path.relative_to(PACKAGE)))
    return found


@pytest.mark.parametrize("name", CALLED)
def test_a_text_is_sent_from_these_places_only(name: str) -> None:
    assert callers(name) == CALLED[name]


def test_what_sends_a_text_takes_harmless_ones_only() -> None:
    functions = [
        node
        for path in ("dynamic/saying.py", "dynamic/host.py")
        for node in ast.walk(ast.parse((PACKAGE / path).read_text()))
        if isinstance(node, ast.FunctionDef)
    ]
    texts = {
        node.name: ast.unparse(argument.annotation)
        for node in functions
        for argument in node.args.args
        if argument.arg == "text" and argument.annotation is not None
    }

    assert texts == dict.fromkeys(
        ["progress", "warn", "failure", "fail", "fail_with", "_abort", "__init__"], "Harmless"
    )
