"""A program's run with Pulumi's mocks, and what the engine was asked for, as it was on the wire."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pulumi
from pulumi.runtime import rpc, set_all_config, set_mocks, test
from pulumi.runtime.mocks import MockCallArgs, MockMonitor, MockResourceArgs, Mocks
from pulumi.runtime.proto import resource_pb2

PROVIDER = "pulumi:providers:pulumi-python"
SECRET = "canary"


@dataclass
class Registered:
    """A resource as the engine was asked to register it."""

    type: str
    name: str
    properties: dict[str, Any]
    secrets: set[str]
    """The properties that are secret, and the outputs that are to be."""
    provider: str
    """The name of its provider."""
    request: Any


@dataclass
class Cloud(Mocks):
    """Takes the place of the engine: it keeps what it is asked for, and answers with given outputs."""

    outputs: dict[str, Any] = field(default_factory=dict)
    state: dict[str, Any] | Exception | None = None
    """What the engine says of the stack's state; None for Pulumi's own mocks, which have none."""
    failures: list[Exception] = field(default_factory=list)
    """What the first requests for the state fail with."""
    reads: list[Any] = field(default_factory=list)
    """How the state was asked for."""
    registered: list[Registered] = field(default_factory=list)

    has_ids: bool = True
    """Whether it knows the ids of resources, which an engine in a preview does not know before a create."""

    def new_resource(self, args: MockResourceArgs) -> tuple[str | None, dict[Any, Any]]:
        known = args.resource_id or f"{args.name}-id"
        return known if self.has_ids else None, {**args.inputs, **self.outputs}

    def call(self, args: MockCallArgs) -> Any:
        raise NotImplementedError

    def names(self, kind: str = "") -> set[str]:
        """The names of the resources and providers of this type, or of all but the stack itself."""
        return {
            found.name
            for found in self.registered
            if found.type == kind or (not kind and found.type != "pulumi:pulumi:Stack")
        }

    def one(self, name: str) -> Registered:
        (found,) = (resource for resource in self.registered if resource.name == name)
        return found

    def run(
        self,
        program: Callable[[], Any],
        config: Mapping[str, str] | None = None,
        *,
        secret: tuple[str, ...] = (),
        preview: bool = False,
        project: str = "proof",
    ) -> Cloud:
        with _event_loop():
            monitor: Any = _Monitor(self) if self.state is None else _MonitorWithState(self)
            set_mocks(self, project, "dev", preview, monitor=monitor, organization="organization")
            set_all_config(dict(config or {}), list(secret))
            test(program)()  # type: ignore[no-untyped-call]
        return self

    def values(
        self, program: Callable[[], dict[str, pulumi.Output[Any]]], *, preview: bool = False
    ) -> dict[str, Any]:
        """The values of these outputs; nothing at all if one of them is unknown."""
        found: dict[str, Any] = {}
        self.run(lambda: pulumi.Output.all(**program()).apply(found.update), preview=preview)
        return found


@contextmanager
def _event_loop() -> Iterator[None]:
    """Give Pulumi a loop in this thread; it would leave open the one that it makes itself."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        yield
    finally:
        asyncio.set_event_loop(None)
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()


class _Monitor(MockMonitor):
    """Notes each registration as it was on the wire."""

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - gRPC's
        cloud = self.mocks
        assert isinstance(cloud, Cloud)
        bag = rpc.deserialize_properties(request.object, keep_unknowns=True)
        secret = {name for name, value in bag.items() if rpc.is_rpc_secret(value)}
        cloud.registered.append(
            Registered(
                request.type,
                request.name,
                {name: rpc.unwrap_rpc_secret(value) for name, value in bag.items()},
                secret | set(request.additionalSecretOutputs),
                request.provider.split("::")[-2] if request.provider else "",
                request,
            )
        )
        with _event_loop():
            return super().RegisterResource(request)  # type: ignore[no-untyped-call]

    def ReadResource(self, request: Any) -> Any:  # noqa: N802 - gRPC's
        with _event_loop():
            return super().ReadResource(request)  # type: ignore[no-untyped-call]

    def Invoke(self, request: Any) -> Any:  # noqa: N802 - gRPC's
        with _event_loop():
            return super().Invoke(request)  # type: ignore[no-untyped-call]


class _MonitorWithState:
    """A monitor with a state to be read; it is not one of Pulumi's mocks, for which no state is read."""

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        self._monitor = _Monitor(cloud)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._monitor, name)

    def Invoke(self, request: Any) -> Any:  # noqa: N802 - gRPC's
        self._cloud.reads.append(request)
        if self._cloud.failures:
            raise self._cloud.failures.pop(0)
        if isinstance(self._cloud.state, Exception):
            raise self._cloud.state
        answer = resource_pb2.ResourceInvokeResponse()
        getattr(answer, "return").update({"name": "organization/proof/dev", "outputs": self._cloud.state})
        return answer
