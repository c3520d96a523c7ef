"""The webhooks of Conversations from the outside: what they are, what was asked, and what a colleague does.

A colleague goes by way of another region's host, which tells such requests from the provider's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.journal import JournalEntry

from tests.engine.stack import ACCOUNT, SECRET, Stack

TYPE = "twilio/conversations:WebhookConfiguration"
TOKEN = f"pulumi-python:dynamic/{TYPE}"

HOST = "conversations.twilio.com"
PATH = "/v1/Configuration/Webhooks"
READ = f"GET {HOST}{PATH}"
WRITE = f"POST {HOST}{PATH}"
"""Places for faults."""
COLLEAGUE = "conversations.dublin.ie1.twilio.com"

PARAMETERS = {
    "filters": "Filters",
    "method": "Method",
    "pre_webhook_url": "PreWebhookUrl",
    "post_webhook_url": "PostWebhookUrl",
    "target": "Target",
}
EMPTY: dict[str, Any] = {
    "filters": None,
    "method": None,
    "pre_webhook_url": None,
    "post_webhook_url": None,
    "target": "webhook",
}
"""The webhooks of an account that has never had any."""
OURS: dict[str, Any] = {
    "filters": ["onMessageAdded", "onConversationAdd"],
    "method": "POST",
    "pre_webhook_url": "https://desk.example.com/pre",
    "post_webhook_url": "https://desk.example.com/post",
    "target": "webhook",
}
"""Every argument there is, as a program gives it."""
THEIRS: dict[str, Any] = {
    "filters": ["onUserAdded"],
    "method": "GET",
    "pre_webhook_url": "https://old.example.com/pre",
    "post_webhook_url": "https://old.example.com/post",
    "target": "flex",
}
"""The webhooks as a colleague has set them."""
CLEARING: dict[str, Any] = {"filters": [], "method": "", "pre_webhook_url": "", "post_webhook_url": ""}
"""The arguments that can be given, and be empty."""
CLEARED = {"~ filters", "- method", "~ pre_webhook_url", "~ post_webhook_url"}
"""What a diff shows of them; to the CLI, an empty text is nothing."""

NOUN = "the account's Conversations webhook configuration"
TAKES_OVER = f"this resource takes over {NOUN}, and overwrites what is there:"
SAME = f"{NOUN} is as the program says already: this resource manages it from now on"
LEFT = f"{NOUN} is left as it is"
"""What the user is told."""


def webhooks(arguments: dict[str, Any], options: str = "", *, name: str = "webhooks") -> str:
    """The program's line for the resource, which is in the variable of the same name.

    Args:
        arguments: Its arguments; values that are program text are `Code`.
        options: The arguments of `pulumi.ResourceOptions`.
        name: The name of the resource.
    """
    opts = f"pulumi.ResourceOptions({options})"
    return (
        f"{name.replace('-', '_')} = twilio.conversations.WebhookConfiguration({name!r}, {opts}, "
        f"**{arguments!r})\n"
    )


def account_of(name: str) -> str:
    """An account for what has this name."""
    return f"AC{name.encode().hex():0<32.32}"


def provider(variable: str, name: str, account: str = ACCOUNT) -> str:
    """The program's lines for the provider of an account, with the token that all accounts have."""
    token = 'os.environ["TWILIO_AUTH_TOKEN"]'
    line = f"{variable} = Provider({name!r}, twilio_account_sid={account!r}, twilio_auth_token={token})"
    return f"import os\n{line}\n"


def in_accounts(cases: Mapping[str, dict[str, Any]], options: str = "") -> str:
    """A program with a resource for each name, each in an account of its own, with these arguments."""
    account = 'acme = Provider("of-{}", twilio_account_sid="{}", twilio_auth_token=token)\n'
    return 'import os\ntoken = os.environ["TWILIO_AUTH_TOKEN"]\n' + "".join(
        account.format(name, account_of(name)) + webhooks(arguments, f"provider=acme, {options}", name=name)
        for name, arguments in cases.items()
    )


def names(stack: Stack) -> list[str]:
    """The names of the resources that state holds."""
    return [resource["urn"].rpartition("::")[2] for resource in stack.resources(TOKEN)]


def urn(stack: Stack, name: str = "webhooks") -> str:
    """The URN of the resource, if it has no parent."""
    return f"urn:pulumi:{stack.name}::{stack.project}::{TOKEN}::{name}"


def diagnostics(output: str) -> str:
    """What the CLI tells at the end of each resource."""
    return output.partition("Diagnostics:\n")[2]


def details(output: str) -> set[str]:
    """The arguments that a diff shows, each with what becomes of it."""
    return set(re.findall(r"^ {6}([~+-] [a-z]\w+)\s*:", output, re.MULTILINE))


def warnings(output: str, name: str = "webhooks") -> list[str]:
    """What the resource warns of, each with all its lines."""
    found = re.search(rf" \({name}\):\n((?: {{4}}.*\n)+)", diagnostics(output))
    return (
        re.findall(r"^ {4}warning: ((?:.|\n(?!    (?:warning|error): ))*)$", found[1].rstrip(), re.M)
        if found
        else []
    )


@dataclass
class Webhooks:
    """The emulator, as a colleague with a browser sees it."""

    emulator: Emulator
    account: str = ACCOUNT
    seen: int = 0
    """How much of the journal has been looked at."""

    def shown(self) -> dict[str, Any]:
        """What the webhooks are, under the names of the arguments."""
        body = self._send("GET")
        return {name: body[name] for name in PARAMETERS}

    def change(self, **values: Any) -> None:
        """Change the webhooks without Pulumi, under the names of the arguments; None clears."""
        self._send("POST", [(PARAMETERS[name], item) for name in values for item in _items(values[name])])

    def new_entries(self) -> list[JournalEntry]:
        """The provider's requests since the last look."""
        entries = self.emulator.journal[self.seen :]
        self.seen += len(entries)
        return [entry for entry in entries if entry.host != COLLEAGUE]

    def new_requests(self) -> list[str]:
        """Their methods."""
        return [entry.method for entry in self.new_entries()]

    def new_writes(self) -> list[str]:
        """The methods of those that change something."""
        return [method for method in self.new_requests() if method != "GET"]

    def _send(self, method: str, form: list[tuple[str, str]] | None = None) -> dict[str, Any]:
        url = f"{self.emulator.url}/{COLLEAGUE}{PATH}"
        answer = requests.request(method, url, data=form, auth=(self.account, SECRET), timeout=10)
        answer.raise_for_status()
        body: dict[str, Any] = answer.json()
        return body


def _items(value: Any) -> list[str]:
    return value or [""] if isinstance(value, list) else [value or ""]
