"""All checks, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from requests.utils import get_environ_proxies, select_proxy

from pulumi_switchboard.accounts.regions import is_available
from pulumi_switchboard.accounts.session import Session
from pulumi_switchboard.deadline import CancelToken
from pulumi_switchboard.definitions import every
from pulumi_switchboard.doctor.access import check_credentials, judge, subject
from pulumi_switchboard.doctor.answers import check_clock, check_rate_limits
from pulumi_switchboard.doctor.config import StackSettings, check_settings
from pulumi_switchboard.doctor.endpoint import check_endpoint
from pulumi_switchboard.doctor.finding import Finding, Level, has_errors
from pulumi_switchboard.doctor.installed import Installed
from pulumi_switchboard.doctor.network import check_bundle, check_proxies
from pulumi_switchboard.doctor.reads import read_each
from pulumi_switchboard.doctor.region import check_region
from pulumi_switchboard.doctor.versions import check_versions
from pulumi_switchboard.dynamic.host import is_plain
from pulumi_switchboard.errors import SwitchboardError
from pulumi_switchboard.resource.definition import AnyDefinition
from pulumi_switchboard.transport.cancellable import CancellableTransport
from pulumi_switchboard.transport.messages import Request, Response
from pulumi_switchboard.transport.session import SessionTransport, check_certificates
from pulumi_switchboard.vendors.credentials import Sources
from pulumi_switchboard.vendors.endpoint import endpoint_of
from pulumi_switchboard.vendors.twilio.client import TWILIO
from pulumi_switchboard.vendors.vendor import Vendor

HEALTH_SECONDS = 5.0
"""The time for the one request that asks what is behind the endpoint."""


def vendors() -> list[str]:
    """The names of all vendors, as the command takes them."""
    return [subject(vendor) for vendor in _vendors(every())]


def examine(
    installed: Installed, about_stack: Sequence[Finding], stack: StackSettings, required: Sequence[str]
) -> list[Finding]:
    """The findings of all checks, each safe to show.

    Args:
        installed: What is installed.
        about_stack: What was found when the stack was looked for.
        stack: The settings of the stack.
        required: The vendors that are checked, and have to be configured; if there are none, one has to be.
    """
    session = Session(stack.values)
    findings = [
        *check_versions(installed, is_plain_host=is_plain()),
        *about_stack,
        *check_settings(stack, session.sources.environment),
        *_online(session, installed, required),
    ]
    return [finding.safe(session.safe) for finding in findings]


def _online(session: Session, installed: Installed, required: Sequence[str]) -> Iterator[Finding]:
    """The checks of the network and the accounts."""
    sources = session.sources
    definitions = [one for one in every() if not required or subject(one.vendor) in required]
    checked = _vendors(definitions)
    network = [
        check_endpoint(sources, _ask, installed.package),
        *check_proxies(_urls(checked, sources), _proxy_of),
        check_bundle(sources.environment, check_certificates),
        *([check_region(sources, definitions)] if TWILIO in checked else []),
    ]
    yield from network
    if not required and not any(sources.given(vendor.settings) for vendor in checked):
        remedy = "configure one of them, as the following lines say"
        yield Finding(Level.ERROR, "vendors", "there are no credentials of any vendor", remedy)
    usable: list[Vendor] = []
    for vendor in checked:
        problem = check_credentials(vendor, sources, is_required=bool(required))
        if problem is not None:
            yield problem
        elif has_errors(network):
            text = "its APIs were not asked, because of the errors above"
            yield Finding(Level.SKIPPED, subject(vendor), text)
        else:
            usable.append(vendor)
    if usable:
        yield from _accounts(session, usable, definitions)


def _accounts(
    session: Session, usable: Sequence[Vendor], definitions: Sequence[AnyDefinition]
) -> Iterator[Finding]:
    """The checks of the accounts whose credentials are complete."""
    wanted = [one for one in definitions if one.vendor in usable and is_available(one, session.sources)]
    reads = read_each(session, wanted)
    for vendor in usable:
        own = [read for read in reads if read.definition.vendor is vendor]
        answers = [answer for read in own for answer in read.answers]
        yield from judge(vendor, vendor.credentials(session.sources), own)
        yield from filter(None, (check_clock(vendor.name, answers), check_rate_limits(vendor.name, answers)))


def _vendors(definitions: Iterable[AnyDefinition]) -> list[Vendor]:
    return list({one.vendor.name: one.vendor for one in definitions}.values())


def _urls(vendors: Iterable[Vendor], sources: Sources) -> list[str]:
    """A URL of each server that gets requests; an endpoint that cannot be used is an error elsewhere."""
    try:
        endpoint = endpoint_of(sources)
    except SwitchboardError:
        endpoint = None
    return [endpoint] if endpoint else [vendor.url for vendor in vendors]


def _proxy_of(url: str) -> str | None:
    return select_proxy(url, get_environ_proxies(url, no_proxy=None))


def _ask(url: str) -> Response:
    """The answer to a GET without credentials."""
    transport = SessionTransport()
    try:
        return CancellableTransport(lambda: transport, CancelToken()).send(
            Request("GET", url), HEALTH_SECONDS
        )
    finally:
        transport.close()
