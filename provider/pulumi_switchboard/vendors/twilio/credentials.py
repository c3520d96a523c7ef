"""Twilio's credentials: the SID of the account, and an auth token or an API key with its secret."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pulumi_switchboard.errors import CredentialsError
from pulumi_switchboard.settings import (
    TWILIO_ACCOUNT_SID,
    TWILIO_API_KEY,
    TWILIO_API_SECRET,
    TWILIO_AUTH_TOKEN,
    TWILIO_SECRETS,
    Setting,
)
from pulumi_switchboard.vendors.credentials import Given, Sources, how_to_set

ACCOUNT_SID = re.compile(r"AC[0-9a-fA-F]{32}")
KEY_SID = re.compile(r"SK[0-9a-fA-F]{32}")
_AUTH_TOKEN = re.compile(r"[0-9a-f]{32}")
TWILIO_CREDENTIALS = (TWILIO_ACCOUNT_SID, *TWILIO_SECRETS)
"""The settings that credentials of Twilio can consist of."""
_FORM = "an account SID is AC and 32 hexadecimal digits, as Twilio's console shows it"
_NOUNS = {
    TWILIO_ACCOUNT_SID: "the SID of an account",
    TWILIO_AUTH_TOKEN: "an auth token",
    TWILIO_API_KEY: "the SID of an API key",
    TWILIO_API_SECRET: "the secret of an API key",
}


def twilio_credentials(sources: Sources) -> tuple[Given, ...]:
    """The account's SID, and the auth token, or the API key and its secret.

    The SID may come from another source than the rest.

    Raises:
        CredentialsError: The credentials are missing, partial or malformed.
    """
    given = {**sources.group((TWILIO_ACCOUNT_SID,)), **sources.group(TWILIO_SECRETS)}
    _refuse_misplaced(given)
    missing = _missing(given)
    if missing:
        raise _incomplete(sources, given, missing)
    sid = given[TWILIO_ACCOUNT_SID]
    if not ACCOUNT_SID.fullmatch(sid.value):
        raise CredentialsError(f"{sid} is not the SID of an account{_likeness(sid)}", remedy=_FORM)
    used = (TWILIO_API_KEY, TWILIO_API_SECRET) if TWILIO_API_KEY in given else (TWILIO_AUTH_TOKEN,)
    return (sid, *(given[setting] for setting in used))


def _likeness(sid: Given) -> str:
    return ", but looks like an auth token" if _AUTH_TOKEN.fullmatch(sid.value) else ""


def _missing(given: Mapping[Setting, Given]) -> list[Setting]:
    """The settings without which the given ones are not complete."""
    has_key = TWILIO_API_KEY in given or TWILIO_API_SECRET in given
    needed = (TWILIO_API_KEY, TWILIO_API_SECRET) if has_key else (TWILIO_AUTH_TOKEN,)
    return [setting for setting in (TWILIO_ACCOUNT_SID, *needed) if setting not in given]


def _incomplete(sources: Sources, given: Mapping[Setting, Given], missing: list[Setting]) -> CredentialsError:
    if not sources.given(TWILIO_CREDENTIALS):
        return sources.incomplete(
            "there are no Twilio credentials", TWILIO_CREDENTIALS, remedy=how_to_set(missing)
        )
    half = given.get(TWILIO_API_KEY) or given.get(TWILIO_API_SECRET)
    facts, remedies = [], []
    if TWILIO_ACCOUNT_SID in missing:
        facts.append("The account SID is always needed: it identifies the account")
        remedies.append(how_to_set([TWILIO_ACCOUNT_SID]))
    if TWILIO_AUTH_TOKEN in missing:
        remedies.append(how_to_set([TWILIO_AUTH_TOKEN]))
        remedies.append("an API key with its secret will do instead of the auth token")
    elif half is not None and missing != [TWILIO_ACCOUNT_SID]:
        facts.append("An API key and its secret have to come from the same source")
        remedies.append(how_to_set(missing[-1:], beside=half))
        if TWILIO_AUTH_TOKEN in given:
            remedies.append(f"or remove {half}, to use the auth token")
    names = " and ".join(f"{setting.config} ({setting.variable})" for setting in missing)
    verb = "is" if len(missing) == 1 else "are"
    summary = f"the Twilio credentials are incomplete, because {names} {verb} not set"
    return sources.incomplete(summary, TWILIO_CREDENTIALS, *facts, remedy="; ".join(remedies))


def _refuse_misplaced(given: Mapping[Setting, Given]) -> None:
    """Refuse a SID that is in the place of another credential.

    Raises:
        CredentialsError: There is one.
    """
    for name, secret, form in (
        (TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, ACCOUNT_SID),
        (TWILIO_API_KEY, TWILIO_API_SECRET, KEY_SID),
    ):
        values = [given[one].value for one in (name, secret) if one in given]
        if [bool(form.fullmatch(value)) for value in values] == [False, True]:
            raise CredentialsError(
                f"{given[name]} and {given[secret]} are swapped: the second one is {_NOUNS[name]}",
                remedy="exchange the two values",
            )
    for setting, form in ((TWILIO_ACCOUNT_SID, ACCOUNT_SID), (TWILIO_API_KEY, KEY_SID)):
        for one in given.values():
            if form.fullmatch(one.value) and one.setting is not setting:
                raise CredentialsError(
                    f"{one} is {_NOUNS[setting]}, and not {_NOUNS[one.setting]}",
                    remedy=_right_places(setting),
                )


def _right_places(setting: Setting) -> str:
    """Where the SID belongs that is in the place of another setting."""
    place = f"give it as {setting.config} or {setting.variable}"
    if setting is TWILIO_API_KEY:
        secret = f"{TWILIO_API_SECRET.config} or {TWILIO_API_SECRET.variable}"
        return f"{place}, together with its secret as {secret}; {_FORM}"
    return place
