"""What the user is told before an account setting is overwritten."""

from __future__ import annotations

from typing import Any

from pulumi_switchboard.account_settings.managed import ManagedSetting
from pulumi_switchboard.account_settings.saved_original import SavedOriginal
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.fields.wording import field_text
from pulumi_switchboard.resource.advice import CLEAR_PENDING, adopted_unchanged

AFTER_DESTROY = {
    "restore": "Destroying the resource restores what was there",
    "reset": "Destroying the resource does not restore that: it sets the vendor's empty state",
    "retain": "Destroying the resource does not restore that: it leaves the setting as it is then",
}
ORIGINAL_UNKNOWN = (
    "; what was there before may have been something else, so destroying the resource leaves it as it is. "
    'Set on_destroy="reset" to have the vendor\'s empty state then'
)
MAY_BE_OURS = (
    ". Some of that equals the program's values already: if an earlier run was interrupted, it may have "
    "set all of it"
)
UNREADABLE = "what can't be read"


def announce_takeover(
    setting: ManagedSetting, live: State, wanted: Bag, on_destroy: str, unreadable: list[str]
) -> None:
    """Warn that the resource takes over a setting, unless the setting is empty."""
    noun, shown = setting.api.noun, to_bag(live)
    if not unreadable and not any(setting.is_set(name, shown.get(name)) for name in wanted):
        return
    if setting.differing(live, wanted):
        announce_overwrites(setting, live, wanted, on_destroy, unreadable)
        return
    if setting.is_adopted:
        setting.context.warn(adopted_unchanged(noun))
        return
    unknown = ORIGINAL_UNKNOWN if on_destroy == "restore" else ""
    setting.context.warn(
        f"{noun} is as the program says already: this resource manages it from now on{unknown}{CLEAR_PENDING}"
    )


def announce_recorded_values(setting: ManagedSetting, live: State) -> None:
    """Warn of the write-only values of an adopted setting: they are the program's, which nobody can check."""
    shown = to_bag(live)
    if names := " and ".join(name for name in setting.write_only if shown.get(name) is not None):
        setting.context.warn(
            f"{setting.api.noun} is adopted with the {names} of the program, which is not written and could "
            "not be compared in full: the vendor does not show all of it. To have it written, change it in "
            "the program after this update"
        )


def announce_overwrites(
    setting: ManagedSetting, live: State, wanted: Bag, on_destroy: str, unreadable: list[str]
) -> None:
    """Warn of the values of fields that are about to be managed and overwritten."""
    shown, differing = to_bag(live), setting.differing(live, wanted)
    names = [name for name in differing if name in unreadable or setting.is_set(name, shown.get(name))]
    changes = _changes(setting, shown, wanted, names)
    new_changes = [change for change in changes if setting.context.is_first_mention(change)]
    if not new_changes:
        return
    head = f"this resource takes over {setting.api.noun}, and overwrites what is there:"
    equal = any(name not in differing and setting.is_set(name, shown.get(name)) for name in wanted)
    end = AFTER_DESTROY[on_destroy] + (MAY_BE_OURS if equal and on_destroy == "restore" else "")
    setting.context.warn("\n".join([head, *new_changes, end]))


def announce_new_fields(
    setting: ManagedSetting, live: State, wanted: Bag, original: SavedOriginal, on_destroy: str
) -> None:
    """Warn of what is overwritten in fields that the program manages from now on."""
    shown = to_bag(live)
    new = {name: value for name, value in wanted.items() if name not in original.managed}
    unreadable = [name for name in setting.write_only if name in new and shown.get(name) is None]
    announce_overwrites(setting, live, new, on_destroy, unreadable)


def announce_foreign_values(
    setting: ManagedSetting, live: State, wanted: Bag, original: SavedOriginal, known: Bag
) -> None:
    """Warn of values that someone else has put into managed fields since the last update."""
    shown = to_bag(live)

    def is_foreign(name: str) -> bool:
        value = shown.get(name)
        is_known = setting.is_same(name, value, known.get(name))
        return not (is_known or original.is_ours(name, value, setting.is_same))

    names = [
        name for name in setting.differing(live, wanted) if name in original.managed and is_foreign(name)
    ]
    if names:
        what = "has changed since the last finished update, and this update overwrites that"
        changes = _changes(setting, shown, wanted, names)
        setting.context.warn("\n".join([f"{setting.api.noun} {what}:", *changes]))


def _changes(setting: ManagedSetting, shown: Bag, wanted: Bag, names: list[str]) -> list[str]:
    """The change of each of these fields, a line each."""
    unreadable = [name for name in setting.write_only if shown.get(name) is None]
    before = {name: _text(setting, name, shown.get(name)) for name in names}
    before |= dict.fromkeys(unreadable, UNREADABLE)
    after = {name: _text(setting, name, v) for name, v in setting.with_empty_values(wanted).items()}
    return [f"  {name}: {before[name]} -> {after[name]}" for name in names]


def _text(setting: ManagedSetting, name: str, value: Any) -> str:
    return field_text(setting.inputs, name, value, is_secret=name in setting.context.secrets)
