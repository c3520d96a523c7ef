"""The way of a vendor request to its answer: route, account, handler."""

import hmac
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from email.utils import formatdate

from pulumi_switchboard.emulator.api import Api, ApiRequest, Refused, Reply, Route, Vendor
from pulumi_switchboard.emulator.operation_plan import OperationDuration, OperationPlan
from pulumi_switchboard.emulator.store import Store, StoredAccount
from pulumi_switchboard.emulator.target import Target

_logger = logging.getLogger(__name__)

_SUCCESS = range(200, 300)
_ACCEPTED = 202


class Dispatcher:
    """Answers vendor requests.

    Args:
        apis: The emulated APIs.
        store: Their objects.
        accounts: The admitted user names with their secrets; None admits every well-formed user name.
        operation_duration: How long operations take.
        retry_after: The header `Retry-After` of an accepted write; None for none.

    Raises:
        ValueError: A user name in `accounts` is not one of any vendor.
    """

    def __init__(
        self,
        apis: Sequence[Api],
        store: Store,
        accounts: Mapping[str, str] | None,
        *,
        operation_duration: OperationDuration,
        retry_after: int | None,
    ) -> None:
        self._apis = apis
        self._store = store
        self._accounts = accounts
        self._operation_duration = operation_duration
        self._retry_after = retry_after
        for name in accounts or ():
            if all(api.vendor.account_id(name) is None for api in apis):
                raise ValueError(f"'{name}' is not a user name of any vendor")

    def is_vendor_host(self, host: str) -> bool:
        """Return whether a host belongs to a vendor, even if no emulated API has it."""
        return self._vendor(host) is not None

    def canonical_host(self, host: str) -> str:
        """Return a vendor's host without region and edge, and any other host unchanged."""
        vendor = self._vendor(host)
        canonical = vendor.canonical_host(host) if vendor else None
        return canonical or host

    def headers(self, target: Target) -> Mapping[str, str]:
        """Return the headers of every answer of the vendor; none if the host is not a vendor's."""
        vendor = self._vendor(target.host)
        return self._headers_of(vendor) if vendor else {}

    def refuse(self, target: Target, refused: Refused) -> Reply:
        """Return an error in the format of the path's API, or else of the vendor."""
        vendor = self._vendor(target.host)
        if vendor is None:
            return Reply(refused.status, {"message": refused.message})
        host = vendor.canonical_host(target.host)
        apis = [api for api in self._apis if api.host == host and api.has(target.segments)]
        error_format = apis[0].error if apis else None
        reply = error_format(refused) if error_format else vendor.error(refused)
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
        plan: OperationPlan | None = None,
    ) -> Reply:
        """Process a request and return the answer; an error is in the vendor's error format.

        Args:
            method: `GET`, `POST`, …
            target: The vendor's host and path.
            query: The decoded query.
            headers: Names are looked up without regard to case.
            body: The whole body.
            stale: Whether to read the account as it was before its last write.
            plan: What a fault wants to happen to the operation of this request.
        """
        vendor = self._vendor(target.host)
        if vendor is None:
            return self.refuse(target, Refused(404, self._unknown_host(target)))
        try:
            route, parameters = self._route(vendor, method, target)
            with self._store.lock:
                account = self._authenticate(vendor, headers)
                request = ApiRequest(
                    account=account.before_last_write() if stale else account,
                    method=method,
                    path=target.path,
                    parameters=parameters,
                    query=query,
                    headers=headers,
                    body=body,
                    base=target.base,
                    operation_duration=self._operation_duration,
                    retry_after=self._retry_after,
                    operation_plan=plan,
                )
                reply = route.handler(request) if method == "GET" else self._write(route, request)
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

    def _authenticate(self, vendor: Vendor, headers: Mapping[str, str]) -> StoredAccount:
        credentials = vendor.credentials(headers)
        if self._accounts is not None:
            secret = self._accounts.get(credentials.username)
            if secret is None or not hmac.compare_digest(secret.encode(), credentials.secret.encode()):
                raise vendor.wrong_credentials()
        return self._store.account(credentials.account_id)

    def _write(self, route: Route, request: ApiRequest) -> Reply:
        before = request.account.copy()
        reply = route.handler(request)
        if reply.status in _SUCCESS and reply.status != _ACCEPTED:
            request.account.note_write(before)
        return reply

    def _unknown_host(self, target: Target) -> str:
        hosts = ", ".join(sorted({api.host for api in self._apis}))
        return (
            f"The emulator does not answer for '{target.shown_host()}'. Name one of its hosts as the first "
            f"segment of the path or in the Host header: {hosts}"
        )
