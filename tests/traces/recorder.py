"""The SDK's provider host that records each call: `python -m tests.traces.recorder FILE ENGINE`."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path
from typing import Any
from unittest import mock

from google.protobuf.json_format import MessageToDict  # type: ignore[import-untyped]
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc, status_pb2

from tests.traces.normalised import FIELDS


def main() -> None:
    """Run the host."""
    file = Path(sys.argv.pop(1))
    original = provider_pb2_grpc.add_ResourceProviderServicer_to_server

    def add(servicer: Any, server: Any) -> None:
        for verb in FIELDS:
            setattr(servicer, verb, _recorded(verb, getattr(servicer, verb), file))
        original(servicer, server)

    with mock.patch.object(provider_pb2_grpc, "add_ResourceProviderServicer_to_server", add):
        runpy.run_module("pulumi.dynamic", run_name="__main__", alter_sys=True)


def _recorded(verb: str, method: Any, file: Path) -> Any:
    def call(request: Any, context: Any) -> Any:
        line = {"verb": verb, "request": _bag(request), "answer": {}, "error": ""}
        try:
            answer = method(request, context)
            line["answer"] = _bag(answer)
        except Exception:
            line["error"], line["answer"] = _failure(context)
            raise
        finally:
            with file.open("a") as record:
                record.write(json.dumps(line) + "\n")
        return answer

    return call


def _failure(context: Any) -> tuple[str, Any]:
    """The text of an error as the engine reads it, and what it keeps of the resource."""
    for key, value in context.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            status = status_pb2.Status.FromString(value)
            kept = provider_pb2.ErrorResourceInitFailed()
            is_kept = any(detail.Unpack(kept) for detail in status.details)
            return status.message, _bag(kept) if is_kept else {}
    return context.details().decode(), {}


def _bag(message: Any) -> Any:
    return MessageToDict(message, preserving_proto_field_name=True)


if __name__ == "__main__":
    main()
