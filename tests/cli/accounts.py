"""Accounts at an emulator, and the settings that lead to them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import requests
from pulumi_switchboard.emulator import Emulator

from tests.samples import every
from tests.samples.sample import Bag, Sample

SID = "AC" + "1" * 32
TOKEN = "canary-of-the-token"
NO_SETTINGS = dict.fromkeys(
    ("SWITCHBOARD_ENDPOINT", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "ULTRAVOX_API_KEY"), ""
)
"""An environment without settings."""
KEY = "abcd1234.SecretOfTheUltravoxKey0123456789"


@dataclass
class Accounts:
    """Accounts at an emulator, filled by someone who does not use the provider."""

    emulator: Emulator
    sid: str = SID
    answered: Any = None
    clock: Any = field(default_factory=lambda: SimpleNamespace(advance=lambda _seconds: None))

    @property
    def settings(self) -> dict[str, str]:
        """The settings in the environment."""
        return {
            "SWITCHBOARD_ENDPOINT": self.emulator.url,
            "TWILIO_ACCOUNT_SID": self.sid,
            "TWILIO_AUTH_TOKEN": TOKEN,
            "ULTRAVOX_API_KEY": KEY,
        }

    def request(self, method: str, path: str, *, json: Any = None, form: Any = None) -> Any:
        """Do something; returns the body of the answer, which is a success."""
        auth = None if "ultravox" in path else (self.sid, TOKEN)
        headers = {"X-API-Key": KEY} if auth is None else {}
        url = f"{self.emulator.url}{path}"
        response = requests.request(method, url, headers=headers, json=json, data=form, auth=auth, timeout=9)
        response.raise_for_status()
        self.answered = response.json() if response.content else None
        return self.answered

    def objects(self, type: str) -> dict[str, Any]:
        """The objects of a type, by id."""
        account = KEY.partition(".")[0] if type.startswith("ultravox") else self.sid
        return dict(self.emulator.state.get(account, {}).get(type, {}))

    def fill(self) -> None:
        """Make one object of each type that does not need another one."""
        for sample in every():
            if sample.type != "twilio/voice:DefaultClientConfiguration":
                self.add(sample, sample.shown)

    def add(self, sample: Sample, changes: Bag) -> None:
        """Make an object, or set an account setting."""
        vendor: Any = self
        if sample.add is None:
            sample.change(vendor, "", changes)
        else:
            sample.add(vendor, changes)


def export(*resources: tuple[str, str], account: str = SID, url: str = "http://127.0.0.1") -> str:
    """An exported state with resources of these types and ids."""
    return json.dumps(
        {
            "version": 3,
            "deployment": {
                "resources": [
                    {
                        "urn": "urn:pulumi:dev::desk::pulumi:pulumi:Stack::desk-dev",
                        "type": "pulumi:pulumi:Stack",
                    },
                    *(
                        {
                            "urn": f"urn:pulumi:dev::desk::pulumi-python:dynamic/{type}::desk",
                            "type": f"pulumi-python:dynamic/{type}",
                            "id": id,
                            "outputs": {"_origin": {"account": account, "endpoint": url}},
                        }
                        for type, id in resources
                    ),
                ]
            },
        }
    )
