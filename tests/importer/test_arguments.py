"""The arguments of a declaration are what the vendor shows, and problems are those of the definition."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

import pytest
from hypothesis import given
from pulumi_switchboard import definitions
from pulumi_switchboard.fields.comparison import changed_fields
from pulumi_switchboard.fields.models import Secret, WriteOnly
from pulumi_switchboard.fields.tree import tree
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.importer.arguments import SecretText, arguments_of, mapped, problems_of
from pydantic import Field, create_model

from tests.fields.example import ExampleInputs, ExampleState
from tests.fields.test_comparison import ODD, VALID
from tests.importer.objects import (
    CLIENT,
    EXAMPLE,
    RECORDING,
    TELEPHONY,
    URL,
    WEBHOOKS,
    client,
    configuration,
    found,
    store,
)

SECRET_URL = f"{URL}?key=secret"


def revealed(arguments: Bag) -> Any:
    """The arguments with the secrets that are known."""
    return mapped(arguments, lambda _, leaf: leaf.value if isinstance(leaf, SecretText) else leaf)


@given(VALID | ODD)
def test_arguments_without_a_problem_mean_what_the_vendor_shows(shown: Bag) -> None:
    one = found(EXAMPLE, "example", **{"region": "eu", **shown})
    arguments = arguments_of(one)
    if not problems_of(one, arguments):
        assert changed_fields(ExampleInputs, one.state, revealed(arguments)) == []
    assert [
        SecretText(shown[n]) for n in ("token", "hint") if isinstance(shown.get(n), str) and shown[n]
    ] == [arguments[n] for n in ("token", "hint") if isinstance(arguments.get(n), SecretText)]


def test_what_is_empty_or_the_default_is_left_out_at_every_depth_and_what_is_required_is_given() -> None:
    shown: Bag = {"description": "", "deletion_protection": True, "status": "ACTIVE"}
    assert arguments_of(store("store", **shown)) == {"display_name": "customers"}
    rules = [{"from_": "", "to": "*", "metadata": {}}]
    channels = {"SMS": {"status_timeouts": {"inactive": None}, "capture_rules": rules}, "VOICE": {}}
    one = configuration("conf", "store", channel_settings=channels, memory_extraction_enabled=False)
    assert arguments_of(one) == {
        "display_name": "Support",
        "description": "",
        "conversation_grouping_type": "GROUP_BY_PROFILE",
        "memory_store_id": "store",
        "channel_settings": {"SMS": {"capture_rules": [{"from_": "", "to": "*"}]}, "VOICE": {}},
    }
    assert arguments_of(client("voice", "", description=None)) == {"call_notification": {"url": URL}}


def test_of_an_account_setting_all_that_is_shown_is_given_and_it_is_retained() -> None:
    shown: Bag = {
        "filters": [],
        "method": "",
        "post_webhook_url": "",
        "pre_webhook_url": None,
        "target": "webhook",
    }
    assert arguments_of(found(WEBHOOKS, **shown)) == {
        "filters": [],
        "method": "",
        "post_webhook_url": "",
        "target": "webhook",
        "on_destroy": "retain",
    }


def test_an_enumeration_is_spelled_as_type_checkers_know_it() -> None:
    assert arguments_of(found(WEBHOOKS, method="post"))["method"] == "POST"
    assert problems_of(one := found(WEBHOOKS, method="put"), arguments_of(one))[0].path == "method"


def test_secrets_are_told_from_what_may_be_shown() -> None:
    hooks = {"pre_webhook_url": URL, "post_webhook_url": SECRET_URL}
    arguments = arguments_of(found(WEBHOOKS, **hooks))
    assert {name: arguments[name] for name in hooks} == {n: SecretText(url) for n, url in hooks.items()}
    callbacks = [{"url": SECRET_URL, "method": "GET"}, {"url": URL}]
    one = configuration("conf", "store", description=SECRET_URL, status_callbacks=callbacks)
    assert arguments_of(one)["status_callbacks"] == [
        {"url": SecretText(SECRET_URL), "method": "GET"},
        {"url": URL},
    ]
    assert arguments_of(one)["description"] == SECRET_URL, "prose is no URL"
    assert "secret" not in repr(SecretText("secret"))


def test_a_value_that_the_vendor_never_shows_is_no_problem_unless_others_have_some() -> None:
    agents: dict[str, Any] = {"call_creation_allowed_agent_ids": ["1" * 8 + "-1111" * 3 + "-" + "1" * 12]}
    one = found(TELEPHONY, account_sid="AC" + "1" * 32, auth_token_prefix="1f1f", **agents)
    arguments = arguments_of(one)
    assert arguments == {
        "account_sid": "AC" + "1" * 32,
        "auth_token": SecretText(None),
        **agents,
        "on_destroy": "retain",
    }
    assert problems_of(one, arguments) == []
    both = found(TELEPHONY, account_sid="AC" + "1" * 32, call_creation_allow_all_agents=True, **agents)
    [problem] = problems_of(both, arguments_of(both))
    assert "exclude each other" in str(problem)


def test_a_value_that_the_vendor_never_shows_may_be_of_any_form() -> None:
    token = Annotated[str, Field(pattern="^[0-9a-f]{32}$"), WriteOnly()]
    optional: Any = (Annotated[str | None, WriteOnly()], None)
    inputs = create_model("Inputs", __base__=ExampleInputs, password=token, pin=optional)
    state = create_model("Shown", __base__=ExampleState, password=token, pin=optional)
    one = found(replace(EXAMPLE, inputs=inputs, state=state), "example", region="eu")
    arguments = arguments_of(one)
    assert arguments == {"region": "eu", "password": SecretText(None)}
    assert problems_of(one, arguments) == []


@pytest.mark.parametrize(
    ("shown", "problem"),
    [
        ({"call_notification": None}, "call_notification: is required"),
        (
            {"call_notification": {"url": "ftp://canary"}},
            "call_notification.url: must begin with https or http",
        ),
        ({"call_notification": {"url": URL, "method": "canary"}}, "call_notification.method: must be"),
        ({"call_notification": {"url": ["canary"]}}, "call_notification.url: must be a string"),
        ({"unique_name": "canary bird"}, "unique_name: must not contain spaces"),
    ],
)
def test_what_the_definition_does_not_accept_is_named_without_its_value(shown: Bag, problem: str) -> None:
    one = found(CLIENT, "voice", **{"call_notification": {"url": URL}, **shown})
    [said] = problems_of(one, arguments_of(one))
    assert str(said).startswith(problem)
    assert "canary" not in str(said)


def test_an_object_that_the_vendor_could_not_get_ready_cannot_be_declared() -> None:
    one = store("store", status="FAILED")
    assert [str(problem) for problem in problems_of(one, arguments_of(one))] == [
        "the vendor could not get it ready"
    ]
    busy = store("store", status="PROVISIONING")
    assert problems_of(busy, arguments_of(busy)) == []


def test_a_list_with_nothing_in_a_place_is_a_problem_and_no_error() -> None:
    one = found(RECORDING, "voice", features=[None])
    assert [problem.path for problem in problems_of(one, arguments_of(one))] == ["features[0]"]


@pytest.mark.parametrize("definition", [*definitions.every()], ids=lambda one: one.key)
def test_each_secret_argument_is_a_text(definition: Any) -> None:
    assert all(field.kind is str for field in tree(definition.inputs).walk() if field.has(Secret))
