"""Accounts at an emulator, and the settings that lead to them."""

from __future__ import annotations

import json

from tests.engine.account import Account
from tests.samples import every
from tests.samples.twilio.voice import client_configuration

SID = "AC" + "1" * 32
TOKEN = "canary-of-the-token"
NO_SETTINGS = dict.fromkeys(
    ("SWITCHBOARD_ENDPOINT", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "ULTRAVOX_API_KEY"), ""
)
"""An environment without settings."""
KEY = "abcd1234.SecretOfTheUltravoxKey0123456789"


def settings_of(accounts: Account) -> dict[str, str]:
    """The settings in the environment that lead to the accounts."""
    return {
        "SWITCHBOARD_ENDPOINT": accounts.emulator.url,
        "TWILIO_ACCOUNT_SID": accounts.account,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "ULTRAVOX_API_KEY": accounts.key,
    }


def fill(accounts: Account) -> None:
    """Make one object of each type that does not need another one, and set the account settings."""
    for sample in every():
        if sample.setting is None:
            accounts.add(sample, sample.shown)
        elif sample.type != "twilio/voice:DefaultClientConfiguration":
            accounts.change(sample, sample.shown)


def add_clients(accounts: Account, *names: str) -> dict[str, str]:
    """Make a client configuration for each of these names; returns their ids by name."""
    return {name: accounts.add(client_configuration.sample, {"unique_name": name}) for name in names}


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
