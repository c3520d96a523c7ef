"""Where a vendor's settings come from, and what an error says about them."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pulumi_switchboard.errors import CredentialsError, SettingsError
from pulumi_switchboard.settings import GROUPS, TWILIO_ACCOUNT_SID, TWILIO_API_KEY, VARIABLES, Setting
from pulumi_switchboard.similar_names import misspelled
from pulumi_switchboard.transport.json_codec import replace_lone_surrogates

TWILIO_SID = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}")
SHORTEST_KEY = 16
"""Of a shorter key, the end would be too large a part."""
_RERUN = ". After a change of the configuration, `pulumi refresh` and `pulumi destroy` need --run-program"


@dataclass(frozen=True)
class Given:
    """A setting that is given, and where. As a text it says where, and not the value."""

    setting: Setting
    value: str = field(repr=False)
    is_configured: bool
    """Whether it comes from the configuration of the provider, and not from the environment."""

    def __str__(self) -> str:
        if self.is_configured:
            return f"{self.setting.config} in the configuration"
        return f"{self.setting.variable} in the environment"


@dataclass(frozen=True)
class Sources:
    """The sources of settings: first the configuration of the provider, then the environment.

    The configuration holds the arguments of a `Provider` and, for what it does not give, the stack's values.
    """

    config: Mapping[str, str]
    environment: Mapping[str, str]

    def group(self, settings: Sequence[Setting]) -> dict[Setting, Given]:
        """The settings from the first source that has any of these. An empty variable counts as not set.

        Raises:
            SettingsError: A value in the configuration is empty, there is white space around a value, or it
                is no text.
        """
        for setting in settings:
            if self.config.get(setting.config) == "":
                raise SettingsError(
                    f"{setting.config} in the configuration is empty",
                    remedy=f"give it a value, or run `pulumi config rm {setting.config}`, or if it is of a "
                    f"`Provider`, leave out {setting.argument}{_RERUN}",
                )
        every = self.given(settings)
        found = [one for one in every if one.is_configured] or every
        for one in found:
            if one.value != one.value.strip():
                raise SettingsError(
                    f"{one} has a blank or a line break at its beginning or end",
                    remedy="give it without; a command or a file may have added a line break",
                )
            if one.value != replace_lone_surrogates(one.value):
                raise SettingsError(f"{one} is not text in UTF-8", remedy="give it anew")
        return {one.setting: one for one in found}

    def given(self, settings: Iterable[Setting]) -> list[Given]:
        """Every value that any source has for these settings, those of the configuration first."""
        settings = tuple(settings)
        return [
            *(
                Given(one, value, is_configured=True)
                for one in settings
                if (value := self.config.get(one.config))
            ),
            *(
                Given(one, value, is_configured=False)
                for one in settings
                if (value := self.environment.get(one.variable))
            ),
        ]

    @property
    def secrets(self) -> frozenset[str]:
        """The secret settings of all sources, also encoded as for basic authentication."""
        users = [one.value for one in self.given((TWILIO_ACCOUNT_SID, TWILIO_API_KEY))]
        secrets = [one.value for one in self.given(s for group in GROUPS for s in group if s.secret)]
        pairs = [f"{user}:{secret}" for user in users for secret in secrets]
        # An environment can hold what is no text; `group` refuses it.
        basic = [b64encode(pair.encode(errors="surrogatepass")).decode() for pair in pairs]
        return frozenset([*secrets, *basic])

    def incomplete(
        self, summary: str, settings: Sequence[Setting], *facts: str, remedy: str
    ) -> CredentialsError:
        """The error for credentials that are not complete.

        Args:
            summary: What is missing.
            settings: All settings of the credentials. The error says which of them are set.
            facts: What else the error says.
            remedy: Where to set what is missing.
        """
        given = ", ".join(map(str, self.given(settings)))
        names = {setting.variable for setting in settings}
        empty = [name for name in sorted(names) if self.environment.get(name) == ""]
        similar = misspelled(self.environment, VARIABLES, "_").items()
        return CredentialsError(
            summary,
            facts=(
                *([f"Already set: {given}"] if given else []),
                *(f"{name} in the environment is empty" for name in empty),
                *(
                    f"{name} in the environment is not read; did you mean {meant}?"
                    for name, meant in similar
                    if meant in names
                ),
                *facts,
            ),
            remedy=remedy,
        )


def account_label(given: Given) -> str:
    """What a person knows an account by: its SID without the middle, or the end of its API key."""
    value = given.value
    if TWILIO_SID.fullmatch(value):
        return f"{value[:4]}…{value[-2:]}"
    return f"key ending {value[-2:]}" if len(value) >= SHORTEST_KEY else "key"


def how_to_set(settings: Sequence[Setting], beside: Given | None = None) -> str:
    """What the user does to give the settings.

    Args:
        settings: The settings.
        beside: The setting that has to come from the same source, if there is one.
    """
    flags = [f"{'--secret ' if setting.secret else ''}{setting.config}" for setting in settings]
    commands = " and ".join(f"`pulumi config set {flag}`" for flag in flags)
    variables = " and ".join(setting.variable for setting in settings)
    arguments = " and ".join(setting.argument for setting in settings)
    if beside is not None and not beside.is_configured:
        return f"set {variables} in the environment, as {beside.setting.variable} is"
    if beside is not None:
        return (
            f"run {commands}, or if {beside.setting.config} is of a `Provider`, give it {arguments}{_RERUN}"
        )
    return f"run {commands}, or set {variables} in the environment, or give a `Provider` {arguments}{_RERUN}"
