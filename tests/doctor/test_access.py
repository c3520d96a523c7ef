"""What the reads of an account's types mean, and what the headers of answers show."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import formatdate

import pytest
from pulumi_switchboard import definitions
from pulumi_switchboard.accounts.session import AGAIN
from pulumi_switchboard.doctor.access import NOUNS, check_credentials, judge
from pulumi_switchboard.doctor.answers import check_clock, check_rate_limits
from pulumi_switchboard.doctor.finding import Finding, Level
from pulumi_switchboard.doctor.reads import Read
from pulumi_switchboard.errors import (
    AccountMismatchError,
    DeadlineError,
    LostAnswerError,
    NotFoundError,
    RateLimitError,
    Refusal,
    SwitchboardError,
    UnreachableError,
    VendorError,
)
from pulumi_switchboard.transport.messages import Response
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.twilio.client import TWILIO
from pulumi_switchboard.vendors.ultravox.client import ULTRAVOX

SID = "AC12" + "0" * 28 + "89"
SOURCES = Sources({"twilio:accountSid": SID}, {"TWILIO_AUTH_TOKEN": "canary-token"})
STORES = "twilio/memory:Store"
CLIENTS = "twilio/voice:ClientConfiguration"
TYPES = [one for one in definitions.every() if one.vendor is TWILIO]


def refusal(status: int, kind: type[VendorError] = VendorError) -> VendorError:
    return kind(Refusal("Twilio", status, 20003, "No"), remedy="change the resource")


def judged(errors: dict[str, SwitchboardError], *, default: SwitchboardError | None = None) -> list[Finding]:
    reads = [Read(one, errors.get(one.key, default)) for one in TYPES]
    found = judge(TWILIO, TWILIO.credentials(SOURCES), reads)
    assert {one.subject for one in found} == {"twilio"}
    assert "canary" not in str(found)
    return found


def levels(findings: Sequence[Finding]) -> list[Level]:
    return [one.level for one in findings]


def test_an_accepted_account_is_one_line_with_the_place_of_each_part() -> None:
    (found,) = judged({})
    count = len(TYPES)
    text = "AC12…89 is accepted (SID: stack, token: TWILIO_AUTH_TOKEN)"
    assert (found.level, found.text) == (Level.OK, f"{text}; {count} of {count} types can be read")


def test_a_key_is_shown_by_its_end_unless_that_is_much_of_it() -> None:
    reads = [Read(one) for one in definitions.every() if one.vendor is ULTRAVOX]
    for key, shown in (
        ("abcdefgh.canary-9f", "key ending 9f is accepted"),
        ("canary-9f", "key is acc"),
    ):
        sources = Sources({}, {"ULTRAVOX_API_KEY": key})
        (found,) = judge(ULTRAVOX, ULTRAVOX.credentials(sources), reads)
        assert found.text.startswith(shown)
        assert "canary" not in found.text
        assert "(key: ULTRAVOX_API_KEY)" in found.text


def test_an_api_key_is_named_with_its_secret_and_no_token_is() -> None:
    config = {"twilio:apiKey": "SK" + "1" * 32, "twilio:apiSecret": "canary", "twilio:authToken": "canary"}
    sources = Sources(config, {"TWILIO_ACCOUNT_SID": SID})
    (found,) = judge(TWILIO, TWILIO.credentials(sources), [Read(one) for one in TYPES])
    assert "(SID: TWILIO_ACCOUNT_SID, API key: stack, secret: stack)" in found.text


def test_an_api_without_access_is_a_warning_that_says_how_to_get_it() -> None:
    found = judged({CLIENTS: refusal(404, NotFoundError), STORES: refusal(401)})
    assert levels(found) == [Level.OK, Level.WARNING, Level.WARNING]
    assert f"{len(TYPES) - 2} of {len(TYPES)} types" in found[0].text
    stores, clients = found[1:]
    assert stores.text.startswith("twilio.memory.Store: Twilio answered: No (HTTP 401")
    assert "has to be enabled for the account" in stores.remedy
    assert "private beta: ask Twilio's support" in clients.remedy


def test_types_that_fail_for_one_reason_are_one_line() -> None:
    default = "twilio/voice:DefaultClientConfiguration"
    found = judged({CLIENTS: refusal(403), default: refusal(403)})
    assert levels(found) == [Level.OK, Level.WARNING]
    assert "twilio.voice.ClientConfiguration, twilio.voice.DefaultClientConfiguration: " in found[1].text


@pytest.mark.parametrize("status", [401, 403])
def test_credentials_that_every_api_refuses_are_one_error(status: int) -> None:
    (found,) = judged({STORES: refusal(403)}, default=refusal(status))
    assert found.level is Level.ERROR
    assert found.text.startswith("AC12…89 is refused (SID: stack, token: TWILIO_AUTH_TOKEN): Twilio answered")
    assert (
        found.remedy
        == "check twilio:accountSid in the configuration and TWILIO_AUTH_TOKEN in the environment"
    )


def test_a_vendor_that_cannot_be_reached_is_one_error_that_says_most() -> None:
    late = DeadlineError("the time is over")
    for other in (UnreachableError("no connection", remedy="check the proxy"), LostAnswerError("no JSON")):
        (found,) = judged({STORES: other}, default=late)
        assert (found.level, other.summary in found.text) == (Level.ERROR, True)
        assert found.remedy == (other.remedy or AGAIN)
    (found,) = judged({}, default=late)
    assert "no answer in time" in found.text
    lost = LostAnswerError(late.summary, facts=("last attempt: no JSON",), remedy=late.remedy)
    _, found = judged({STORES: lost})
    assert "there was no answer in time; last attempt: no JSON" in found.text
    assert "custom_timeouts" not in found.remedy


def test_trouble_of_some_types_is_an_error_unless_the_vendor_asks_to_wait() -> None:
    for error, level in (
        (UnreachableError("no connection"), Level.ERROR),
        (AccountMismatchError("of another account", remedy="set the SID"), Level.ERROR),
        (refusal(429, RateLimitError), Level.WARNING),
        (refusal(503), Level.WARNING),
        (refusal(400), Level.WARNING),
    ):
        found = judged({STORES: error})
        assert levels(found) == [Level.OK, level]
        assert found[1].remedy
        assert "resource" not in found[1].remedy.replace("-resource", "")
    assert levels(judged({}, default=refusal(429, RateLimitError))) == [Level.WARNING]
    assert levels(judged({}, default=refusal(503))) == [Level.ERROR]


def test_credentials_are_an_error_if_they_are_partial_or_required() -> None:
    for sources, is_required, level in (
        (Sources({}, {}), False, Level.SKIPPED),
        (Sources({"twilio:region": "ie1"}, {}), False, Level.SKIPPED),
        (Sources({}, {}), True, Level.ERROR),
        (Sources({"twilio:accountSid": SID}, {}), False, Level.ERROR),
        (Sources({}, {"TWILIO_AUTH_TOKEN": " canary"}), False, Level.ERROR),
    ):
        found = check_credentials(TWILIO, sources, is_required=is_required)
        assert found is not None
        assert found.level is level
        assert found.remedy
        assert "canary" not in str(found)
    assert check_credentials(TWILIO, SOURCES, is_required=True) is None


def test_every_part_of_credentials_has_a_noun() -> None:
    assert {setting for one in definitions.every() for setting in one.vendor.settings} == set(NOUNS)


@pytest.mark.parametrize(
    ("ahead", "level", "text"),
    [
        (0.9, Level.OK, "agrees"),
        (-4.0, Level.OK, "agrees"),
        (31.0, Level.WARNING, "31 s ahead of that of Twilio"),
        (-3600.0, Level.ERROR, "3600 s behind that of Twilio"),
    ],
)
def test_a_difference_of_the_clocks_is_measured_at_the_fastest_answer(
    ahead: float, level: Level, text: str
) -> None:
    now = 1_700_000_000.0
    dates = [formatdate(now - ahead, usegmt=True), formatdate(now - ahead - 9, usegmt=True), "soon", ""]
    answers = [Response(200, {"date": date}, b"", received_at=now) for date in dates]
    found = check_clock("Twilio", [answers[0], *answers[2:]])
    assert found is not None
    assert (found.level, text in found.text) == (level, True)
    assert check_clock("Twilio", answers) == found
    assert check_clock("Twilio", answers[2:]) is None


def test_rate_limits_are_shown_if_an_answer_has_them() -> None:
    headers = {"date": "x", "x-ratelimit-remaining": "7", "ratelimit-limit": "9", "retry-after": "3"}
    answers = [Response(200, shown, b"") for shown in (headers, {"twilio-concurrent-requests": "2"}, {})]
    found = check_rate_limits("Twilio", answers[:1])
    assert found is not None
    assert found.text == "Twilio: ratelimit-limit 9, retry-after 3, x-ratelimit-remaining 7"
    last = check_rate_limits("Twilio", answers)
    assert last is not None
    assert last.text == "Twilio: twilio-concurrent-requests 2"
    assert check_rate_limits("Twilio", answers[2:]) is None
