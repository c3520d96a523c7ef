"""Templates of the generated modules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import indent

from pulumi_switchboard.fields.models import Id, Secret, Url
from pulumi_switchboard.fields.tree import Field, fields_containing, fields_with, tree
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.rest.account_setting import AccountSetting
from pulumi_switchboard.state_keys import SAVED_ORIGINAL
from pydantic import BaseModel

from tools.generate.lookups import HIDDEN, look_up_parts
from tools.generate.text import class_text, described, quoted
from tools.generate.types import input_type, nested, output_type, shown_type

NOTE = "Generated from the definitions by `make generate`. Change the definitions, not this file."


def resource_module(definition: AnyDefinition) -> str:
    """The module of a type: its resource class with the types of arguments and outputs, and its look-ups."""
    module, name = definition.key.split(":")
    parts = [
        f'"""The resource class and the look-ups of `{module}:{name}`.\n\n{NOTE}\n"""',
        "from __future__ import annotations",
        "@IMPORTS@",
        *(
            part
            for model in nested(definition.inputs)
            for part in (_arguments_type(model), _output_type(model))
        ),
        _resource_class(definition, module, name),
        *look_up_parts(definition),
    ]
    text = "\n\n".join(parts) + "\n"
    return text.replace("@IMPORTS@", _imports(text))


def package_module(title: str, imports: dict[str, list[str]]) -> str:
    """The `__init__` of a package that exports these names of these modules."""
    lines = [f"from {module} import {name} as {name}" for module, names in imports.items() for name in names]
    exported = sorted({name for names in imports.values() for name in names})
    listing = ", ".join(f'"{name}"' for name in exported)
    return f'"""{title}\n\n{NOTE}\n"""\n\n' + "\n".join(lines) + f"\n\n__all__ = [{listing}]\n"


def _imports(text: str) -> str:
    abstract = [name for name in ("Mapping", "Sequence") if re.search(rf"\b{name}\[", text)]
    typing = [name for name in ("Any", "Literal") if re.search(rf"\b{name}\b", text)]
    special = ("NotRequired", "ReadOnly", "TypedDict")
    extensions = [name for name in special if re.search(rf"\b{name}\b", text)]
    lines = [
        f"from collections.abc import {', '.join(abstract)}" if abstract else "",
        "from dataclasses import field" if HIDDEN in text else "",
        f"from typing import {', '.join(typing)}" if typing else "",
        "",
        "import pulumi",
        f"from typing_extensions import {', '.join(extensions)}" if extensions else "",
        "",
        "from pulumi_switchboard.program import lookups",
        "from pulumi_switchboard.program.look_up import LookUp",
        "from pulumi_switchboard.program.outputs import typed_output",
        "from pulumi_switchboard.program.resource import Resource",
        "from pulumi_switchboard.program.results import dataclass",
    ]
    return "\n".join(lines)


def _arguments_type(model: type[BaseModel]) -> str:
    """The type of an argument. Only one with read-only members takes an output's value, too."""
    fields = tree(model).members.values()
    members = [_member(field, f"ReadOnly[{input_type(field)}]", always=field.is_required) for field in fields]
    return class_text(f"{model.__name__}ArgsDict(TypedDict)", model.__doc__ or "", members)


def _output_type(model: type[BaseModel]) -> str:
    fields = tree(model).members.values()
    members = [_member(field, output_type(field), always=field.is_always_present) for field in fields]
    return class_text(f"{model.__name__}(TypedDict)", model.__doc__ or "", members)


def _member(field: Field, kind: str, *, always: bool) -> str:
    return f"{field.name}: {kind if always else f'NotRequired[{kind}]'}\n{quoted(field.doc)}"


def _resource_class(definition: AnyDefinition, module: str, name: str) -> str:
    outputs = tree(definition.state).members
    saved_original = [SAVED_ORIGINAL] if isinstance(definition.api, AccountSetting) else []
    secrets = [*fields_with(definition.state, Secret), *saved_original]
    urls = fields_containing(definition.inputs, Url)
    body = [_constructor(definition.inputs), *map(_property, outputs.values())]
    names = {"outputs": list(outputs), "secrets": secrets, "urls": urls}
    keywords = [
        f'module="{module}"',
        f'name="{name}"',
        *(f"{key}={_tuple(n)}" for key, n in names.items() if n),
    ]
    return class_text(f"{name}(Resource, {', '.join(keywords)})", definition.inputs.__doc__ or "", body)


def _tuple(names: Sequence[str]) -> str:
    return f"({', '.join(repr(name) for name in names)},)"


def _constructor(inputs: type[BaseModel]) -> str:
    given: list[str] = []
    arguments: list[str] = []
    passed: list[str] = []
    for field in sorted(tree(inputs).members.values(), key=lambda field: not field.is_required):
        name, kind = field.name, input_type(field)
        given.append(f"{name}: {kind}," if field.is_required else f"{name}: {kind} = None,")
        arguments += described(name, field.doc)
        passed.append(f'"{name}": {name},')
    lines = [
        "def __init__(",
        "    self,",
        "    resource_name: str,",
        "    opts: pulumi.ResourceOptions | None = None,",
        "    *,",
        *(f"    {line}" for line in given),
        ") -> None:",
        '    """Declare the resource.',
        "",
        "    Args:",
        "        resource_name: The name of the resource in the program.",
        "        opts: Options of the resource, such as its provider, parent or `import_`.",
        *(f"    {line}" for line in arguments),
        '    """',
        "    super().__init__(resource_name, {" + " ".join(passed) + "}, opts)",
    ]
    return "\n".join(lines)


def _property(field: Field) -> str:
    kind = shown_type(field)
    value = "self._object_id" if field.has(Id) else f'typed_output(self, "{field.name}")'
    text = indent(quoted(field.doc), "    ")
    return f"@property\ndef {field.name}(self) -> pulumi.Output[{kind}]:\n{text}\n    return {value}"
