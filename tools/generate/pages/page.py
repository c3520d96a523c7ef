"""The page of a configuration type."""

from __future__ import annotations

import json
from dataclasses import fields
from inspect import getdoc

from pulumi_switchboard.deadline import DEFAULT_SECONDS
from pulumi_switchboard.fields.models import Id, ProtectsFromDeletion, Replaces, Secret, Unsent, Url
from pulumi_switchboard.fields.tree import fields_containing, fields_with, tree
from pulumi_switchboard.resource.definition import AnyDefinition, Evidence
from pulumi_switchboard.rest.account_setting import AccountSetting
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.settings import ON_DESTROY_VARIABLE
from pulumi_switchboard.vendors.operation import CANCELLED, COMPLETED, FAILED

from tools.generate.pages.fields import arguments, objects, outputs
from tools.generate.pages.lookups import look_up_items
from tools.generate.pages.markdown import NOTE, items, sentence
from tools.generate.pages.requests import remarks, requests_table

SOURCES = {
    "specification": "vendor specification",
    "documentation": "vendor documentation",
    "third_party": "third-party code",
    "assumption": "assumption",
}
"""The sources of evidence, by the field of `Evidence` that tells what is from there."""


def sources(evidence: Evidence) -> dict[str, str]:
    """What is known from each source, by its name; nothing of those that say nothing."""
    said = {SOURCES[f.name]: getattr(evidence, f.name) for f in fields(evidence) if f.name in SOURCES}
    return {source: text for source, text in said.items() if text}


def page(definition: AnyDefinition) -> str:
    """The page of a type."""
    evidence = definition.evidence
    sections = {
        "Arguments": "\n\n".join([arguments(definition), *_groups(definition), *objects(definition)]),
        "Outputs": f"Every argument is an output, too. Besides them:\n\n{outputs(definition)}",
        "Id and import": items(_id(definition)),
        "Look-ups": items(look_up_items(definition)),
        "Secrets": items(_secrets(definition)),
        "Requests": "\n\n".join(
            text
            for text in (_where(definition), requests_table(definition), items(remarks(definition)))
            if text
        ),
        "Waits": items(_waits(definition)),
        "Destroy": items(_destroy(definition)),
        "Evidence": "Nothing here was tried with an account of the vendor. This page relies on\n\n"
        + items(f"{source}: {text}" for source, text in sources(evidence).items()),
    }
    return (
        "\n\n".join(
            [
                f"# {definition.name}",
                NOTE,
                getdoc(definition.inputs) or "",
                f"{evidence.api}: [the vendor's page]({evidence.page}).",
                *(f"## {title}\n\n{text}" for title, text in sections.items()),
            ]
        )
        + "\n"
    )


def waits(definition: AnyDefinition) -> str:
    """What a call waits for besides the answers; empty for nothing."""
    api = definition.api
    if not isinstance(api, Collection):
        return ""
    kinds = {"operations": api.operations, "readiness": api.readiness}
    return " and ".join(kind for kind, waited_for in kinds.items() if waited_for is not None)


def _where(definition: AnyDefinition) -> str:
    product = definition.api.product
    return (
        f"The paths are at {product.vendor.name}'s host `{product.name}.…`. These are the fewest requests; "
        "after a failure, a request that is safe to repeat is repeated."
    )


def _groups(definition: AnyDefinition) -> list[str]:
    groups = definition.api.groups if isinstance(definition.api, AccountSetting) else ()
    texts = [" and ".join(f"`{name}`" for name in group) for group in groups]
    return [f"Managed, sent and restored together: {'; '.join(texts)}."] if texts else []


def _id(definition: AnyDefinition) -> list[str]:
    api, name = definition.api, definition.name
    if isinstance(api, AccountSetting):
        example, shown = api.id or "AC…", f"`{api.id}`" if api.id else "the account's SID"
        adopted = "is not needed, since a create takes over what exists; with it, the setting has to exist."
    else:
        example, shown = "…", f"the `{fields_with(definition.state, Id)[0]}`"
        adopted = "adopts an object that exists, with a warning of each value that the program changes."
    texts = [
        f"The id of the resource is {shown}. State has its type as `pulumi-python:dynamic/{definition.key}`.",
        f'`pulumi.ResourceOptions(import_="{example}")` {adopted}',
        f'`{name}.get("name", "{example}")` shows it without managing it.',
    ]
    if isinstance(api, Collection) and api.is_key_in_path:
        texts.append(f"The `{api.natural_key}` can't be used in place of the id.")
    if isinstance(api, Collection) and (replacing := fields_with(definition.inputs, Replaces)):
        names = " and ".join(f"`{name}`" for name in replacing)
        texts.append(f"An object that differs in {names} can't be adopted.")
    return texts


def _secrets(definition: AnyDefinition) -> list[str]:
    texts = [f"`{name}` is always secret." for name in fields_with(definition.state, Secret)]
    texts += [
        f"`{name}` is secret as a whole if a URL in it has a user, a password or a query."
        for name in fields_containing(definition.state, Url)
        if name not in fields_with(definition.state, Secret)
    ]
    if isinstance(definition.api, AccountSetting):
        texts.append("The values from before the create are kept in state as a secret.")
    return texts or ["None, unless the program marks an argument as secret."]


def _waits(definition: AnyDefinition) -> list[str]:
    limit = f"at most {DEFAULT_SECONDS / 60:g} minutes, or as long as `custom_timeouts` says"
    api = definition.api
    if not isinstance(api, Collection) or (api.operations is None and api.readiness is None):
        return [f"The vendor carries out each write at once. A call takes {limit}."]
    texts = []
    if api.operations is not None:
        texts.append(
            "The vendor answers a write before it has carried it out, and starts an operation. Each call "
            f"waits until the status of the operation is {COMPLETED}, {FAILED} or {CANCELLED}, {limit}."
        )
    if api.readiness is not None:
        ready = api.readiness
        texts.append(
            f"A new object can be used when its `{ready.field}` is {ready.ready}. A create waits for that, "
            f"{limit}; {ready.failed} is an error."
        )
    texts.append("A wait that is interrupted is saved in state, and the next `pulumi up` continues it.")
    return texts


def _destroy(definition: AnyDefinition) -> list[str]:
    own = {name: tree(definition.inputs).members[name].doc for name in fields_with(definition.inputs, Unsent)}
    texts = [f"`{name}`: {sentence(doc)}" for name, doc in own.items()]
    api = definition.api
    if isinstance(api, AccountSetting):
        if not api.is_deletable:
            empty = ", ".join(f"`{name}` {json.dumps(value)}" for name, value in api.empty.items())
            texts.append(f"The empty values of `reset` are {empty}.")
        texts.append(f"`{ON_DESTROY_VARIABLE}` in the environment overrules `on_destroy`.")
        return texts
    protects = "".join(
        f"While `{name}` is true, a destroy and a replacement are refused. Otherwise the"
        for name in fields_with(definition.inputs, ProtectsFromDeletion)
    )
    return [
        f"{protects or 'The'} object is deleted. One that is gone already counts as deleted.",
        "An object that another resource has adopted in the meantime stays, with a warning.",
        *texts,
    ]
