"""The real provider process, driven over gRPC as the engine drives it."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import empty_pb2, struct_pb2  # type: ignore[import-untyped]
from pulumi.runtime import rpc
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, provider_pb2, provider_pb2_grpc, status_pb2

from tests.dynamic.saved import PROVIDERS

KEY = "twilio/voice:ClientConfiguration"
PROVIDER = PROVIDERS[KEY]

RESOURCE = f"{KEY}::support"
URN = f"urn:pulumi:dev::proof::pulumi-python:dynamic/{RESOURCE}"
ACCOUNT = "AC" + "1" * 32
SECRET = "canary-of-the-auth-token"
SECONDS = 120.0
"""No call of a test takes longer, unless something is wrong."""

SIGNAL_AGAIN = 15.0
"""Seconds in which a process ends that has heard a signal, also on a machine that is busy."""

Bag = dict[str, Any]


def struct(bag: Mapping[str, Any]) -> struct_pb2.Struct:
    result = struct_pb2.Struct()
    result.update(bag)
    return result


def shown(message: struct_pb2.Struct) -> Bag:
    """A bag from the wire, without the provider string."""
    bag = dict(rpc.deserialize_properties(message, keep_unknowns=True))
    bag.pop("__provider", None)
    return bag


@dataclass
class Engine(engine_pb2_grpc.EngineServicer):
    """The engine, as far as the provider talks to it."""

    lines: list[engine_pb2.LogRequest] = field(default_factory=list)
    is_gone: bool = False

    def Log(self, request: engine_pb2.LogRequest, context: grpc.ServicerContext) -> empty_pb2.Empty:  # noqa: N802 - gRPC's
        if self.is_gone:
            context.abort(grpc.StatusCode.UNAVAILABLE, "gone")
        self.lines.append(request)
        return empty_pb2.Empty()

    def warnings(self) -> list[tuple[str, str]]:
        return [(line.urn, line.message) for line in self.lines if line.severity == engine_pb2.WARNING]


class CallFailedError(Exception):
    """A call failed; as the engine, written in Go, understands it."""

    def __init__(self, error: grpc.RpcError) -> None:
        assert isinstance(error, grpc.Call)
        self.code = error.code()
        self.text: str = error.details() or ""
        self.is_clean: bool = False
        self.kept: tuple[str, Bag] | None = None
        """The id and the outputs that go to state nevertheless; the provider string is among them."""
        for entry in error.trailing_metadata() or ():
            if entry.key != "grpc-status-details-bin":
                continue
            assert isinstance(entry.value, bytes)
            status = status_pb2.Status.FromString(entry.value)
            assert status.code == self.code.value[0], "Go takes no details whose code is another"
            self.text = status.message
            self.is_clean = True
            for detail in status.details:
                kept = provider_pb2.ErrorResourceInitFailed()
                assert detail.Unpack(kept)
                assert list(kept.reasons) == [self.text]
                self.kept = kept.id, dict(rpc.deserialize_properties(kept.properties))
        super().__init__(self.text)


@dataclass
class Process:
    """A provider process."""

    stub: provider_pb2_grpc.ResourceProviderStub
    engine: Engine
    engine_server: grpc.Server
    child: subprocess.Popen[bytes]
    stderr: Path
    channel: grpc.Channel
    provider: str = PROVIDER

    def configure(self, **settings: str) -> None:
        """Give it the stack's configuration; underscores in names are colons."""
        args = {name.replace("_", ":", 1): value for name, value in settings.items()}
        self._call("Configure", provider_pb2.ConfigureRequest(args=struct(args)))

    def check(self, old: Bag, new: Bag, urn: str = URN) -> tuple[Bag, list[str]]:
        olds = self._bag(old) if old else None
        answer = self._call("Check", provider_pb2.CheckRequest(urn=urn, olds=olds, news=self._bag(new)))
        assert all(failure.property == "" for failure in answer.failures)
        return shown(answer.inputs), [failure.reason for failure in answer.failures]

    def diff(self, id: str, known: Bag, old: Bag, new: Bag, *ignored: str) -> int:
        bags = self._bags(known, old, new)
        request = provider_pb2.DiffRequest(id=id, urn=URN, **bags, ignoreChanges=ignored)
        return int(self._call("Diff", request).changes)

    def create(self, inputs: Bag, *, timeout: float = 0.0) -> tuple[str, Bag]:
        request = provider_pb2.CreateRequest(urn=URN, properties=self._bag(inputs), timeout=timeout)
        answer = self._call("Create", request)
        return answer.id, shown(answer.properties)

    def start_create(self, inputs: Bag, urn: str = URN, provider: str = "") -> Any:
        bag = {**inputs, "__provider": provider or self.provider}
        return self.stub.Create.future(
            provider_pb2.CreateRequest(urn=urn, properties=struct(bag)), timeout=SECONDS
        )

    def cancel(self) -> None:
        """Cancel the update, as the engine does at the first Ctrl-C."""
        self.stub.Cancel(empty_pb2.Empty(), timeout=SECONDS)

    def read(self, id: str, known: Bag, old: Bag) -> tuple[str, Bag, Bag]:
        properties = self._bag(known) if known else None
        request = provider_pb2.ReadRequest(id=id, urn=URN, properties=properties, inputs=self._bag(old))
        answer = self._call("Read", request)
        return answer.id, shown(answer.properties), shown(answer.inputs)

    def update(self, id: str, known: Bag, old: Bag, new: Bag, *, timeout: float = 0.0) -> Bag:
        bags = self._bags(known, old, new)
        request = provider_pb2.UpdateRequest(id=id, urn=URN, **bags, timeout=timeout)
        return shown(self._call("Update", request).properties)

    def delete(self, id: str, known: Bag) -> None:
        self._call("Delete", provider_pb2.DeleteRequest(id=id, urn=URN, properties=self._bag(known)))

    def _bag(self, bag: Bag) -> struct_pb2.Struct:
        return struct({**bag, "__provider": self.provider})

    def _bags(self, known: Bag, old: Bag, new: Bag) -> dict[str, Any]:
        return {"olds": self._bag(known), "old_inputs": self._bag(old), "news": self._bag(new)}

    def _call(self, verb: str, request: Any) -> Any:
        try:
            return getattr(self.stub, verb)(request, timeout=SECONDS)
        except grpc.RpcError as error:
            raise CallFailedError(error) from None


@contextmanager
def provider_process(python: str, folder: Path, **environment: str) -> Iterator[Process]:
    """Run the provider process of this interpreter; at the end it is gone and has shown no secret."""
    engine = Engine()
    pool = ThreadPoolExecutor(max_workers=4)
    server = grpc.server(pool)
    engine_pb2_grpc.add_EngineServicer_to_server(engine, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    stderr = folder / f"stderr-{port}"
    with stderr.open("w") as errors:
        process = subprocess.Popen(
            [python, "-u", "-m", "pulumi.dynamic", f"127.0.0.1:{port}"],
            env=_environment(folder, environment),
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
    killer = threading.Timer(2 * SECONDS, process.kill)
    killer.start()
    try:
        assert process.stdout is not None
        address = process.stdout.readline().decode().strip()
        assert address.isdigit(), stderr.read_text()
        with grpc.insecure_channel(f"127.0.0.1:{address}") as channel:
            stub = provider_pb2_grpc.ResourceProviderStub(channel)
            yield Process(stub, engine, server, process, stderr, channel)
    finally:
        _end(process)
        killer.cancel()
        said = process.stdout.read().decode() if process.stdout else ""
        if process.stdout:
            process.stdout.close()
        server.stop(None).wait()
        pool.shutdown()
    assert process.returncode == 0, stderr.read_text()
    assert said == "", "the provider process wrote to stdout, which the user sees"
    assert SECRET not in stderr.read_text()
    assert not any(SECRET in line.message for line in engine.lines)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process as the engine does.

    A signal that comes just before the host starts to wait does not wake it, so it is sent again; but not
    while a process that has heard it is still ending, which a second one would disturb.
    """
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(SIGNAL_AGAIN)
        except subprocess.TimeoutExpired:
            continue
        return
    process.kill()
    process.wait()
    raise AssertionError("the provider process did not end when it was told to")


def _environment(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Nothing of the tester's own but the way to the programs."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
    return {
        **kept,
        "HOME": str(folder),
        "PULUMI_PROJECT": "proof",
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": SECRET,
        **environment,
    }
