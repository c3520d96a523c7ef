"""Destroy the resource of an account setting: restore, reset or retain the setting, or fail."""

from __future__ import annotations

from collections.abc import Callable

from pulumi_switchboard.account_settings.managed import ManagedSetting
from pulumi_switchboard.account_settings.saved_original import SavedOriginal
from pulumi_switchboard.account_settings.write import write_fields
from pulumi_switchboard.errors import (
    ConflictError,
    NotFoundError,
    OperationFailedError,
    SwitchboardError,
)
from pulumi_switchboard.fields.models import Account, State
from pulumi_switchboard.fields.tree import fields_with
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.rest.account_setting import AccountSetting
from pulumi_switchboard.settings import ON_DESTROY_VARIABLE
from pulumi_switchboard.state_keys import GENERATION, SAVED_ORIGINAL

TO_RETAIN = f"set {ON_DESTROY_VARIABLE}=retain in the environment to leave it as it is"
OTHER_WAYS = {
    "restore": f"to destroy it without that, {TO_RETAIN}, or {ON_DESTROY_VARIABLE}=reset for the vendor's "
    "empty state",
    "reset": f"to destroy it without that, {TO_RETAIN}",
}
AGAIN = {
    on_destroy: f"run the command again: what was restored is only read again; {ways}"
    for on_destroy, ways in OTHER_WAYS.items()
}


def delete(context: ResourceContext, api: AccountSetting, id: str, known: Bag) -> None:
    """Do what `on_destroy` says, unless another resource manages the setting by now."""
    setting = ManagedSetting(context, api)
    user = context.other_user(id, known.get(GENERATION))
    if user is not None:
        context.warn(f"{api.noun} is left as it is: it is managed as {user or 'another resource'} now")
        return
    on_destroy = context.on_destroy_override or setting.on_destroy(known)
    if on_destroy == "retain":
        context.warn(f"{api.noun} is left as it is, and not managed any more: on_destroy is retain")
        return
    try:
        if on_destroy == "reset":
            _reset(setting)
        else:
            _restore(setting, known)
    except SwitchboardError as error:
        if error.may_have_acted:
            done = "reset" if on_destroy == "reset" else "restored"
            fact, remedy = f"it is not known whether {api.noun} was {done}", AGAIN[on_destroy]
        else:
            fact, remedy = f"{api.noun} is managed as before", OTHER_WAYS[on_destroy]
        raise error.with_facts(fact, remedy=remedy) from error


def _reset(setting: ManagedSetting) -> None:
    """Set the vendor's empty state, whoever has set the values.

    A setting that shows its account is read first: an API key may belong to another account.
    """
    shows_account = bool(fields_with(setting.context.definition.state, Account))
    if shows_account and setting.read() is None:
        _report_gone(setting)
    else:
        _set_empty_state(setting)


def _set_empty_state(setting: ManagedSetting) -> None:
    try:
        setting.api.reset(setting.context)
    except NotFoundError:
        _report_gone(setting)


def _restore(setting: ManagedSetting, known: Bag) -> None:
    """Restore the original values of the fields that still have our values."""
    original = SavedOriginal.of(known)
    live = setting.read_with_write_only(original, known)
    if live is None:
        _report_gone(setting, with_original=original.existed)
        return
    shown = to_bag(live)

    def is_foreign(name: str) -> bool:
        return not original.is_ours(name, shown.get(name), setting.is_same)

    foreign = _with_groups(setting, original, is_foreign)
    if not original.existed:
        _remove(setting, foreign)
        return
    if lost := [name for name in original.unreadable if name in original.written and name not in foreign]:
        raise ConflictError(
            f"{setting.api.noun} can't be restored: its original {' and '.join(lost)} can't be read"
        )
    unknown = _with_groups(setting, original, lambda name: name not in original.values)
    back = {name: original.values[name] for name in original.written if name not in (*foreign, *unknown)}
    restored = [
        name for name, value in original.values.items() if setting.is_same(name, shown.get(name), value)
    ]
    _warn_left(
        setting, "someone else has changed it since", [name for name in foreign if name not in restored]
    )
    _warn_left(
        setting, "what was there before is not known", [name for name in unknown if name not in foreign]
    )
    if not (original.written or {SAVED_ORIGINAL, GENERATION} <= known.keys()):
        setting.context.warn(f"{setting.api.noun} is left as it is: what was there before is not known")
    if differing := setting.differing(live, back):
        _write_back(setting, live, differing, back)


def _write_back(setting: ManagedSetting, live: State, names: list[str], back: Bag) -> None:
    """Write the original values, and make sure that the vendor shows them."""
    shown = write_fields(setting, live, names, back)
    left = [name for name in setting.differing(shown, back) if name not in setting.write_only]
    if left:
        raise OperationFailedError(
            f"{setting.api.noun} was restored, but the vendor shows other values: {', '.join(left)}"
        )


def _with_groups(
    setting: ManagedSetting, original: SavedOriginal, condition: Callable[[str], bool]
) -> list[str]:
    """The written fields that fulfil the condition, and the other fields of their groups."""
    found = {name for name in original.written if condition(name)}
    return [name for name in original.written if setting.api.group(name) & found]


def _remove(setting: ManagedSetting, foreign: list[str]) -> None:
    """Remove a setting that did not exist before, unless someone else has changed it since."""
    if foreign:
        _warn_left(setting, "there was nothing before, and someone else has changed it since", foreign)
    else:
        _set_empty_state(setting)


def _report_gone(setting: ManagedSetting, *, with_original: bool = False) -> None:
    if with_original:
        setting.context.warn(f"{setting.api.noun} is gone, so what was there before is not restored")
    else:
        setting.context.progress(f"{setting.api.noun} is gone already")


def _warn_left(setting: ManagedSetting, reason: str, names: list[str]) -> None:
    if names:
        setting.context.warn(f"{setting.api.noun} is left as it is in {', '.join(names)}: {reason}")
