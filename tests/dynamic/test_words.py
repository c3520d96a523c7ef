"""What counts as a secret of a call, and so is taken out of all that is said during it."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_switchboard import definitions
from pulumi_switchboard.core.singletons.taken import Taken
from pulumi_switchboard.dynamic.words import Words

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


def said(words: Words, *texts: str) -> list[str]:
    """What is said in place of each text."""
    return [words.harmless(f"<{text}>")[1:-1] for text in texts]


def test_the_credentials_are_secrets_of_every_call() -> None:
    assert said(Words(VOICE, (), frozenset(["canary-token"])), "canary-token") == ["[secret]"]


def test_what_is_secret_in_any_url_is_a_secret_wherever_it_is_repeated() -> None:
    words = Words(VOICE, ({"call_notification": {"url": URL}},))

    assert said(words, *PARTS) == ["[secret]"] * len(PARTS)
    assert said(words, *PATHS) == PATHS
    assert said(words, URL) == ["https://desk.example/hooks/canary-1/canary-2"]


@pytest.mark.parametrize(
    "bag", [{"pre_webhook_url": URL}, {"_taken": Taken(found={"pre_webhook_url": URL}).text()}]
)
def test_so_is_the_path_of_a_url_that_is_secret_by_its_type_but_its_host_may_be_shown(
    bag: dict[str, Any],
) -> None:
    words = Words(WEBHOOKS, (bag,))

    assert said(words, *PARTS, *PATHS) == ["[secret]"] * len(PARTS + PATHS)
    assert said(words, "https://desk.example and more") == ["https://desk.example and more"]


def test_a_secret_url_of_scheme_and_host_alone_may_be_shown_as_its_hint_is() -> None:
    words = Words(WEBHOOKS, ({"pre_webhook_url": "https://desk.example"},))

    assert said(words, "https://desk.example") == ["https://desk.example"]


@pytest.mark.parametrize("secret_in", [0, 1])
def test_so_is_all_of_what_the_program_holds_or_held_as_a_secret(secret_in: int) -> None:
    bags: list[dict[str, Any]] = [
        {"description": "canary one", "call_notification": {"url": URL}},
        {"description": "canary two", "unique_name": "desk-7"},
    ]
    bags[secret_in]["_secret"] = ["description", "call_notification"]
    words = Words(VOICE, bags)

    assert said(words, "canary one", "canary two", "desk.example", *PATHS) == ["[secret]"] * 6
    assert said(words, "desk-7") == ["desk-7"]


def test_numbers_in_a_secret_are_secrets_and_truth_and_names_of_members_are_not() -> None:
    bag = {
        "request_context_mapping": {"caller.number": 15550101.0, "active": True},
        "_secret": ["request_context_mapping"],
    }
    words = Words(TELEPHONY, (bag,))

    assert said(words, "15550101", "caller.number", "True") == ["[secret]", "caller.number", "True"]


@pytest.mark.parametrize(
    ("value", "reveals"),
    [("it is canary-7", True), ([{"a": "canary%2D7"}], True), ("canary", False), (7, False)],
)
def test_a_value_that_repeats_a_secret_is_noticed(value: Any, reveals: bool) -> None:  # noqa: FBT001
    assert Words(TELEPHONY, ({"auth_token": "canary-7"},)).reveals(value) is reveals


def test_words_do_not_show_their_secrets() -> None:
    assert "canary" not in repr(Words(VOICE, ({"description": "canary"},), frozenset(["canary-token"])))
