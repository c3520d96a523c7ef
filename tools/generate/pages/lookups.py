"""What a page says about the look-ups of a type."""

from __future__ import annotations

from pulumi_switchboard.fields.tree import tree
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.rest.collection import Collection

from tools.generate.lookups import look_ups


def look_up_items(definition: AnyDefinition) -> list[str]:
    """The functions, what they take and return, and what they request."""
    found = look_ups(definition)
    module = definition.name.rpartition(".")[0]
    calls = [f"`{module}.{found.get}({key}=…)`" for key in found.keys] or [f"`{module}.{found.get}()`"]
    noun = f"an existing {found.noun}" if found.keys else found.noun
    shown = {field.name for field in found.shown}
    left_out = [f"`{name}`" for name in tree(definition.state).members if name not in shown]
    but = f" but {' and '.join(left_out)}" if left_out else ""
    texts = [f"{' or '.join(calls)} shows {noun}. The result, `{found.result}`, has every output{but}."]
    if found.list_all:
        which = "".join(f", or those with a given `{name}`" for name in found.filters)
        texts.append(f"`{module}.{found.list_all}()` lists all objects{which}.")
    names = [name for name in (found.get, found.list_all) if name]
    outputs = " and ".join(f"`{name}_output`" for name in names)
    texts.append(f"The same as outputs: {outputs}.")
    _, *by_name = found.keys or [""]
    return [*texts, *(_by_name(definition.api, name) for name in by_name)]


def _by_name(api: Collection, name: str) -> str:
    several = "" if api.natural_key else " It is an error if several objects have the name."
    if api.is_key_in_path:
        return f"`{name}`: requests the object by its name, and reads the list if there is none."
    are_ids = api.pages is not None and api.pages.are_ids
    rest = " and each object in it" if are_ids else ", and then the object"
    return f"`{name}`: reads the list{rest}.{several}"
