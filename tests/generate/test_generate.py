"""The generator of the resource classes."""

from __future__ import annotations

import ast
from typing import Annotated, Any, ClassVar, Literal

import pytest
from pulumi_switchboard import definitions
from pulumi_switchboard.core.contract import Definition
from pulumi_switchboard.core.fields import Account, Id, Part, Replaces, Secret, State, Unordered

from tests.promises import proves
from tools.generate.__main__ import main
from tools.generate.templates import package_module, resource_module
from tools.generate.types import input_type, output_type


class Leaf(Part):
    """A leaf."""

    text: str
    """What it says."""
    colour: Literal["green", "red"] = "green"
    """Its colour."""


class Branch(Part):
    """A branch."""

    leaves: list[Leaf]
    """Its leaves."""
    length: int | None = None
    """How long it is."""


class TreeInputs(Part):
    """A tree.

    It has branches.
    """

    height: int | None = None
    """How high it is,
    in metres."""
    place: Annotated[str, Replaces()]
    """Where it stands."""
    branches: dict[str, Branch] | None = None
    """Its branches."""
    marks: Annotated[list[str], Unordered()] | None = None
    """What is carved into it."""
    token: Annotated[str, Secret()]
    """What opens the house in it."""


class TreeState(TreeInputs, State):
    """A tree as it grows."""

    tree_id: Annotated[str, Id()]
    """The id of the tree."""
    garden: Annotated[str, Account()]
    """The garden that it stands in."""


class Tree(Definition[Any, Any, Any]):
    """How a tree lives."""

    key: ClassVar[str] = "garden/north:Tree"
    inputs: Any = TreeInputs
    state: Any = TreeState

    def create(self, call: Any, inputs: Any) -> Any:
        """Not needed here."""

    def read(self, call: Any, id: str) -> Any:
        """Not needed here."""

    def update(self, call: Any, id: str, live: Any, inputs: Any) -> Any:
        """Not needed here."""

    def delete(self, call: Any, id: str, known: Any) -> None:
        """Not needed here."""


class Silent(Part):
    """Has a field that no one has described."""

    told: str
    """This one is."""
    untold: str


class SilentState(Silent, State):
    """As it is."""

    silent_id: Annotated[str, Id()]
    """The id."""


class SilentType(Tree):
    """A type with such a field."""

    key: ClassVar[str] = "garden:Silent"
    inputs = Silent
    state = SilentState


@proves("make.check")
def test_the_generated_files_are_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().err


def test_every_type_has_its_class_where_its_key_says() -> None:
    for definition in definitions.every():
        module, name = definition.key.split(":")
        package = __import__(f"pulumi_switchboard.{module.replace('/', '.')}", fromlist=[name])
        token = f"dynamic/{definition.key}"
        assert getattr(package, name)._resource_type_name == token  # noqa: SLF001 - Pulumi has no public way


@pytest.mark.parametrize(
    ("annotation", "given", "shown"),
    [
        (str, "pulumi.Input[str]", "str"),
        (int | None, "pulumi.Input[int]", "int"),
        (bool, "pulumi.Input[bool]", "bool"),
        (float, "pulumi.Input[float]", "float"),
        (Any, "pulumi.Input[Any]", "Any"),
        (Literal["a", "b"], 'pulumi.Input[Literal["a", "b"]]', 'Literal["a", "b"]'),
        (list[str], "pulumi.Input[Sequence[pulumi.Input[str]]]", "list[str]"),
        (
            TreeInputs.model_fields["marks"].annotation,
            "pulumi.Input[Sequence[pulumi.Input[str]]]",
            "list[str]",
        ),
        (dict[str, str], "pulumi.Input[Mapping[str, pulumi.Input[str]]]", "dict[str, str]"),
        (Leaf, "pulumi.Input[LeafArgsDict]", "Leaf"),
        (
            dict[str, list[Leaf]] | None,
            "pulumi.Input[Mapping[str, pulumi.Input[Sequence[pulumi.Input[LeafArgsDict]]]]]",
            "dict[str, list[Leaf]]",
        ),
    ],
)
def test_a_type_is_an_input_at_every_level_and_plain_as_an_output(
    annotation: Any, given: str, shown: str
) -> None:
    assert input_type(annotation) == given
    assert output_type(annotation) == shown


def test_a_type_without_a_spelling_or_a_docstring_is_refused() -> None:
    for annotation in (set[str], str | int, tuple[str, ...], bytes):
        with pytest.raises(TypeError, match="no spelling yet"):
            input_type(annotation)
    with pytest.raises(TypeError, match="has no docstring"):
        resource_module(SilentType())


def test_a_module_has_the_types_of_arguments_and_outputs_and_the_class() -> None:
    text = resource_module(Tree())
    classes = [node.name for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]

    assert classes == ["LeafArgsDict", "Leaf", "BranchArgsDict", "Branch", "Tree"], "the innermost first"
    for line in (
        'class Tree(Resource, module="garden/north", name="Tree"):',
        "from collections.abc import Mapping, Sequence",
        "from typing import Literal",
        "from typing_extensions import NotRequired, TypedDict",
        '    colour: NotRequired[pulumi.Input[Literal["green", "red"]]]',
        "    text: pulumi.Input[str]",
        '    colour: Literal["green", "red"]',
        "    length: NotRequired[int]",
        "    _secrets = ('token',)",
        "    def tree_id(self) -> pulumi.Output[str]:",
        "        return self.id",
        "        height: pulumi.Input[int] | None = None,",
        "            height: How high it is, in metres.",
    ):
        assert line in text.splitlines(), text
    constructor = text[text.index("def __init__") :]
    places = [constructor.index(f"{name}:") for name in ("place", "token", "height", "branches")]
    assert places == sorted(places), "required arguments come first"


def test_a_type_names_the_arguments_that_hold_urls() -> None:
    texts = {definition.key: resource_module(definition) for definition in definitions.every()}

    assert {
        key: text.split("_urls = ")[1].split(")")[0] for key, text in texts.items() if "_urls" in text
    } == {
        "twilio/conversations:WebhookConfiguration": "('pre_webhook_url', 'post_webhook_url',",
        "twilio/orchestrator:Configuration": "('status_callbacks',",
        "twilio/voice:ClientConfiguration": "('call_notification',",
    }


def test_a_package_exports_what_its_modules_have() -> None:
    text = package_module("Things.", {"a.b": ["B", "A"]})

    assert "from a.b import B as B\n" in text
    assert '__all__ = ["A", "B"]' in text
