"""Which provider process serves a resource, and with which settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

import pulumi
from pulumi.runtime.config import is_config_secret
from pulumi.runtime.settings import get_monitor

from pulumi_switchboard.program.misspelled import refuse_misspelled_settings
from pulumi_switchboard.settings import GROUPS, Setting

PACKAGE = "pulumi-python"


class Provider(pulumi.ProviderResource):
    """An account other than the stack's own, for the resources that get it as `opts.provider`.

    It can also be given to a component with `providers=[…]`, whose children then use it. Settings that
    belong together come from one place: what is not given here for a vendor at all comes from the
    stack's configuration, and else from the environment.
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
    ) -> None:
        """Name an account.

        Args:
            resource_name: The name of the provider in the program.
            opts: Options of the provider resource.
            twilio_account_sid: The account's SID; needed with an API key, too.
            twilio_auth_token: The account's auth token; or give an API key.
            twilio_api_key: The SID of an API key.
            twilio_api_secret: The secret of the API key.
            twilio_region: Twilio's region, if not us1.
            twilio_edge: Twilio's edge location.
            ultravox_api_key: An API key of Ultravox; it stands for the account.
            endpoint: A base URL in place of all vendors' hosts, as of an emulator.
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
        }
        super().__init__(PACKAGE, resource_name, _properties(given), opts)


def settle_provider(token: str, opts: pulumi.ResourceOptions) -> pulumi.ProviderResource:
    """The provider that serves a resource: from its options, its parent's, or the program's one of ours.

    Where the options name none, they do so afterwards.

    Raises:
        pulumi.RunError: A setting is misspelled.
    """
    refuse_misspelled_settings()
    several = opts.providers or {}
    given: list[pulumi.ProviderResource | None] = [
        opts.provider,
        *(several.values() if isinstance(several, Mapping) else several),
    ]
    for candidate in given:
        if candidate is not None and candidate.package == PACKAGE:
            return candidate
    inherited = opts.parent.get_provider(token) if opts.parent is not None else None
    provider: pulumi.ProviderResource = inherited or _default()
    opts.provider = provider
    return provider


_defaults: WeakKeyDictionary[Any, Provider] = WeakKeyDictionary()


def _default() -> Provider:
    """The provider for the stack's own settings: one in a program, made when it is first needed.

    With a process of our own, what we do to it touches no other dynamic resources, and only our
    settings reach it. Its id, a UUID, is saved before anything else is created: the stack's identity.
    """
    monitor = get_monitor()
    if monitor not in _defaults:
        _defaults[monitor] = Provider("switchboard")
    return _defaults[monitor]


def _properties(given: Mapping[str, pulumi.Input[str] | None]) -> dict[str, pulumi.Input[str]]:
    """The settings, by their keys in the configuration; of each group, those from one place."""
    properties: dict[str, pulumi.Input[str]] = {}
    for group in GROUPS:
        here = {
            setting.config: value for setting in group if (value := given.get(setting.argument)) is not None
        }
        found = here or {s.config: value for s in group if (value := _configured(s)) is not None}
        for setting in group:
            if setting.config in found:
                value = found[setting.config]
                properties[setting.config] = pulumi.Output.secret(value) if setting.secret else value
    return properties


def _configured(setting: Setting) -> pulumi.Input[str] | None:
    namespace, _, name = setting.config.partition(":")
    config = pulumi.Config(namespace)
    secret = setting.secret or is_config_secret(setting.config)
    return config.get_secret(name) if secret else config.get(name)
