"""What counts as a secret of a call, and so is removed from all text that the call sends to the engine."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard import definitions
from pulumi_switchboard.account_settings.saved_original import SavedOriginal
from pulumi_switchboard.runtime.redactor import Redactor

from tests.promises import proves

VOICE, WEBHOOKS, TELEPHONY = (
    definitions.find(key)
    for key in (
        "twilio/voice:ClientConfiguration",
        "twilio/conversations:WebhookConfiguration",
        "ultravox:TwilioTelephony",
    )
)
URL = (
    "https://canary-user:canary-password@desk.example/hooks/canary-1/canary-2?token=canary-token#canary-place"
)
PARTS = ["canary-user", "canary-password", "canary-token", "token=canary-token", "canary-place"]
PATHS = ["hooks/canary-1/canary-2", "canary-1", "canary-2"]
ORIGINALS = {"_saved_original": SavedOriginal(values={"pre_webhook_url": URL}).text()}
WRITTEN = {"_saved_original": SavedOriginal(written_before=[{"pre_webhook_url": URL}]).text()}
MAPPING = {"request_context_mapping": {"caller.number": 15550101.0, "active": True}}


def secret(**arguments: Any) -> dict[str, Any]:
    return {**arguments, "_secret": [*arguments]}


@proves("text.secrets-removed", "secret.webhook-urls")
@pytest.mark.parametrize(
    ("redactor", "removed", "shown"),
    [
        (Redactor(VOICE, (), frozenset(["canary-token"])), ["canary-token"], []),
        (Redactor(VOICE, ({"call_notification": {"url": URL}},)), PARTS, [*PATHS, "https://desk.example/x"]),
        (
            Redactor(WEBHOOKS, ({"pre_webhook_url": URL},)),
            [*PARTS, *PATHS],
            ["https://desk.example and more"],
        ),
        (
            Redactor(WEBHOOKS, ({"pre_webhook_url": "https://desk.example/webhooks/canary-1"},)),
            ["webhooks/canary-1", "canary-1"],
            ["the webhooks of desk.example"],
        ),
        (Redactor(WEBHOOKS, (ORIGINALS,)), [*PARTS, *PATHS], ["https://desk.example and more"]),
        (Redactor(WEBHOOKS, (WRITTEN,)), [*PARTS, *PATHS], ["https://desk.example and more"]),
        (Redactor(WEBHOOKS, ({"pre_webhook_url": "https://desk.example"},)), [], ["https://desk.example"]),
        (
            Redactor(
                VOICE,
                (secret(description="canary one", call_notification={"url": URL}), {"unique_name": "d-7"}),
            ),
            ["canary one", "desk.example", *PATHS],
            ["d-7"],
        ),
        (
            Redactor(
                VOICE, ({"description": "canary one", "unique_name": "d-7"}, secret(description="canary two"))
            ),
            ["canary one", "canary two"],
            ["d-7"],
        ),
        (Redactor(TELEPHONY, (secret(**MAPPING),)), ["15550101"], ["caller.number", "True"]),
    ],
    ids=[
        "credentials",
        "any URL",
        "secret URL",
        "word in a path",
        "saved original",
        "written before",
        "bare",
        "by program",
        "before",
        "numbers",
    ],
)
def test_a_secret_of_the_call_is_removed_and_other_words_stay(
    redactor: Redactor, removed: list[str], shown: list[str]
) -> None:
    assert [redactor.safe(f"<{text}>") for text in removed] == ["<[secret]>"] * len(removed)
    assert [redactor.safe(f"<{text}>") for text in shown] == [f"<{text}>" for text in shown]
    assert "canary" not in repr(redactor)


def test_a_value_that_repeats_a_secret_is_noticed() -> None:
    redactor = Redactor(TELEPHONY, ({"auth_token": "canary-7"},))
    assert all(redactor.reveals(value) for value in ("it is canary-7", [{"a": "canary%2D7"}]))
    assert not any(redactor.reveals(value) for value in ("canary", 7, False))
