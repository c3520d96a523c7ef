"""From a vendor request to its answer: the route, the account, the handler."""

import hmac
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from email.utils import formatdate

from pulumi_switchboard.emulator.api import Api, Call, Refused, Reply, Route, Vendor
from pulumi_switchboard.emulator.fate import Fate
from pulumi_switchboard.emulator.pace import Pace
from pulumi_switchboard.emulator.store import Account, Store
from pulumi_switchboard.emulator.switches import Switches
from pulumi_switchboard.emulator.target import Target

_logger = logging.getLogger(__name__)

_SUCCESS = range(200, 300)
_ACCEPTED = 202


class Dispatcher:
    """Answers vendor requests.

    Args:
        apis: The APIs to answer for.
        store: Where their objects are kept.
        accounts: The user names that are let in, with their secrets; None lets every well-formed one in.
        switches: What to do where the vendors' documentation leaves the answer open.
        pace: How long operations take.
        retry_after: The header `Retry-After` of an accepted write; None for none.

    Raises:
        ValueError: A name in `accounts` is no vendor's.
    """

    def __init__(
        self,
        apis: Sequence[Api],
        store: Store,
        accounts: Mapping[str, str] | None,
        switches: Switches,
        *,
        pace: Pace,
        retry_after: int | None,
    ) -> None:
        self._apis = apis
        self._store = store
        self._accounts = accounts
        self._switches = switches
        self._pace = pace
        self._retry_after = retry_after
        for name in accounts or ():
            if all(api.vendor.account(name) is None for api in apis):
                raise ValueError(f"'{name}' is not a user name of any vendor")

    def is_vendor_host(self, host: str) -> bool:
        """Say whether a host belongs to a vendor, even if none of its APIs here answers on it."""
        return self._vendor(host) is not None

    def canonical_host(self, host: str) -> str:
        """Return a vendor's host without region and edge, and any other as it is."""
        vendor = self._vendor(host)
        canonical = vendor.canonical_host(host) if vendor else None
        return canonical or host

    def headers(self, target: Target) -> Mapping[str, str]:
        """Return the headers that every answer of the vendor has; none if the host is no vendor's."""
        vendor = self._vendor(target.host)
        return self._headers_of(vendor) if vendor else {}

    def refuse(self, target: Target, refused: Refused) -> Reply:
        """Answer an error in the shape of the API that the path belongs to, or of the vendor."""
        vendor = self._vendor(target.host)
        if vendor is None:
            return Reply(refused.status, {"message": refused.message})
        host = vendor.canonical_host(target.host)
        apis = [api for api in self._apis if api.host == host and api.has(target.segments)]
        shape = apis[0].error if apis else None
        reply = shape(refused, self._switches) if shape else vendor.error(refused)
        return replace(reply, headers={**self._headers_of(vendor), **reply.headers})

    def answer(
        self,
        method: str,
        target: Target,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        body: bytes,
        *,
        stale: bool = False,
        fate: Fate | None = None,
    ) -> Reply:
        """Answer a request; an error comes in the vendor's shape.

        Args:
            method: `GET`, `POST`, …
            target: Which vendor's host and path it is for.
            query: The decoded query.
            headers: Looked up without regard to case.
            body: The whole body.
            stale: Whether to answer from the account as it was before its last write.
            fate: What becomes of the operation that the request starts.
        """
        vendor = self._vendor(target.host)
        if vendor is None:
            return self.refuse(target, Refused(404, self._unknown_host(target)))
        try:
            route, parameters = self._route(vendor, method, target)
            with self._store.lock:
                account = self._admit(vendor, headers)
                call = Call(
                    account=account.before_last_write() if stale else account,
                    method=method,
                    path=target.path,
                    parameters=parameters,
                    query=query,
                    headers=headers,
                    body=body,
                    switches=self._switches,
                    base=target.base,
                    pace=self._pace,
                    retry_after=self._retry_after,
                    fate=fate,
                )
                reply = route.handler(call) if method == "GET" else self._write(route, call)
        except Refused as refused:
            return self.refuse(target, refused)
        except Exception:
            _logger.exception("The emulator has a bug: no answer to %s at %s", method, target.shown_host())
            return self.refuse(target, Refused(500, "The emulator has a bug; its log has the details"))
        return replace(reply, headers={**self._headers_of(vendor), **reply.headers})

    def _headers_of(self, vendor: Vendor) -> Mapping[str, str]:
        return {"Date": formatdate(self._store.clock.now(), usegmt=True), **vendor.headers()}

    def _vendor(self, host: str) -> Vendor | None:
        vendors = (api.vendor for api in self._apis)
        return next((vendor for vendor in vendors if vendor.canonical_host(host) is not None), None)

    def _route(self, vendor: Vendor, method: str, target: Target) -> tuple[Route, dict[str, str]]:
        host = vendor.canonical_host(target.host)
        apis = [api for api in self._apis if api.host == host]
        if not apis:
            raise Refused(404, self._unknown_host(target))
        for api in apis:
            if found := api.find(method, target.segments):
                return found
        raise Refused(404, f"The requested resource {target.path or '/'} was not found")

    def _admit(self, vendor: Vendor, headers: Mapping[str, str]) -> Account:
        credentials = vendor.credentials(headers)
        if self._accounts is not None:
            secret = self._accounts.get(credentials.username)
            if secret is None or not hmac.compare_digest(secret.encode(), credentials.secret.encode()):
                raise vendor.stranger()
        return self._store.account(credentials.account)

    def _write(self, route: Route, call: Call) -> Reply:
        before = call.account.copy()
        reply = route.handler(call)
        if reply.status in _SUCCESS and reply.status != _ACCEPTED:
            call.account.note_write(before)
        return reply

    def _unknown_host(self, target: Target) -> str:
        hosts = ", ".join(sorted({api.host for api in self._apis}))
        return (
            f"The emulator does not answer for '{target.shown_host()}'. Name one of its hosts as the first "
            f"segment of the path or in the Host header: {hosts}"
        )
