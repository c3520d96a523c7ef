"""A session: reads of the accounts that some settings lead to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType, TracebackType

from typing_extensions import Self

from pulumi_switchboard.clock import Clock, SystemClock
from pulumi_switchboard.deadline import Deadline
from pulumi_switchboard.errors import DeadlineError
from pulumi_switchboard.fields.values import Bag
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.resource.request import Request
from pulumi_switchboard.runtime.process import Process
from pulumi_switchboard.runtime.redactor import Redactor, SafeText
from pulumi_switchboard.vendors.credentials import Sources, account_label
from pulumi_switchboard.vendors.endpoint import endpoint_of
from pulumi_switchboard.vendors.vendor import Client, Origin, Vendor

AGAIN = "check the network and its proxies, and try again"
READ_SECONDS = 60.0
"""The time to read one object, or one list."""


def ignore(_text: str) -> None:
    """Show nothing."""


@dataclass(frozen=True)
class Account:
    """An account of a vendor."""

    vendor: str
    origin: Origin
    label: str
    """What a person knows it by."""
    endpoint: str
    """What replaces the vendor's hosts, as it is given; without that, where its hosts are."""

    def __str__(self) -> str:
        """The account for a person: `Twilio AC12…89 at https://twilio.com`."""
        return f"{self.vendor} {self.label} at {self.endpoint}"


class Session:
    """Reads the accounts of some settings. What is used in a `with` statement ends all reads at its end.

    Args:
        config: The settings of a stack or of a `Provider`, by their keys; what is missing here comes from the
            environment.
        clock: The clock of all waits.
    """

    def __init__(self, config: Mapping[str, str] = MappingProxyType({}), clock: Clock | None = None) -> None:
        self.sources = Sources(config, os.environ)
        self._process = Process(clock or SystemClock(), lambda: None)
        self._process.configure(config)

    def __enter__(self) -> Self:
        """Return the session."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all reads."""
        self._process.cancel()

    @contextmanager
    def reading(
        self,
        definition: AnyDefinition,
        progress: Callable[[str], None] = ignore,
        seconds: float = READ_SECONDS,
    ) -> Iterator[ResourceContext]:
        """Read objects of a type.

        Args:
            definition: The type.
            progress: Takes a line about what is waited for.
            seconds: The time for all reads in the `with` statement.

        Raises:
            CredentialsError: The credentials of the vendor are missing or malformed.
            SettingsError: Another setting is.
            DeadlineError: The time is over.
        """
        with self._signed_in(definition.vendor, progress, seconds) as (client, deadline):
            claims = self._process.claims
            try:
                yield ResourceContext(
                    definition, Request(definition.key), client, deadline, claims, progress, progress
                )
            except DeadlineError as error:
                raise error.with_remedy(AGAIN) from None  # its own is about a resource

    @contextmanager
    def _signed_in(
        self, vendor: Vendor, progress: Callable[[str], None], seconds: float
    ) -> Iterator[tuple[Client, Deadline]]:
        process = self._process
        with process.running(self.redactor()) as cancel_token:
            deadline = process.deadline(seconds, cancel_token)
            yield process.client(vendor, deadline, cancel_token, progress, is_patient=True), deadline

    def account(self, vendor: Vendor) -> Account:
        """The account of the vendor's credentials.

        Raises:
            CredentialsError: They are missing or malformed.
            SettingsError: Another setting is.
        """
        with self._signed_in(vendor, ignore, READ_SECONDS) as (client, _):
            label = account_label(vendor.credentials(self.sources)[0])
            endpoint = endpoint_of(self.sources) or client.origin.endpoint
            return Account(vendor.name, client.origin, label, endpoint)

    def is_configured(self, vendor: Vendor) -> bool:
        """Whether any credential of the vendor is set; it need not be complete."""
        return bool(self.sources.given(vendor.settings))

    def safe(self, text: str) -> SafeText:
        """A text for the user, without the credentials and without characters that a terminal obeys."""
        return self.redactor().safe(text)

    def redactor(self, definition: AnyDefinition | None = None, *bags: Bag) -> Redactor:
        """Knows the credentials, and the secrets in these bags of a type."""
        return Redactor(definition, bags, self._process.credentials)
