"""Read an account setting."""

from __future__ import annotations

from pulumi_switchboard.account_settings.managed import ManagedSetting
from pulumi_switchboard.account_settings.saved_original import SavedOriginal
from pulumi_switchboard.fields.drift import with_drift
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.outcomes import VerbResult
from pulumi_switchboard.resource.reading import warn_of_leaving
from pulumi_switchboard.rest.account_setting import ON_DESTROY, AccountSetting
from pulumi_switchboard.state_keys import ORIGIN, hidden_members


def read(context: ResourceContext, api: AccountSetting, id: str, known: Bag) -> VerbResult | None:
    """The setting as it is now, or None if the account has none any more."""
    setting, old = ManagedSetting(context, api), context.request.old_inputs
    setting.refuse_other_id(id)
    original = SavedOriginal.of(known)
    live = setting.read_with_write_only(original, known)
    if live is None:
        if ORIGIN not in known:
            raise setting.missing()
        warn_of_leaving(context, api.noun)
        return None
    shown = to_bag(live)
    inputs = None if old is None else _inputs_with_drift(setting, old, shown)
    return VerbResult(id, setting.outputs(shown, original, known), inputs)


def _inputs_with_drift(setting: ManagedSetting, old: Bag, live: Bag) -> Bag:
    """The old inputs, with what has drifted in the fields that they manage."""
    managed = setting.given(old)
    values = {
        name: old.get(name)
        if setting.is_same(name, value, live.get(name))
        else with_drift(setting.inputs, name, value, live.get(name))
        for name, value in managed.items()
    }
    values[ON_DESTROY] = old.get(ON_DESTROY)
    inputs = {name: value for name, value in values.items() if value is not None}
    return {**inputs, **hidden_members(old)}
