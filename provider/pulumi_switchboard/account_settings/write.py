"""Write an account setting, and record in the saved original what was written."""

from __future__ import annotations

from pulumi_switchboard.account_settings.managed import ManagedSetting
from pulumi_switchboard.account_settings.saved_original import SavedOriginal
from pulumi_switchboard.errors import LostAnswerError, SwitchboardError
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.fields.typed_values import to_bag, to_model
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.resource.outcomes import VerbResult
from pulumi_switchboard.resource.reading import read_until_shown


def apply(
    setting: ManagedSetting, live: State | None, wanted: Bag, original: SavedOriginal, known: Bag
) -> VerbResult:
    """Give the fields the wanted values; no request if they have them already.

    Args:
        setting: The setting.
        live: The setting as it is; None if the account has none.
        wanted: The values that its fields are to have.
        original: The saved original.
        known: What state knows and the vendor does not show.
    """
    names = list(wanted) if live is None or original.is_pending else setting.differing(live, wanted)
    shown = {} if live is None else to_bag(live)
    expected = {**shown, **wanted}
    unseen = {name: expected[name] for name in setting.write_only if expected.get(name) is not None}
    if names:
        try:
            shown = to_bag(write_fields(setting, live, names, wanted))
        except SwitchboardError as error:
            if not error.may_have_acted:
                raise
            at_least = setting.with_empty_values(wanted) if live is None else {**shown, **unseen}
            reason = error.with_facts(
                f"it is not known whether {setting.api.noun} was changed",
                remedy="run `pulumi up` again: it sets what the program says",
            )
            outputs = setting.outputs(at_least, original.with_pending_write(wanted), known)
            return VerbResult(setting.id, outputs, unfinished=reason)
    return VerbResult(setting.id, setting.outputs({**shown, **unseen}, original.with_written(wanted), known))


def write_fields(setting: ManagedSetting, live: State | None, names: list[str], wanted: Bag) -> State:
    """Write these fields, and return the setting once the vendor shows them."""
    send = setting.api.sent_with(names, setting.with_empty_values(wanted))
    answer = setting.api.write(setting.context, live, to_model(setting.inputs, send))
    visible = {name: value for name, value in wanted.items() if name not in setting.write_only}
    shown = read_until_shown(
        setting.context,
        setting.api.noun,
        answer,
        setting.read,
        lambda state: setting.differing(state, visible),
    )
    if shown is None:
        raise LostAnswerError(f"{setting.api.noun} was set, but the vendor does not show it")
    return shown
