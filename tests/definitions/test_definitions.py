"""Every definition keeps the rules that the rest of the package relies upon."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pulumi_switchboard import definitions
from pulumi_switchboard.definitions.twilio.conversations.webhook_configuration import (
    WebhookConfigurationInputs,
)
from pulumi_switchboard.definitions.twilio.conversations.webhook_configuration import definition as webhooks
from pulumi_switchboard.definitions.ultravox.twilio_telephony import TwilioTelephonyState
from pulumi_switchboard.definitions.ultravox.twilio_telephony import definition as telephony
from pulumi_switchboard.errors import MissingError
from pulumi_switchboard.fields.comparison import changed_fields
from pulumi_switchboard.fields.models import Account, Id, Replaces
from pulumi_switchboard.fields.tree import fields_with, sent_fields, tree
from pulumi_switchboard.fields.typed_values import to_model
from pulumi_switchboard.fields.values import UNKNOWN, Bag
from pulumi_switchboard.fields.wording import field_text
from pulumi_switchboard.rest.account_setting import AccountSetting
from pulumi_switchboard.transport.messages import Response

from tests.promises import proves
from tests.samples import every
from tests.samples.sample import Sample, having
from tests.transport.fakes import answer

each_sample = pytest.mark.parametrize("sample", every(), ids=lambda sample: sample.type)


@proves("program.typed")
@each_sample
def test_a_definition_is_found_by_its_key_and_every_field_is_documented(sample: Sample) -> None:
    definition = definitions.find(sample.type)
    assert {sample.type for sample in every()} == {definition.key for definition in definitions.every()}
    has_fixed_id = isinstance(definition.api, AccountSetting) and bool(definition.api.id)
    assert len(fields_with(definition.state, Id)) == (0 if has_fixed_id else 1)
    assert len(fields_with(definition.state, Account)) <= 1
    for name, field in definition.inputs.model_fields.items():
        assert definition.state.model_fields[name].annotation == field.annotation
    for model in (definition.inputs, definition.state):
        for part in tree(model).walk():
            assert part.model is None or part.model.__doc__
            assert part.owner is None or part.doc


def test_an_unknown_key_is_an_error_that_says_what_to_install() -> None:
    for key in ("twilio/voice:Nothing", "nothing:Client", "twilio/voice/deeper:X", "nothing/at:All"):
        with pytest.raises(MissingError, match=key) as caught:
            definitions.find(key)
        assert "install the version that the stack was last updated with" in str(caught.value)


@each_sample
def test_a_sample_has_all_arguments_and_says_which_replace(sample: Sample) -> None:
    definition = definitions.find(sample.type)
    paths = {field.path.partition(".")[0] for field in sample.fields}
    in_turns = {name for changes, _ in sample.turns for name in changes}
    given = set(sent_fields(definition.inputs)) - in_turns

    assert set(definition.inputs.model_fields) == set(sample.maximal)
    assert not given - paths, "these arguments have no Field in the sample"
    assert {field.path for field in sample.fields if field.replaces} == {
        *fields_with(definition.inputs, Replaces)
    }


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """All values that hold no others, with their paths."""
    if isinstance(value, dict | list) and value:
        for name, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(item, f"{path}.{name}" if path else str(name))
    else:
        yield path, value


@proves("diff.drift-is-repaired")
@each_sample
def test_a_change_of_any_single_value_is_a_difference(sample: Sample) -> None:
    model = definitions.find(sample.type).inputs
    whole: Bag = dict(sample.maximal)
    for path, value in leaves(whole):
        number = value + 1 if isinstance(value, int) else f"{value}x"
        for other in (not value if isinstance(value, bool) else number, UNKNOWN):
            assert changed_fields(model, whole, having(whole, {path: other})) == [path.partition(".")[0]], (
                path
            )


@proves("setting.write-only")
@pytest.mark.parametrize(
    ("shown", "token", "holds"),
    [
        ({}, "c0de-ours", True),
        ({}, "c0de-another-that-begins-alike", True),
        ({}, "f00d-theirs", False),
        ({}, "c0d", False),
        ({}, None, False),
        ({}, UNKNOWN, False),
        ({"account_sid": "AC2"}, "c0de-ours", False),
        ({"auth_token_prefix": None}, "c0de-ours", None),
        ({"auth_token_prefix": ""}, "c0de-ours", None),
        ({"auth_token_prefix": "", "account_sid": "AC2"}, "c0de-ours", False),
        ({"auth_token_prefix": "c0de****"}, "c0de-ours", True),
        ({"auth_token_prefix": "****"}, "c0de-ours", None),
        ({"auth_token_prefix": "C0DE"}, "c0de-ours", False),
    ],
)
def test_a_token_is_recognised_by_its_account_and_its_first_characters(
    shown: Bag, token: Any, *, holds: bool | None
) -> None:
    live = to_model(TwilioTelephonyState, {"account_sid": "AC1", "auth_token_prefix": "c0de", **shown})
    ours = to_model(TwilioTelephonyState, {"account_sid": "AC1", "auth_token": token})
    assert telephony.api.holds(live, ours) is holds


@proves("secret.webhook-urls", "preview.overwrites-listed")
@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://user:canary@desk.example.com/pre?token=canary#canary", "https://desk.example.com"),
        ("https://a.example/T0/canary", "https://a.example"),
        ("http://a.example:81?canary", "http://a.example:81"),
        ("https://a.example", ""),
        ("https://A.Example:8443/", ""),
        ("canary", "[unreadable URL]"),
        ({"canary": 1}, "[unreadable URL]"),
        ("", "nothing"),
    ],
)
def test_only_the_host_of_a_secret_url_is_shown(url: Any, text: str) -> None:
    shown = field_text(WebhookConfigurationInputs, "pre_webhook_url", url, is_secret=False)
    more = "" if not url or not text else " and more, which may be secret"
    assert shown == (f"{text}{more}" if text else url.lower().rstrip("/"))


@proves("setting.restore")
def test_a_method_is_sent_in_upper_case_whatever_else_breaks_a_rule() -> None:
    sent: list[tuple[str, str]] = []

    class Client:
        def exchange(
            self, _method: str, _product: str, _path: str, fields: list[tuple[str, str]], **_how: bool
        ) -> Response:
            sent.extend(fields)
            return answer(200, b'{"account_sid": "AC1"}')

    inputs = to_model(WebhookConfigurationInputs, {"method": "post", "post_webhook_url": "no URL"})
    context = SimpleNamespace(client=Client(), definition=webhooks)
    webhooks.api.write(cast("Any", context), None, inputs)
    assert sent == [("Method", "POST"), ("PostWebhookUrl", "no URL")]
