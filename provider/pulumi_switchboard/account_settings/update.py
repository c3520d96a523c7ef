"""Update an account setting."""

from __future__ import annotations

from pulumi_switchboard.account_settings.announce import announce_foreign_values, announce_new_fields
from pulumi_switchboard.account_settings.diff import edited_fields
from pulumi_switchboard.account_settings.managed import ManagedSetting
from pulumi_switchboard.account_settings.saved_original import SavedOriginal
from pulumi_switchboard.account_settings.takeover import refuse_what_cannot_be_restored, with_new_fields
from pulumi_switchboard.account_settings.write import apply
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.fields.tree import required_unshown
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.outcomes import VerbResult
from pulumi_switchboard.rest.account_setting import ON_DESTROY, AccountSetting
from pulumi_switchboard.state_keys import GENERATION


def update(context: ResourceContext, api: AccountSetting, id: str, known: Bag, inputs: Bag) -> VerbResult:
    """Give the fields the values of the inputs; a field that the inputs do not give any more is cleared."""
    setting, original = ManagedSetting(context, api), SavedOriginal.of(known)
    setting.claim(known.get(GENERATION))
    on_destroy = setting.on_destroy(inputs)
    kept = {**known, ON_DESTROY: on_destroy}
    refuse_what_cannot_be_restored(setting, original, on_destroy)
    edited = edited_fields(setting, known, inputs, original)
    if not original.is_pending and edited in ([], [ON_DESTROY]):
        return VerbResult(id, kept)
    live = setting.read_with_write_only(original, {**setting.given(inputs), **known})
    if live is None and original.setting_existed:
        context.warn(f"{api.noun} is gone: it was deleted outside of this program. It is created again")
    wanted = _wanted(setting, live, inputs, original)
    extended = with_new_fields(setting, original, live, wanted, on_destroy)
    if live is not None:
        announce_new_fields(setting, live, wanted, original, on_destroy)
        announce_foreign_values(setting, live, wanted, original, known)
    return apply(setting, live, wanted, extended, kept)


def _wanted(setting: ManagedSetting, live: State | None, inputs: Bag, original: SavedOriginal) -> Bag:
    """The values that the fields are to have.

    If the setting does not exist, nothing of it can be kept. A write-only field belongs to its group: it has
    to be sent if another field of the group changes, even if it is ignored. If it is not in the inputs, since
    somebody else has changed it, it gets the value that was written last.
    """
    written = {name: original.written.get(name) for name in required_unshown(setting.inputs)}
    if live is None:
        return {**written, **setting.wanted(inputs, original)}
    wanted = setting.wanted(inputs, original, to_bag(live), setting.context.request.ignored)
    given, changing = {**written, **setting.given(inputs)}, set(setting.differing(live, wanted))
    needed = [name for name in setting.write_only if name in given and setting.api.group(name) & changing]
    return {**wanted, **{name: given[name] for name in needed}}
