"""Compare an account setting in state with the new inputs."""

from __future__ import annotations

from pulumi_switchboard.account_settings.announce import announce_new_fields
from pulumi_switchboard.account_settings.managed import ManagedSetting
from pulumi_switchboard.account_settings.saved_original import SavedOriginal
from pulumi_switchboard.account_settings.takeover import refuse_what_cannot_be_restored
from pulumi_switchboard.fields.paths import with_values_at
from pulumi_switchboard.fields.typed_values import to_model
from pulumi_switchboard.fields.values import Bag, has_unknown
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.outcomes import Difference
from pulumi_switchboard.rest.account_setting import ON_DESTROY, AccountSetting
from pulumi_switchboard.state_keys import GENERATION


def diff(context: ResourceContext, api: AccountSetting, known: Bag, new: Bag) -> Difference:
    """The fields that differ. It also warns of what fields hold that the program manages from now on.

    A replacement deletes first, so that the new resource takes over the original values and not those of
    its predecessor.
    """
    setting, original = ManagedSetting(context, api), SavedOriginal.of(known)
    setting.claim(known.get(GENERATION))
    on_destroy = setting.on_destroy(new)
    refuse_what_cannot_be_restored(setting, original, on_destroy)
    if not has_unknown(new.get(ON_DESTROY)):
        in_state = to_model(context.definition.state, known)
        wanted = setting.wanted(new, original, known, context.request.ignored)
        announce_new_fields(setting, in_state, wanted, original, on_destroy)
    changed = edited_fields(setting, known, new, original)
    return Difference(tuple(changed), is_pending=original.is_pending, deletes_first=True)


def edited_fields(setting: ManagedSetting, known: Bag, inputs: Bag, original: SavedOriginal) -> list[str]:
    """The arguments that ask for another value than state has, or to manage a field for the first time."""
    ignored = setting.context.request.ignored
    wanted = setting.wanted(inputs, original, known, ignored)
    written = with_values_at(original.written, known, ignored, setting.inputs)

    def is_edited(name: str) -> bool:
        value, ours = wanted[name], written.get(name)
        if value is None or ours is None:
            return True
        return not (setting.is_same(name, known.get(name), value) and setting.is_same(name, ours, value))

    edited = {name for name in wanted if is_edited(name)}
    if not setting.is_same(ON_DESTROY, known.get(ON_DESTROY), inputs.get(ON_DESTROY)):
        edited.add(ON_DESTROY)
    return [name for name in setting.inputs.model_fields if name in edited]
