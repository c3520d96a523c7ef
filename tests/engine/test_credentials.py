"""Whose credentials apply, and what happens when they do not fit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.engine.stack import ACCOUNT, SECRET, Stack
from tests.engine.vendor import Vendor

OTHER = "AC" + "2" * 32
PROGRAM = """
    twilio.voice.ClientConfiguration("support", call_notification={"url": "https://a.example.com"})
"""


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"TWILIO_AUTH_TOKEN": ""}, "twilio:authToken (TWILIO_AUTH_TOKEN)"),
        ({"TWILIO_ACCOUNT_SID": ""}, "twilio:accountSid (TWILIO_ACCOUNT_SID)"),
        ({"TWILIO_API_KEY": "SK" + "1" * 32}, "twilio:apiSecret (TWILIO_API_SECRET)"),
        ({"TWILIO_ACCOUNT_SID": "", "TWILIO_AUTH_TOKEN": ""}, "there are no Twilio credentials"),
        ({"TWILIO_ACCOUNT_SID": "SK" + "1" * 32}, "is not an account SID"),
        ({"SWITCHBOARD_ENDPOINT": "http://vendor.example.com"}, "is not an https URL"),
    ],
)
def test_credentials_that_are_not_whole_are_refused_by_the_preview(
    stack: Stack, vendor: Vendor, given: dict[str, str], missing: str
) -> None:
    stack.write(PROGRAM)
    stack.environment.update(given)

    said = stack.preview(fails=True)

    assert missing in said
    assert vendor.new_requests() == []


def test_a_part_in_the_configuration_is_not_completed_from_the_environment(
    stack: Stack, vendor: Vendor
) -> None:
    stack.configure("twilio:accountSid", OTHER)

    said = stack.up(PROGRAM, fails=True)

    assert "the configuration has a part of the Twilio credentials, not twilio:authToken" in said
    assert vendor.new_requests() == []
    assert stack.resources() == []


def test_the_configuration_comes_before_the_environment_and_its_secrets_stay_secret(
    stack: Stack, vendor: Vendor
) -> None:
    stack.configure("twilio:accountSid", OTHER)
    stack.configure("twilio:authToken", stack.secret("canary-of-the-configuration"), secret=True)

    stack.up(PROGRAM)

    assert set(vendor.clients(OTHER)) == stack.ids()
    assert vendor.clients() == {}
    stack.assert_settled()


def test_an_api_key_acts_for_its_account(stack: Stack, vendor: Vendor) -> None:
    stack.environment.update(
        TWILIO_AUTH_TOKEN="",
        TWILIO_API_KEY="SK" + "1" * 32,
        TWILIO_API_SECRET=stack.secret("canary-of-the-key"),
    )

    stack.up(PROGRAM)

    assert set(vendor.clients(ACCOUNT)) == stack.ids()
    stack.assert_settled()


def test_an_api_key_of_another_account_leaves_nothing_behind(stack: Stack, vendor: Vendor) -> None:
    stack.environment.update(
        TWILIO_API_KEY="SK" + "2" * 32, TWILIO_API_SECRET=stack.secret("canary-of-the-key")
    )

    said = stack.up(PROGRAM, fails=True)

    assert f"the credentials are not those of account {ACCOUNT}: they belong to {OTHER}" in said
    assert vendor.clients(OTHER) == {}
    assert stack.resources() == []


def test_another_account_is_refused_before_a_write_and_before_anything_leaves_state(
    stack: Stack, vendor: Vendor
) -> None:
    stack.up(PROGRAM)
    (kept,) = stack.ids()
    vendor.new_requests()
    stack.environment["TWILIO_ACCOUNT_SID"] = OTHER

    for said in (
        stack.preview(fails=True),
        stack.up(fails=True),
        stack.refresh(fails=True),
        stack.destroy(fails=True),
    ):
        assert f"the object is in account {ACCOUNT} at {stack.endpoint}" in said
        assert f"the credentials are for account {OTHER} at {stack.endpoint}" in said

    assert vendor.new_requests() == []
    assert stack.ids() == {kept} == set(vendor.clients())
    del stack.environment["TWILIO_ACCOUNT_SID"]
    stack.assert_settled()


def test_another_endpoint_is_refused_before_anything_leaves_state(stack: Stack, vendor: Vendor) -> None:
    stack.up(PROGRAM)
    vendor.new_requests()
    stack.environment["SWITCHBOARD_ENDPOINT"] = stack.endpoint.replace("127.0.0.1", "localhost")

    said = stack.refresh(fails=True)

    assert f"the credentials are for account {ACCOUNT} at http://localhost" in said
    assert vendor.new_requests() == []
    del stack.environment["SWITCHBOARD_ENDPOINT"]
    stack.assert_settled()


@pytest.fixture
def strict() -> Iterator[Emulator]:
    """The vendors, with one account and its one token."""
    with Emulator(accounts={ACCOUNT: SECRET}) as running:
        yield running


def test_refused_credentials_are_explained_and_nothing_leaves_state(stack: Stack, strict: Emulator) -> None:
    stack.endpoint = strict.url
    stack.up(PROGRAM)
    stack.environment["TWILIO_AUTH_TOKEN"] = stack.secret("canary-of-a-wrong-token")

    said = stack.refresh(fails=True)

    assert "HTTP 401, code 20003" in said
    assert "--run-program" in said
    assert stack.ids() == set(strict.state[ACCOUNT]["twilio/voice:ClientConfiguration"])
    del stack.environment["TWILIO_AUTH_TOKEN"]
    stack.assert_settled()


def test_no_credential_is_in_the_arguments_of_a_process(stack: Stack, vendor: Vendor) -> None:
    stack.configure("twilio:accountSid", ACCOUNT)
    stack.configure("twilio:authToken", SECRET, secret=True)
    stack.write(PROGRAM)

    command = stack.start("up", "--yes", "--skip-preview")
    stack.assert_clean(command.output())

    assert any("pulumi.dynamic" in line for line in command.seen), "the provider process was not seen"
    assert len(vendor.clients()) == 1
    stack.assert_settled()
