"""The arguments that declare an object as the vendor shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args, get_origin

from pulumi_switchboard.accounts.objects import FoundObject
from pulumi_switchboard.fields.models import Caseless, Secret, Url, WriteOnly
from pulumi_switchboard.fields.paths import Path, path_text
from pulumi_switchboard.fields.tree import Field, tree
from pulumi_switchboard.fields.typed_values import meaning, to_bag, upper
from pulumi_switchboard.fields.validation import Problem, problems
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.lifecycle.readiness import will_never_be_ready
from pulumi_switchboard.rest.account_setting import ON_DESTROY, AccountSetting
from pulumi_switchboard.rest.collection import Collection
from pulumi_switchboard.sensitive import REDACTED, is_sensitive


@dataclass(frozen=True)
class SecretText:
    """A text that the program must not contain."""

    value: str | None = field(repr=False)
    """None if the vendor does not show it."""


def arguments_of(found: FoundObject) -> Bag:
    """The arguments, with a `SecretText` in place of each secret.

    Those of an object leave out what is empty or the default. Those of an account setting have all that the
    vendor shows, because an argument that is left out is not managed.
    """
    is_setting = isinstance(found.definition.api, AccountSetting)
    given: Bag = _given(tree(found.definition.inputs), to_bag(found.state), keeps_empty=is_setting)
    return {**given, ON_DESTROY: "retain"} if is_setting else given


def problems_of(found: FoundObject, arguments: Bag) -> list[Problem]:
    """Why the object cannot be declared with these arguments; empty if it can."""
    hidden = {path_text(path) for path, leaf in leaves(arguments) if leaf == SecretText(None)}
    refused = problems(found.definition.inputs, mapped(arguments, lambda _, leaf: _plain(leaf)))
    reasons = [problem for problem in refused if problem.path not in hidden]
    api = found.definition.api
    if isinstance(api, Collection) and will_never_be_ready(api, to_bag(found.state)):
        reasons.append(Problem("", "the vendor could not get it ready"))
    return reasons


def mapped(value: Any, change: Callable[[Path, Any], Any], path: Path = ()) -> Any:
    """The value with each leaf changed. A leaf is what is neither a dict nor a list."""
    if isinstance(value, Mapping):
        return {key: mapped(item, change, (*path, key)) for key, item in value.items()}
    if isinstance(value, list):
        return [mapped(item, change, (*path, index)) for index, item in enumerate(value)]
    return change(path, value)


def leaves(value: Any) -> Iterator[tuple[Path, Any]]:
    """Each leaf of the value, and where it is."""
    found: list[tuple[Path, Any]] = []
    mapped(value, lambda path, leaf: found.append((path, leaf)))
    return iter(found)


def _given(field: Field, value: Any, *, keeps_empty: bool) -> Any:
    if field.members and isinstance(value, Mapping):
        return {
            name: _given(member, value.get(name), keeps_empty=keeps_empty)
            for name, member in field.members.items()
            if _is_given(member, value.get(name), keeps_empty=keeps_empty)
        }
    if isinstance(value, Mapping):
        inside = value.items()
        return {key: _given(field.child(key), item, keeps_empty=keeps_empty) for key, item in inside}
    if isinstance(value, list):
        return [_given(field.child(0), item, keeps_empty=keeps_empty) for item in value]
    if field.has(WriteOnly) and value is None:
        return SecretText(None)
    return SecretText(value) if _is_secret(field, value) else _spelled(field, value)


def _is_given(member: Field, value: Any, *, keeps_empty: bool) -> bool:
    if value is None:
        return member.is_required and member.has(WriteOnly)
    return keeps_empty or member.is_required or meaning(member, value) is not None


def _is_secret(field: Field, value: Any) -> bool:
    if not isinstance(value, str) or not value:
        return False
    return field.has(Secret) or (field.has(Url) and is_sensitive(value, has_urls=True))


def _spelled(field: Field, value: Any) -> Any:
    """The value, as type checkers know it if its case has no meaning."""
    if not field.has(Caseless) or get_origin(field.kind) is not Literal:
        return value
    return next((option for option in get_args(field.kind) if upper(option) == upper(value)), value)


def _plain(leaf: Any) -> Any:
    """The leaf as it is validated; a text that nobody knows could be anything."""
    if isinstance(leaf, SecretText):
        return REDACTED if leaf.value is None else leaf.value
    return leaf
