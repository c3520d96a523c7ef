"""The generator of the resource classes; `tests/typing` checks what it writes."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import Annotated, Any, Literal

import pytest
from pulumi_switchboard import definitions
from pulumi_switchboard.fields.models import Id, Model, State, Unordered
from pulumi_switchboard.fields.tree import Field, tree
from pydantic import create_model

from tests.promises import proves
from tools.generate.__main__ import main
from tools.generate.templates import package_module, resource_module
from tools.generate.types import input_type, output_type


class Leaf(Model):
    """Arguments of which one is not described."""

    told: str
    """This one is."""
    untold: str


class LeafState(Leaf, State):
    """All that is known of it."""

    silent_id: Annotated[str, Id()]
    """The id."""


def field_of(annotation: Any) -> Field:
    """A field of this type."""
    return tree(create_model("Example", value=(annotation, ...))).members["value"]


@proves("make.check")
def test_the_generated_files_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().err


def test_every_type_has_its_class_where_its_key_says() -> None:
    for definition in definitions.every():
        module, name = definition.key.split(":")
        package = import_module(f"pulumi_switchboard.{module.replace('/', '.')}")
        token = f"dynamic/{definition.key}"
        assert getattr(package, name)._resource_type_name == token  # noqa: SLF001 - Pulumi has no public way


@proves("program.typed")
@pytest.mark.parametrize(
    ("annotation", "given", "shown"),
    [
        (str, "pulumi.Input[str]", "str"),
        (int | None, "pulumi.Input[int]", "int"),
        (float, "pulumi.Input[float]", "float"),
        (Any, "pulumi.Input[Any]", "Any"),
        (Literal["a", "b"], 'pulumi.Input[Literal["a", "b"]]', 'Literal["a", "b"]'),
        (Literal[1, 2], "pulumi.Input[Literal[1, 2]]", "Literal[1, 2]"),
        (Annotated[list[str], Unordered()], "pulumi.Input[Sequence[pulumi.Input[str]]]", "list[str]"),
        (dict[str, str], "pulumi.Input[Mapping[str, pulumi.Input[str]]]", "dict[str, str]"),
        (
            dict[str, list[Leaf]] | None,
            "pulumi.Input[Mapping[str, pulumi.Input[Sequence[pulumi.Input[LeafArgsDict]]]]]",
            "dict[str, list[Leaf]]",
        ),
    ],
)
def test_a_type_is_an_input_at_every_level_and_a_plain_output(
    annotation: Any, given: str, shown: str
) -> None:
    field = field_of(annotation)
    assert (input_type(field), output_type(field)) == (given, shown)


def test_a_type_without_a_spelling_or_a_docstring_is_refused() -> None:
    for annotation in (set[str], str | int, tuple[str, ...], bytes):
        with pytest.raises(TypeError, match="does not support yet"):
            input_type(field_of(annotation))
    undescribed: Any = SimpleNamespace(key="garden:Silent", inputs=Leaf, state=LeafState, api=None)
    with pytest.raises(TypeError, match="has no docstring"):
        resource_module(undescribed)


@proves("secret.outputs", "program.id-stays-known")
def test_a_class_names_its_secrets_and_urls_and_its_id_is_pulumis() -> None:
    texts = {definition.key: resource_module(definition) for definition in definitions.every()}
    urls = {
        "twilio/conversations:WebhookConfiguration": "('pre_webhook_url', 'post_webhook_url',",
        "twilio/orchestrator:Configuration": "('status_callbacks',",
        "twilio/voice:ClientConfiguration": "('call_notification',",
    }

    for key, names in urls.items():
        assert f"urls={names})" in texts[key]
    assert "urls=" not in texts["ultravox:TwilioTelephony"]
    assert "secrets=('auth_token'," in texts["ultravox:TwilioTelephony"]
    _, configuration_id = texts["twilio/voice:ClientConfiguration"].split("def configuration_id(self)")
    assert configuration_id.split("def ")[0].rstrip().endswith("return self._object_id\n\n    @property")


def test_a_package_exports_what_its_modules_have() -> None:
    text = package_module("Things.", {"a.b": ["B", "A"]})
    assert "from a.b import B as B\n" in text
    assert '__all__ = ["A", "B"]' in text
