"""The names in a generated program are good, unique and free."""

from __future__ import annotations

import builtins
import keyword
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pulumi_switchboard.importer.names import LONGEST_NAME, Names, natural_order
from pulumi_switchboard.importer.source import source

from tests.importer.formatting import assert_as_ruff_leaves_it
from tests.importer.objects import CLIENT, CONFIGURATION, RECORDING, STORE, TELEPHONY, WEBHOOKS, client, found

RESOURCE = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("name", "resource"),
    [
        ("Customer Support", "customer-support"),
        ("  --Über_Größe/3. ", "uber-grosse-3"),
        ("Ⅻ ﬁne™ ①", "xii-finetm-1"),
        ("東京", "client-configuration"),
        ('\u202eevil\n"); import os', "evil-import-os"),
        ("", "client-configuration"),
        ("x" * 39 + " " + "y" * 50, "x" * 39),
        ("y" * 300, "y" * LONGEST_NAME),
    ],
)
def test_a_resource_is_named_after_its_object(name: str, resource: str) -> None:
    assert Names().resource(client("voice_1", name)) == resource


def test_a_resource_without_a_name_of_its_own_is_named_after_its_class() -> None:
    assert Names().resource(found(WEBHOOKS)) == "webhook-configuration"
    assert Names().resource(found(TELEPHONY)) == "twilio-telephony"


def test_names_are_unique_within_a_type_and_none_that_the_stack_has() -> None:
    names = Names({"sales", "sales-2"})
    same = [names.resource(client(str(number), "Sales")) for number in range(3)]
    assert same == ["sales-3", "sales-4", "sales-5"]
    assert names.resource(client("other", "sales-4")) == "sales-4-2"
    assert names.resource(found(STORE, "store", display_name="Sales")) == "sales-3"


@given(st.lists(st.text(max_size=50), max_size=30), st.sets(st.from_regex("[a-c](-[0-9])?", fullmatch=True)))
def test_whatever_objects_are_called_names_and_variables_can_be_used(
    texts: list[str], used: set[str]
) -> None:
    names, resources, variables = Names(used), [], []
    for number, text in enumerate(texts):
        resources.append(names.resource(client(str(number), text)))
        variables += [names.variable(type, resources[-1]) for type in (CLIENT, STORE)]
    assert all(RESOURCE.fullmatch(one) for one in resources)
    assert len({*resources}) == len(resources)
    assert used.isdisjoint(resources)
    assert all(one.isidentifier() and one.isascii() and not keyword.iskeyword(one) for one in variables)
    assert len({*variables}) == len(variables)


@pytest.mark.parametrize("name", ["class", "match", "print", "pulumi", "twilio", "ultravox", "config"])
def test_a_variable_is_nothing_that_a_program_uses(name: str) -> None:
    assert Names().variable(STORE, name) == f"{name}_store"
    assert name in {
        *keyword.kwlist,
        *keyword.softkwlist,
        *dir(builtins),
        "pulumi",
        "twilio",
        "ultravox",
        "config",
    }


def test_a_variable_that_another_resource_has_ends_with_the_type() -> None:
    names = Names()
    types = (STORE, CLIENT, RECORDING, CONFIGURATION)
    assert [names.variable(type, "support") for type in types] == [
        "support",
        "support_client_configuration",
        "support_recording_configuration",
        "support_configuration",
    ]
    assert names.variable(CLIENT, "support") == "support_client_configuration_2"
    assert names.variable(CLIENT, "3-way") == "client_configuration_3_way"


def test_a_setting_is_named_after_resource_and_argument() -> None:
    names = Names(settings={"taken"})
    assert names.setting("twilio-telephony", ("auth_token",)) == "twilioTelephonyAuthToken"
    assert names.setting("support", ("status_callbacks", 0, "url")) == "supportStatusCallbacksUrl"
    assert names.setting("support", ("status_callbacks", 1, "url")) == "supportStatusCallbacksUrl2"
    assert names.setting("a", ("hooks", "a: \u202e{b}", "from_")) == "aHooksFrom"
    assert Names(settings={"aB"}).setting("a", ("b",)) == "aB2"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.sets(st.from_regex("[a-c][0-2_a]{0,6}", fullmatch=True), min_size=1))
def test_names_are_sorted_as_ruff_sorts_imports(tmp_path: Path, names: set[str]) -> None:
    ordered = sorted(names, key=natural_order)
    imported = "".join(f"    {name},\n" for name in ordered)
    text = f"from module import (\n{imported})\n\n{source(ordered, '__all__ = ')}\n"
    assert_as_ruff_leaves_it(tmp_path, {"a.py": text})
