"""Answers the look-ups of a program: values in place of objects, and texts in place of errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_switchboard import definitions
from pulumi_switchboard.accounts.lookups import find_by_id, find_by_name, find_setting
from pulumi_switchboard.accounts.names import Names
from pulumi_switchboard.accounts.objects import FoundObject, read_objects
from pulumi_switchboard.accounts.session import Session
from pulumi_switchboard.errors import SwitchboardError
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.resource.advice import with_access
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.rest.account_setting import AccountSetting
from pulumi_switchboard.runtime.bugs import bug_report
from pulumi_switchboard.runtime.state import outputs_for_state
from pulumi_switchboard.state_keys import SECRET


class LookUpFailedError(Exception):
    """A look-up that has failed; its text is for the user."""


@dataclass(frozen=True)
class Answer:
    """The objects that a look-up has found."""

    objects: list[Bag]
    is_secret: bool
    """Whether a value in them must not be shown."""


class Answers:
    """Answers look-ups with one set of settings."""

    def __init__(self, config: Mapping[str, str]) -> None:
        self._names = Names(Session(config))

    def answer(
        self,
        key: str,
        arguments: Mapping[str, Any],
        title: str,
        *,
        lists: bool = False,
        is_secret: bool = False,
    ) -> Answer:
        """Look up one object, or list objects.

        Args:
            key: The key of the type.
            arguments: The id or the name of the object, or the filters of the list.
            title: What an error says has failed.
            lists: Whether to list.
            is_secret: Whether the arguments must not be shown.

        Raises:
            LookUpFailedError: There is no such object, or the vendor does not show it.
        """
        session, definition = self._names.session, definitions.find(key)
        try:
            if lists:
                found = read_objects(session, definition, filters=arguments)
            else:
                found = [self._find(definition, **arguments)]
            return Answer(
                [to_bag(one.state) for one in found], any(_is_secret(session, one) for one in found)
            )
        except SwitchboardError as error:
            text = f"{title}: {with_access(error, definition)}"
        except Exception as error:  # noqa: BLE001 - a bug of ours, reported as such
            text = f"{title}: {bug_report(error)}"
        secret = {**arguments, SECRET: list(arguments)} if is_secret else {}
        raise LookUpFailedError(session.redactor(definition, secret).safe(text))

    def _find(self, definition: AnyDefinition, id: str | None = None, **named: str) -> FoundObject:
        if isinstance(definition.api, AccountSetting):
            return find_setting(self._names.session, definition)
        if id is not None:
            return find_by_id(self._names.session, definition, id)
        (name,) = named.values()
        return find_by_name(self._names, definition, name)


def _is_secret(session: Session, found: FoundObject) -> bool:
    bag = to_bag(found.state)
    redactor = session.redactor(found.definition, bag)
    by_type = any(bag.get(name) for name in redactor.by_type)
    return by_type or bool(outputs_for_state(found.definition, redactor, bag, {}).secrets)
