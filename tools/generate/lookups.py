"""The look-ups of a type: their names, arguments and results, and their text in the generated module."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import indent

from pulumi_switchboard.definitions import file_name
from pulumi_switchboard.fields.models import Secret, Unsent, Url, WriteOnly
from pulumi_switchboard.fields.tree import Field, fields_containing, tree
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.rest.account_setting import AccountSetting
from pulumi_switchboard.rest.collection import Collection

from tools.generate.text import class_text, described, quoted
from tools.generate.types import output_type, shown_type

HIDDEN = "field(repr=False)"
"""The default of a result's member that can hold a secret, so that a printed result does not show it."""


@dataclass(frozen=True)
class LookUps:
    """The look-ups of a type."""

    key: str
    result: str
    """The name of the dataclass that shows an object."""
    get: str
    """The name of the function that shows one object."""
    keys: dict[str, str]
    """Its arguments, by which it finds the object, and what they are; none for an account setting."""
    list_all: str
    """The name of the function that lists the objects; empty if the API has no list."""
    filters: dict[str, Field]
    """Its arguments."""
    shown: list[Field]
    """The members of the dataclass."""
    noun: str
    """What is found."""


def look_ups(definition: AnyDefinition) -> LookUps:
    """The look-ups of a type."""
    api, name = definition.api, definition.key.partition(":")[2]
    words = file_name(name)
    pages = api.pages if isinstance(api, Collection) else None
    inputs, hidden = tree(definition.inputs).members, api.originals if isinstance(api, AccountSetting) else {}
    shown = [
        field
        for name, field in tree(definition.state).members.items()
        if name not in hidden and not field.has(Unsent) and not field.has(WriteOnly)
    ]
    return LookUps(
        definition.key,
        f"Get{name}Result",
        f"get_{words}",
        _keys(api),
        f"list_{plural(words)}" if pages is not None else "",
        {name: inputs[name] for name in pages.filters} if pages is not None else {},
        shown,
        definition.noun if isinstance(api, Collection) else api.noun,
    )


def look_up_parts(definition: AnyDefinition) -> list[str]:
    """The dataclass of a type's objects, and the functions that look them up."""
    found = look_ups(definition)
    noun = f"an existing {found.noun}" if found.keys else found.noun
    constants = [f'_GET = LookUp("{found.key}", "{found.get}", {found.result})']
    functions = [
        _Function(
            found.get, found.keys, dict.fromkeys(found.keys, "str"), f"Show {noun}", found.result, "get"
        )
    ]
    if found.list_all:
        constants.append(f'_LIST = LookUp("{found.key}", "{found.list_all}", {found.result}, lists=True)')
        docs = {name: f"Only those with this value: {field.doc}" for name, field in found.filters.items()}
        kinds = {name: output_type(field) for name, field in found.filters.items()}
        title = f"List the {plural(found.noun)} of the account"
        functions.append(_Function(found.list_all, docs, kinds, title, f"list[{found.result}]", "list_all"))
    parts = [text for function in functions for text in (_plain(function), _output(function))]
    return [_result(definition, found), "\n".join(constants), *parts]


@dataclass(frozen=True)
class _Function:
    name: str
    arguments: dict[str, str]
    """What the arguments are."""
    kinds: dict[str, str]
    """Their types."""
    title: str
    result: str
    runner: str
    """The function of `program.lookups` that does it."""


def _keys(api: object) -> dict[str, str]:
    """The arguments by which an object is found, and what they are."""
    if not isinstance(api, Collection):
        return {}
    name = api.name_field if api.pages is not None or api.is_key_in_path else ""
    if not name:
        return {"id": "The id of the object."}
    unique = "no two objects share it" if api.natural_key else "it is an error if several objects have it"
    return {
        "id": f"The id of the object. Give either this or `{name}`.",
        name: f"The name of the object; {unique}.",
    }


def _result(definition: AnyDefinition, found: LookUps) -> str:
    marked = (*fields_containing(definition.state, Secret), *fields_containing(definition.state, Url))
    hidden = dict.fromkeys(marked, f" = {HIDDEN}")
    members = [
        f"{field.name}: {shown_type(field)}{hidden.get(field.name, '')}\n{quoted(field.doc)}"
        for field in found.shown
    ]
    return f"@dataclass(frozen=True)\n{class_text(found.result, definition.state.__doc__ or '', members)}"


def _plain(function: _Function) -> str:
    kinds = {name: f"{kind} | None" for name, kind in function.kinds.items()}
    head = f"def {function.name}({_signature(kinds)}) -> {function.result}:"
    title = [f"{function.title}, without a resource in state."]
    return _text(function, head, title, function.runner)


def _output(function: _Function) -> str:
    kinds = {name: f"pulumi.Input[{kind} | None]" for name, kind in function.kinds.items()}
    head = f"def {function.name}_output({_signature(kinds)}) -> pulumi.Output[{function.result}]:"
    title = [
        f"{function.title} once all is known that this needs.",
        "",
        "The output is a secret if any value in it is one.",
    ]
    return _text(function, head, title, f"{function.runner}_output")


def _signature(kinds: dict[str, str]) -> str:
    arguments = [f"{argument}: {kind} = None" for argument, kind in kinds.items()]
    return ", ".join(["*", *arguments, "opts: pulumi.InvokeOptions | None = None"])


def _text(function: _Function, head: str, title: list[str], runner: str) -> str:
    given = ", ".join(f'"{argument}": {argument}' for argument in function.arguments)
    constant = "_GET" if function.runner == "get" else "_LIST"
    docs = {**function.arguments, "opts": "The provider, or a parent that has one."}
    body = [
        f'"""{title[0]}',
        *title[1:],
        "",
        "Args:",
        *(line for argument, text in docs.items() for line in described(argument, text)),
        '"""',
        f"return lookups.{runner}({constant}, {{{given}}}, opts)",
    ]
    return f"{head}\n" + indent("\n".join(body), "    ")


def plural(words: str) -> str:
    """The plural of a noun."""
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"
