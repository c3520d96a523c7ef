"""A resource of a program, what the engine keeps of it, and how both travel to the provider."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

import dill  # type: ignore[import-untyped]
from google.protobuf import struct_pb2  # type: ignore[import-untyped]
from google.protobuf.json_format import MessageToDict  # type: ignore[import-untyped]
from pulumi.runtime import rpc
from pulumi_switchboard.dynamic import load

PROJECT = "proof"
STACK = "dev"
STACK_ID = "0b5f3c1e-7a52-4b8e-9d1a-5f0e7c2d9a11"
"""The id of the program's provider, which identifies the stack."""
OTHER_STACK_ID = "11111111-7a52-4b8e-9d1a-5f0e7c2d9a11"
"""That of another stack, or of another life of the stack."""
PROVIDER = "__provider"
UNKNOWN = rpc.UNKNOWN
"""Stands for an argument whose value is not known yet."""

SECRET_SIGNATURE = struct_pb2.Value(string_value=rpc._special_secret_sig)  # noqa: SLF001 - the SDK names it nowhere else
SECRET_URL = re.compile(r"https?://[^'\" ]*[?@]")

Bag = dict[str, Any]


class NotModelledError(AssertionError):
    """The engine would do something that the driver does not model."""


class CallError(Exception):
    """The provider has refused a call."""


class CheckError(CallError):
    """The arguments are wrong: each reason is a line."""


@dataclass(frozen=True)
class Resource:
    """A resource in a program."""

    type: str
    arguments: Mapping[str, Any]
    name: str = "main"
    secrets: Sequence[str] = ()
    """The arguments that the program gives as secrets."""
    secrets_by_type: Sequence[str] = ()
    """The arguments and outputs that are secret in every resource of the type."""
    ignore_changes: Sequence[str] = ()
    import_: str | None = None
    delete_before_replace: bool = False
    replace_on_changes: Sequence[str] = ()
    """The arguments of which a change replaces the resource."""
    timeout: float = 0.0

    @property
    def token(self) -> str:
        """The type as the engine names it."""
        return f"pulumi-python:dynamic/{self.type}"

    @property
    def place(self) -> str:
        """The resource within the stack, with the key of its type."""
        return f"{self.type}::{self.name}"

    @property
    def secret_inputs(self) -> frozenset[str]:
        """The arguments that the engine gets as secrets; one with a URL that may hold a secret is one."""
        marked = {*self.secrets, *self.secrets_by_type}
        given = self.arguments.items()
        return frozenset(name for name, value in given if name in marked or SECRET_URL.search(str(value)))

    @property
    def urn(self) -> str:
        """The resource as the engine names it."""
        return f"urn:pulumi:{STACK}::{PROJECT}::{self.token}::{self.name}"

    @property
    def named(self) -> dict[str, Any]:
        """What each request says of the resource."""
        return {"urn": self.urn, "name": self.name, "type": self.token}


@dataclass
class Saved:
    """What the engine keeps of the resource."""

    id: str
    inputs: Bag
    outputs: Bag
    secret_inputs: frozenset[str] = frozenset()
    secret_outputs: frozenset[str] = frozenset()
    errors: tuple[str, ...] = ()
    """Why the resource is not finished."""
    is_deleted: bool = False
    """Whether a replacement has deleted the object, and has not created the next one yet."""


@dataclass
class Step:
    """A call to the provider, and its answer."""

    verb: str
    request_message: Any
    answer_message: Any = None
    error: str = ""

    @property
    def request(self) -> Bag:
        """The request as a bag."""
        return as_bag(self.request_message)

    @property
    def answer(self) -> Bag:
        """The answer, or what is kept of an unfinished resource; empty if there is neither."""
        return as_bag(self.answer_message) if self.answer_message is not None else {}


def without_ignored(news: Bag, old: Bag, paths: Sequence[str]) -> Bag:
    """The inputs with those that are ignored as they were, as the engine makes them before it checks."""
    result = deepcopy(news)
    for path in paths:
        *parents, last = path.split(".")
        into, before = result, old
        for name in parents:
            into, before = into.get(name, {}), before.get(name, {})
        if last in before:
            into[last] = before[last]
        else:
            into.pop(last, None)
    return result


@cache
def pickled(key: str) -> str:
    """The provider of a type as every state holds it."""
    return base64.b64encode(dill.dumps(_Reference(key), protocol=4)).decode()


class _Reference:
    def __init__(self, key: str) -> None:
        self._key = key

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return load, (self._key,)


def struct(bag: Mapping[str, Any]) -> struct_pb2.Struct:
    result = struct_pb2.Struct()
    result.update(bag)
    return result


def plain(message: Any) -> Bag:
    """A bag as state has it: no secret is marked, and unknown values are the engine's text for them."""
    return {name: _plain(value) for name, value in message.fields.items()}


def _plain(value: Any) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        members = value.struct_value.fields
        is_secret = members.get(rpc._special_sig_key) == SECRET_SIGNATURE  # noqa: SLF001 - the SDK names it nowhere else
        return _plain(members["value"]) if is_secret else plain(value.struct_value)
    if kind == "list_value":
        return [_plain(item) for item in value.list_value.values]
    return None if kind == "null_value" else getattr(value, kind)


def as_bag(message: Any) -> Bag:
    bag: Bag = MessageToDict(message, preserving_proto_field_name=True)
    return bag
