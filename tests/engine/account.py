"""The vendors from the outside: what an account has, what the provider has asked, and what others change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from pulumi_switchboard.emulator import Emulator

from tests.engine.stack import ACCOUNT, SECRET, Stack
from tests.samples.sample import Sample

KEY_NAME, KEY_SECRET = "abcd1234", "CanaryOfTheUltravoxApiKey0123456"
ULTRAVOX_KEY = f"{KEY_NAME}.{KEY_SECRET}"
OPERATIONS = "/ControlPlane/Operations/"
POLLS = "polls"
"""One or more looks at an operation."""


@dataclass
class Account:
    """The emulator as others see it, who do not use Pulumi: what `Outside` in the samples asks for."""

    emulator: Emulator
    account: str = ACCOUNT
    key: str = ULTRAVOX_KEY
    seen: int = 0
    """How much of the journal has been looked at."""
    own: set[int] = field(default_factory=set)
    """The places in the journal of requests that were not the provider's."""

    @classmethod
    def of(cls, stack: Stack, emulator: Emulator) -> Account:
        """The account that the stack has the credentials of, an Ultravox key included."""
        stack.endpoint = emulator.url
        stack.environment["ULTRAVOX_API_KEY"] = ULTRAVOX_KEY
        stack.secrets.append(KEY_SECRET)
        return cls(emulator)

    def request(self, method: str, path: str, *, json: Any = None, form: Any = None) -> Any:
        """Send a request, which is a success, and return the body of the answer."""
        is_twilio = "ultravox" not in path
        place = len(self.emulator.journal)
        answer = requests.request(
            method,
            self.emulator.url + path,
            json=json,
            data=form,
            auth=(self.account, SECRET) if is_twilio else None,
            headers={} if is_twilio else {"X-API-Key": self.key},
            timeout=10,
        )
        self.own.add(place)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def objects(self, type: str) -> dict[str, Any]:
        """The objects of a type by id, as the vendor shows them."""
        owner = self.key.partition(".")[0] if type.startswith("ultravox") else self.account
        return dict(self.emulator.state.get(owner, {}).get(type, {}))

    def only(self, type: str) -> dict[str, Any]:
        """The one object of a type."""
        (shown,) = self.objects(type).values()
        return dict(shown)

    def add(self, sample: Sample, changes: Mapping[str, Any]) -> str:
        """Make an object with these wire values, without Pulumi; returns its id."""
        assert sample.add is not None, f"others can't make {sample.type}"
        before = self.objects(sample.type).keys()
        sample.add(self, changes)
        (id,) = self.objects(sample.type).keys() - before
        return id

    def change(self, sample: Sample, changes: Mapping[str, Any], id: str = "") -> None:
        """Set wire paths of an object, the only one if none is named, or of an account setting."""
        sample.change(self, id or next(iter(self.objects(sample.type)), ""), changes)

    def new_requests(self) -> list[str]:
        """The provider's requests since the last look as `METHOD path`, and `POLLS` of an operation."""
        entries = list(enumerate(self.emulator.journal))[self.seen :]
        self.seen += len(entries)
        asked: list[str] = []
        for place, entry in entries:
            is_poll = OPERATIONS in entry.path
            request = POLLS if is_poll else f"{entry.method} {entry.path.partition('?')[0]}"
            if place not in self.own and not (is_poll and asked[-1:] == [POLLS]):
                asked.append(request)
        return asked

    def new_steps(self) -> list[str]:
        """The methods of those requests, and `POLLS`."""
        return [request.split()[0] for request in self.new_requests()]

    def new_writes(self) -> list[str]:
        """The methods of those requests that change something."""
        return [step for step in self.new_steps() if step not in {"GET", POLLS}]
