"""The names of all settings in a program, in the stack's configuration and in the environment.

Both processes use this table: the program passes the stack's settings to the provider, and the provider looks
up the credentials of a vendor.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One setting and its names."""

    argument: str
    """The keyword argument of `pulumi_switchboard.Provider`."""
    config: str
    """The key in the stack's configuration."""
    variable: str
    """The environment variable."""
    secret: bool = False


TWILIO_ACCOUNT_SID = Setting("twilio_account_sid", "twilio:accountSid", "TWILIO_ACCOUNT_SID")
TWILIO_AUTH_TOKEN = Setting("twilio_auth_token", "twilio:authToken", "TWILIO_AUTH_TOKEN", secret=True)
TWILIO_API_KEY = Setting("twilio_api_key", "twilio:apiKey", "TWILIO_API_KEY")
TWILIO_API_SECRET = Setting("twilio_api_secret", "twilio:apiSecret", "TWILIO_API_SECRET", secret=True)
TWILIO_REGION = Setting("twilio_region", "twilio:region", "TWILIO_REGION")
TWILIO_EDGE = Setting("twilio_edge", "twilio:edge", "TWILIO_EDGE")
ULTRAVOX_API_KEY = Setting("ultravox_api_key", "ultravox:apiKey", "ULTRAVOX_API_KEY", secret=True)
ENDPOINT = Setting("endpoint", "switchboard:endpoint", "SWITCHBOARD_ENDPOINT")
ALLOW_HTTP = Setting("allow_http", "switchboard:allowHttp", "SWITCHBOARD_ALLOW_HTTP")

TWILIO_SECRETS = (TWILIO_AUTH_TOKEN, TWILIO_API_KEY, TWILIO_API_SECRET)
"""What proves to Twilio who sends a request: an auth token, or an API key with its secret."""

GROUPS: tuple[tuple[Setting, ...], ...] = (
    (TWILIO_ACCOUNT_SID,),
    TWILIO_SECRETS,
    (TWILIO_REGION, TWILIO_EDGE),
    (ULTRAVOX_API_KEY,),
    (ENDPOINT,),
    (ALLOW_HTTP,),
)
"""Settings that belong together. All settings of a group come from one source."""

KEYS = tuple(setting.config for group in GROUPS for setting in group)
"""Every key that the package reads in the stack's configuration."""

ON_DESTROY_VARIABLE = "SWITCHBOARD_ON_DESTROY"
"""Overrides `on_destroy` of all account settings."""
LOG_VARIABLE = "SWITCHBOARD_LOG"
"""`debug` logs each request to stderr."""
PLAIN_HOST_VARIABLE = "SWITCHBOARD_PLAIN_HOST"
"""`1` switches off everything that relies on undocumented parts of Pulumi's host."""
EMULATOR_ACCOUNTS_VARIABLE = "SWITCHBOARD_EMULATOR_ACCOUNTS"
"""The accounts that `switchboard emulator` knows, as `--account` takes them, separated by commas."""

VARIABLES = (
    *(setting.variable for group in GROUPS for setting in group),
    EMULATOR_ACCOUNTS_VARIABLE,
    LOG_VARIABLE,
    ON_DESTROY_VARIABLE,
    PLAIN_HOST_VARIABLE,
)
"""Every environment variable that the package reads."""
