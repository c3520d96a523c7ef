"""Texts on their way to the engine are made harmless: nothing else makes one, and few places send one."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pulumi_switchboard

from tests.promises import proves

PACKAGE = Path(pulumi_switchboard.__file__).parent
OF_THE_PROGRAM_OR_THE_EMULATOR = ("cli", "emulator", "program", "twilio", "ultravox")
CALLED = {
    "SafeText": {"runtime/redactor.py"},
    "CheckFailure": {"dynamic/bridge.py"},
    "Log": {"runtime/engine_log.py"},
    "LogRequest": {"runtime/engine_log.py"},
    "print": {"runtime/engine_log.py"},
    "set_trailing_metadata": {"dynamic/host.py"},
    "ProviderError": {"dynamic/host.py"},
    "ErrorResourceInitFailed": {"dynamic/host.py"},
    "StreamHandler": {"runtime/process.py"},
    "Formatter": set[str](),
    "abort": set[str](),
    "set_details": set[str](),
}
"""What brings a text to the engine or to the terminal, and where it is called."""


@proves("text.harmless", "text.secrets-removed")
def test_texts_are_sent_from_few_places_which_take_only_harmless_ones() -> None:
    callers: defaultdict[str, set[str]] = defaultdict(set)
    texts: dict[str, str] = {}
    for path in PACKAGE.rglob("*.py"):
        file = path.relative_to(PACKAGE)
        if file.parts[0] in (OF_THE_PROGRAM_OR_THE_EMULATOR):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                callers[name].add(str(file))
            if isinstance(node, ast.FunctionDef) and str(file) in (
                "runtime/engine_log.py",
                "dynamic/host.py",
            ):
                for argument in node.args.args:
                    if argument.arg == "text" and argument.annotation is not None:
                        texts[node.name] = ast.unparse(argument.annotation)

    assert {name: callers[name] for name in CALLED} == CALLED
    senders = ["progress", "warn", "fail", "fail_with", "_abort"]
    assert texts == dict.fromkeys(senders, "SafeText")
