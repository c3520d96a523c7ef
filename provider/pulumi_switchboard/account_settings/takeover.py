"""Take over an account setting: save its original values, and set the program's."""

from __future__ import annotations

from pulumi_switchboard.account_settings.announce import announce_recorded_values, announce_takeover
from pulumi_switchboard.account_settings.managed import ManagedSetting
from pulumi_switchboard.account_settings.saved_original import SavedOriginal
from pulumi_switchboard.account_settings.write import apply
from pulumi_switchboard.errors import ConflictError, SwitchboardError
from pulumi_switchboard.fields.models import State
from pulumi_switchboard.fields.typed_values import to_bag
from pulumi_switchboard.fields.values import Bag, has_unknown
from pulumi_switchboard.resource.advice import CREATE_INSTEAD
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.outcomes import VerbResult
from pulumi_switchboard.resource.reading import warn_unread
from pulumi_switchboard.rest.account_setting import ON_DESTROY, AccountSetting
from pulumi_switchboard.state_keys import GENERATION


def preview(context: ResourceContext, api: AccountSetting, inputs: Bag) -> None:
    """Warn of what a new resource will overwrite.

    Raises:
        ConflictError: The setting cannot be taken over like this.
        MissingError: `import_` names no such setting.
        SwitchboardError: The create would fail for the same reason as this read.
    """
    setting = ManagedSetting(context, api)
    setting.refuse_other_id(context.request.identity.import_id)
    if has_unknown(inputs.get(ON_DESTROY)):
        return
    wanted = setting.wanted(inputs, SavedOriginal())
    try:
        live = _found(setting, wanted)
    except SwitchboardError as error:
        warn_unread(context, api.noun, error)
        return
    _original(setting, live, wanted, setting.on_destroy(inputs))


def claim_in_program(context: ResourceContext, api: AccountSetting) -> None:
    """Record in check which resource of the program manages the setting.

    Raises:
        ConflictError: Another resource does.
    """
    key = ("in the program", *context.object_key(api.id_in(context)))
    context.claims.claim(key, context.request.urn, noun=api.noun)


def create(context: ResourceContext, api: AccountSetting, inputs: Bag, generation: str) -> VerbResult:
    """Take over the setting, and give its fields the program's values.

    The claim comes first: if the rest fails, the delete of a predecessor must not restore the setting.
    """
    setting = ManagedSetting(context, api)
    setting.refuse_other_id(context.request.identity.import_id)
    setting.claim(generation)
    wanted, on_destroy = setting.wanted(inputs, SavedOriginal()), setting.on_destroy(inputs)
    live = _found(setting, wanted)
    original = _original(setting, live, wanted, on_destroy)
    return apply(setting, live, wanted, original, {ON_DESTROY: on_destroy, GENERATION: generation})


def with_new_fields(
    setting: ManagedSetting, original: SavedOriginal, live: State | None, wanted: Bag, on_destroy: str
) -> SavedOriginal:
    """The saved original, with the values of fields that are about to be managed for the first time.

    Raises:
        ConflictError: These values could not be restored.
    """
    shown = {} if live is None else to_bag(live)
    hidden = [name for name in setting.write_only if live is not None and shown.get(name) is None]
    unreadable = [name for name in hidden if not has_unknown(setting.api.sent_with([name], wanted))]
    extended = original.with_fields(shown, wanted, unreadable, setting.is_same)
    refuse_what_cannot_be_restored(setting, extended, on_destroy)
    return extended


def refuse_what_cannot_be_restored(setting: ManagedSetting, original: SavedOriginal, on_destroy: str) -> None:
    """Refuse `restore` for a setting with a value that cannot be read.

    Raises:
        ConflictError: There is one.
    """
    if on_destroy == "restore" and original.unreadable:
        names = " and ".join(original.unreadable)
        raise ConflictError(
            f"{setting.api.noun} is there already, and its {names} can't be read, so destroying this "
            "resource could not restore it",
            remedy='set on_destroy="reset" to have the vendor\'s empty state after a destroy, or '
            'on_destroy="retain" to leave it as it is',
        )


def _found(setting: ManagedSetting, wanted: Bag) -> State | None:
    """The setting to take over, with the write-only values that it is known to have.

    `import_` says that it has the program's. They cannot be read, so that stands unless the vendor shows
    that it is not so.

    Raises:
        MissingError: `import_` names a setting that the account does not have.
        ConflictError: It names one that has another write-only value.
    """
    if not setting.is_adopted:
        return setting.read_with_write_only(SavedOriginal(), wanted)
    live = setting.read_with_write_only(SavedOriginal(written=wanted), wanted)
    if live is None:
        raise setting.missing(f"; or {CREATE_INSTEAD}")
    if others := _contradicted(setting, live, wanted):
        names = " and ".join(others)
        raise ConflictError(
            f"{setting.api.noun} has another {names} than the program",
            remedy=f"give the {names} that the account has, or remove import_ from the resource to overwrite "
            "what is there",
        )
    return live


def _contradicted(setting: ManagedSetting, live: State, wanted: Bag) -> list[str]:
    """The write-only fields that have another value, although all else in their group is as wanted."""
    differing = setting.differing(live, wanted)
    visible = {*differing} - {*setting.write_only}
    hidden = [name for name in differing if name not in visible and not has_unknown(wanted[name])]
    return [name for name in hidden if not setting.api.group(name) & visible]


def _original(setting: ManagedSetting, live: State | None, wanted: Bag, on_destroy: str) -> SavedOriginal:
    """The saved original of a setting that is taken over. The user is told what is overwritten."""
    new = SavedOriginal(existed=live is not None)
    original = with_new_fields(setting, new, live, wanted, on_destroy)
    if live is not None:
        announce_takeover(setting, live, wanted, on_destroy, original.unreadable)
        if setting.is_adopted:
            announce_recorded_values(setting, live)
    return original
