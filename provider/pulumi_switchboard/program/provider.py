"""The provider resources: which one serves a resource, and which settings it has."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any

import pulumi
from pulumi.runtime.config import is_config_secret

from pulumi_switchboard.program.checked_settings import check_settings
from pulumi_switchboard.program.engine import once_per_run, require_engine
from pulumi_switchboard.settings import GROUPS, Setting

PACKAGE = "switchboard"
"""The package under which Pulumi hands our providers from parents to children."""

ENGINE_PACKAGE = "pulumi-python"
"""The package of all dynamic resources, ours and the program's own, as the engine knows it."""


class Provider(pulumi.ProviderResource):
    """A second account, for the resources that get this provider as `opts.provider`.

    A component can get it with `providers=[…]`; then its children use it. The program's own dynamic resources
    do not, unless one of our resources is their parent: such a child needs
    `provider=pulumi.ProviderResource("pulumi-python", "own")`. What is not given here comes from the stack's
    configuration or else from the environment. An auth token, or an API key with its secret, comes whole from
    one of these; the account SID may come from another one.
    """

    def __init__(
        self,
        resource_name: str,
        opts: pulumi.ResourceOptions | None = None,
        *,
        twilio_account_sid: pulumi.Input[str] | None = None,
        twilio_auth_token: pulumi.Input[str] | None = None,
        twilio_api_key: pulumi.Input[str] | None = None,
        twilio_api_secret: pulumi.Input[str] | None = None,
        twilio_region: pulumi.Input[str] | None = None,
        twilio_edge: pulumi.Input[str] | None = None,
        ultravox_api_key: pulumi.Input[str] | None = None,
        endpoint: pulumi.Input[str] | None = None,
        allow_http: pulumi.Input[str] | pulumi.Input[Sequence[pulumi.Input[str]]] | None = None,
    ) -> None:
        """Declare the account.

        Args:
            resource_name: The name of the provider in the program.
            opts: Options of the provider resource.
            twilio_account_sid: The account's SID; required with an API key, too.
            twilio_auth_token: The account's auth token, unless an API key is given.
            twilio_api_key: The SID of an API key.
            twilio_api_secret: The secret of the API key.
            twilio_region: Twilio's region; us1 if not given.
            twilio_edge: Twilio's edge location.
            ultravox_api_key: An API key of Ultravox; it identifies the account.
            endpoint: A base URL that replaces the hosts of all vendors, such as that of an emulator.
            allow_http: The hosts besides this machine to which an endpoint may use plain http; with an empty
                list none, whatever the stack allows.
        """
        given = {
            "twilio_account_sid": twilio_account_sid,
            "twilio_auth_token": twilio_auth_token,
            "twilio_api_key": twilio_api_key,
            "twilio_api_secret": twilio_api_secret,
            "twilio_region": twilio_region,
            "twilio_edge": twilio_edge,
            "ultravox_api_key": ultravox_api_key,
            "endpoint": endpoint,
            "allow_http": _in_one_text(allow_http),
        }
        require_engine()
        self._settings = _settings(given)
        super().__init__(ENGINE_PACKAGE, resource_name, _properties(self._settings), opts)
        self._registered = copy(self)
        self.package = PACKAGE

    @property
    def settings(self) -> Mapping[Setting, pulumi.Input[str]]:
        """The settings of the account, those of the stack included; secret ones are not marked."""
        return self._settings

    @property
    def registered(self) -> pulumi.ProviderResource:
        """This provider under the package that the engine knows, for a resource that it serves."""
        return self if self.package == ENGINE_PACKAGE else self._registered


def choose_provider(token: str, opts: pulumi.ResourceOptions) -> pulumi.ProviderResource:
    """The provider of a resource: from its options, from its parent, or the program's default provider.

    The options are changed to name this one, for the resource and for its children.

    Raises:
        pulumi.RunError: A setting is misspelled, or the provider in the options is not one of ours.
    """
    check_settings()
    given = _given(opts)
    others = {package: other for package, other in _by_package(opts).items() if package != ENGINE_PACKAGE}
    opts.providers = {**others, PACKAGE: given} if given else others
    provider = given or _inherited(token, opts.parent) or _default_provider()
    opts.provider = provider.registered if isinstance(provider, Provider) else provider
    return opts.provider


def choose_settings(
    token: str, opts: pulumi.InvokeOptions
) -> tuple[Provider | None, Mapping[Setting, pulumi.Input[str]]]:
    """The provider of a look-up, None for the program's default provider, and the settings.

    Nothing is registered for a look-up, so the default provider is not made for it.

    Raises:
        pulumi.RunError: A setting is misspelled, the provider in the options is not one of ours, or the
            settings of the parent's provider are not known in this program.
    """
    check_settings()
    given = _given(pulumi.ResourceOptions(provider=opts.provider))
    provider = given or _inherited(token, opts.parent)
    if provider is None:
        return None, _settings({})
    if not isinstance(provider, Provider):
        raise pulumi.RunError(
            "the parent has a provider of another program, whose settings are not known in this one; give "
            "the look-up a `pulumi_switchboard.Provider` of its own"
        )
    return provider, provider.settings


def _given(opts: pulumi.ResourceOptions) -> Provider | None:
    """The first of our providers in the options."""
    candidates = [opts.provider, *_by_package(opts).values()]
    ours = next((candidate for candidate in candidates if isinstance(candidate, Provider)), None)
    if opts.provider is not None and opts.provider.package == ENGINE_PACKAGE and opts.provider is not ours:
        raise pulumi.RunError(
            f"the provider {opts.provider.pulumi_resource_name!r} is for dynamic resources of the program; "
            "use a `pulumi_switchboard.Provider`"
        )
    return ours


def _by_package(opts: pulumi.ResourceOptions) -> Mapping[str, pulumi.ProviderResource]:
    providers = opts.providers or {}
    return providers if isinstance(providers, Mapping) else {one.package: one for one in providers}


def _inherited(token: str, parent: pulumi.Resource | None) -> pulumi.ProviderResource | None:
    """The provider that the parent hands on.

    It is under the engine's package if the program has named it so. In a component of another program it is
    not a `Provider`, but a reference to one.
    """
    if parent is None:
        return None
    by_engine_package = parent.get_provider(token)
    return parent.get_provider(f"{PACKAGE}:index:Provider") or (
        by_engine_package if isinstance(by_engine_package, Provider) else None
    )


@once_per_run
def _default_provider() -> Provider:
    """The provider with the stack's own settings. A program gets one when it first needs it.

    It has its own process, so our changes to the process do not affect other dynamic resources, and only our
    settings reach it. The engine saves its id, a UUID, before it creates anything else. This id identifies
    the stack.
    """
    return Provider("switchboard")


def _settings(given: Mapping[str, pulumi.Input[str] | None]) -> dict[Setting, pulumi.Input[str]]:
    """The given settings, and the stack's. Each group comes from one source."""
    settings: dict[Setting, pulumi.Input[str]] = {}
    for group in GROUPS:
        values = {setting: given.get(setting.argument) for setting in group}
        if all(value is None for value in values.values()):
            values = {setting: _configured(setting) for setting in group}
        settings.update({setting: value for setting, value in values.items() if value is not None})
    return settings


def _properties(settings: Mapping[Setting, pulumi.Input[str]]) -> dict[str, pulumi.Input[str]]:
    """The settings by their keys in the configuration; one that is a secret there is one here, too."""
    return {
        setting.config: pulumi.Output.secret(value)
        if setting.secret or is_config_secret(setting.config)
        else value
        for setting, value in settings.items()
    }


def _in_one_text(
    hosts: pulumi.Input[str] | pulumi.Input[Sequence[pulumi.Input[str]]] | None,
) -> pulumi.Input[str] | None:
    """The list in JSON, because a provider's settings are texts."""
    if hosts is None or isinstance(hosts, str):
        return hosts
    if isinstance(hosts, Sequence):
        plain = [host for host in hosts if isinstance(host, str)]
        if len(plain) == len(hosts):
            return json.dumps(plain)
    known: pulumi.Output[Any] = pulumi.Output.from_input(hosts)
    return known.apply(lambda hosts: hosts if isinstance(hosts, str) else json.dumps(hosts))


def _configured(setting: Setting) -> str | None:
    namespace, _, name = setting.config.partition(":")
    return pulumi.Config(namespace).get(name)
