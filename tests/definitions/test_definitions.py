"""Every definition keeps the rules that the rest of the package relies upon."""

from __future__ import annotations

import pytest
from pulumi_switchboard import definitions
from pulumi_switchboard.core.contract import AnyDefinition
from pulumi_switchboard.core.fields import Account, Id, marked, unwrapped
from pulumi_switchboard.errors import MissingError
from pydantic import BaseModel

from tools.generate.docstrings import docstring

EVERY = list(definitions.every())
WITHOUT_ID = {"ultravox:TwilioTelephony"}
"""There is one in an account, and the vendor shows an id of neither."""


@pytest.mark.parametrize("definition", EVERY, ids=lambda definition: definition.key)
def test_a_definition_is_found_by_its_key(definition: AnyDefinition) -> None:
    assert definitions.find(definition.key) is definition


@pytest.mark.parametrize("definition", EVERY, ids=lambda definition: definition.key)
def test_a_definition_names_the_field_that_is_the_id(definition: AnyDefinition) -> None:
    assert len(marked(definition.state, Id)) == (0 if definition.key in WITHOUT_ID else 1)
    assert len(marked(definition.state, Account)) <= 1


@pytest.mark.parametrize("definition", EVERY, ids=lambda definition: definition.key)
def test_every_argument_is_an_output_of_the_same_type(definition: AnyDefinition) -> None:
    for name, field in definition.inputs.model_fields.items():
        assert definition.state.model_fields[name].annotation == field.annotation


@pytest.mark.parametrize("definition", EVERY, ids=lambda definition: definition.key)
def test_every_field_has_a_docstring(definition: AnyDefinition) -> None:
    def check(model: type[BaseModel]) -> None:
        assert model.__doc__
        for name, field in model.model_fields.items():
            assert docstring(model, name)
            kind = unwrapped(field.annotation)
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                check(kind)

    check(definition.inputs)
    check(definition.state)


@pytest.mark.parametrize(
    "key", ["twilio/voice:Nothing", "nothing:ClientConfiguration", "twilio/voice/deeper:X", "nothing/at:All"]
)
def test_an_unknown_key_is_an_error_that_names_the_way_out(key: str) -> None:
    with pytest.raises(MissingError) as caught:
        definitions.find(key)
    assert key in str(caught.value)
    assert "install the version that the stack was last updated with" in str(caught.value)
