"""Faults as JSON. Only a control request imports this module, as the import of pydantic is slow."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, get_args

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from pulumi_switchboard.emulator.faults.connections import Outage
from pulumi_switchboard.emulator.faults.fault import Action, Fault
from pulumi_switchboard.emulator.request_body import check_depth

_OWN_FIELD = re.compile(r"[a-z_]+(, [a-z_]+)*: ")


@dataclass(frozen=True)
class _SentFault(Fault):
    """A fault as pydantic reads it."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)

    do: Annotated[Action, Field(discriminator="kind")]


_FAULT = TypeAdapter(_SentFault)


def parse_fault(body: bytes) -> Fault:
    """Read a fault from a request body. If it is wrong, a ValueError says for each field what is right."""
    try:
        check_depth(body.decode(errors="replace"))
    except ValueError as error:
        raise ValueError(f"body: is {error}") from None
    try:
        fault = _FAULT.validate_json(body)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
        raise ValueError("; ".join(_messages(problems))) from None
    if isinstance(fault.do, Outage) and fault.do.seconds is None:
        raise ValueError("do.seconds: is required here, as no request could end the outage; add a number")
    return fault


def _messages(problems: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return a line for each field, with all its problems."""
    reasons: dict[str, list[str]] = {}
    for problem in problems:
        # A location is a field, for `do` its kind and a field of it, and perhaps the type that did not match.
        location = [str(part) for part in problem["loc"]]
        field = ".".join([*location[:1], *location[2:3]]) or "body"
        reason = _reason(problem)
        if _OWN_FIELD.match(reason):
            own, reason = reason.split(": ", 1)
            field = ".".join([*location[:1], own])
        reasons.setdefault(field, []).append(reason)
    return [f"{field}: {' or '.join(dict.fromkeys(found))}" for field, found in reasons.items()]


def _reason(problem: Mapping[str, Any]) -> str:
    context = problem.get("ctx", {})
    match problem["type"]:
        case "missing":
            return "is required; add it"
        case "unexpected_keyword_argument":
            return "is unknown; leave it out"
        case "union_tag_not_found" | "union_tag_invalid":
            kinds = context.get("expected_tags") or ", ".join(f"'{kind}'" for kind in _kinds())
            return f"kind must be one of {kinds}"
        case "value_error":
            return str(context["error"])
        case "json_invalid":
            return f'must be JSON such as {{"at": "*", "do": {{"kind": "reset"}}}}: {context["error"]}'
        case _:
            return str(problem["msg"]).replace("Input should be", "must be")


def _kinds() -> list[str]:
    return [kind.kind for kind in get_args(Action)]
