"""Forms and the checks of their parameters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi_switchboard.emulator.forms import clearable, once, parse_form
from pulumi_switchboard.emulator.schema import array, one_of, record, text

FORM = record(
    {"Type": once(text())},
    optional={
        "AutoCreation.Enabled": once(one_of("true", "false")),
        "AutoCreation.WebhookFilters": clearable(array(one_of("a", "b"))),
    },
)


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (b"", {}),
        (b"a=", {"a": [""]}),
        (b"a=1&b=2&a=3", {"a": ["1", "3"], "b": ["2"]}),
        (b"a+b=c%20d%2Be", {"a b": ["c d+e"]}),
        (b"a=b=c;d", {"a": ["b=c;d"]}),
        ("ä=%C3%B6".encode(), {"ä": ["ö"]}),
        (b"AutoCreation.Enabled=true", {"AutoCreation.Enabled": ["true"]}),
    ],
)
def test_a_form_has_all_values_of_each_name_in_their_order(body: bytes, form: dict[str, list[str]]) -> None:
    assert parse_form(body) == form


@pytest.mark.parametrize("body", [b"a", b"a=1&", b"&a=1", b"a=%ff", b"a=\xff"])
def test_what_is_no_form_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"bad query field|can't decode"):
        parse_form(body)


@given(st.binary())
def test_anything_is_a_form_in_utf_8_or_a_value_error(body: bytes) -> None:
    try:
        form = parse_form(body)
    except ValueError:
        return
    for name, values in form.items():
        assert values
        text = "".join([name, *values])
        assert text.encode().decode() == text


def problems(body: bytes) -> list[str]:
    return list(FORM(parse_form(body), ""))


@pytest.mark.parametrize(
    "body",
    [
        b"Type=",
        b"Type=sms&AutoCreation.Enabled=true&AutoCreation.WebhookFilters=a&AutoCreation.WebhookFilters=b",
        b"Type=sms&AutoCreation.WebhookFilters=",
    ],
)
def test_a_form_without_a_problem(body: bytes) -> None:
    assert problems(body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", ["Type: is required"]),
        (b"Type=a&Type=b", ["Type: must be given once"]),
        (b"Type=a&AutoCreation.Enabled=", ["AutoCreation.Enabled: must be true or false"]),
        (b"Type=a&AutoCreation=", ["AutoCreation: is unknown"]),
        (
            b"Type=a&AutoCreation.WebhookFilters=c",
            ["AutoCreation.WebhookFilters[0]: must be a or b"],
        ),
        (
            b"Type=a&AutoCreation.WebhookFilters=&AutoCreation.WebhookFilters=a",
            [
                "AutoCreation.WebhookFilters: must not be empty and have other values",
                "AutoCreation.WebhookFilters[0]: must be a or b",
            ],
        ),
    ],
)
def test_a_problem_names_the_parameter_with_its_dots(body: bytes, expected: list[str]) -> None:
    assert problems(body) == expected
