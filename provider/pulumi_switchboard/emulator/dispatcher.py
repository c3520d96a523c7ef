"""From a vendor request to its answer: route, account, handler."""

import hmac
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from email.utils import formatdate

from starlette.requests import Request

from pulumi_switchboard.emulator.api import Api, ApiRequest, Handler, Refused, Reply, Vendor
from pulumi_switchboard.emulator.operation_plan import OperationDuration, OperationPlan
from pulumi_switchboard.emulator.store import Store, StoredAccount
from pulumi_switchboard.emulator.target import Target

_logger = logging.getLogger(__name__)

_SUCCESS = range(200, 300)
_ACCEPTED = 202


@dataclass(frozen=True)
class Dispatcher:
    """Answers vendor requests.

    A user name in `accounts` that is not one of any vendor, or a negative `retry_after`, is a ValueError.
    """

    apis: Sequence[Api]
    store: Store
    accounts: Mapping[str, str] | None
    """The admitted user names with their secrets; None admits every well-formed user name."""
    operation_duration: OperationDuration
    """How long operations take."""
    retry_after: int | None
    """The header `Retry-After` of an accepted write; None for none."""

    def __post_init__(self) -> None:
        for name in self.accounts or ():
            if all(api.vendor.account_id(name) is None for api in self.apis):
                raise ValueError(f"'{name}' is not a user name of any vendor")
        if self.retry_after is not None and self.retry_after < 0:
            raise ValueError("the header Retry-After must be 0 seconds or more")

    def vendor_of(self, host: str) -> Vendor | None:
        """Return the vendor that a host belongs to, even if no emulated API has the host."""
        vendors = (api.vendor for api in self.apis)
        return next((vendor for vendor in vendors if vendor.canonical_host(host) is not None), None)

    def headers(self, target: Target) -> Mapping[str, str]:
        """Return the headers of every answer of the vendor; none if the host is not a vendor's."""
        if target.vendor is None:
            return {}
        return {"Date": formatdate(self.store.clock.now(), usegmt=True), **target.vendor.headers()}

    def refuse(self, target: Target, refused: Refused) -> Reply:
        """Return an error in the format of the path's API, or else of the vendor."""
        if target.vendor is None:
            return Reply(refused.status, {"message": refused.message})
        api = self._api_of(target)
        error = (api and api.error) or target.vendor.error
        return self._with_headers(target, error(refused))

    def answer(
        self,
        received: Request,
        target: Target,
        body: bytes,
        *,
        stale: bool = False,
        plan: OperationPlan | None = None,
    ) -> Reply:
        """Process a request and return the answer; an error is in the vendor's error format.

        `stale` reads the account as it was before its last write. `plan` is what a fault wants to happen to
        the operation of the request.
        """
        method = received.method
        try:
            vendor, handler, parameters = self._route(method, target)
            with self.store.lock:
                account = self._authenticate(vendor, received.headers)
                request = ApiRequest(
                    account=account.before_last_write() if stale else account,
                    method=method,
                    path=target.path,
                    parameters=parameters,
                    query=received.query_params,
                    headers=received.headers,
                    body=body,
                    base=target.base,
                    own_url=target.own_url,
                    operation_duration=self.operation_duration,
                    retry_after=self.retry_after,
                    operation_plan=plan,
                )
                reply = handler(request) if method == "GET" else _write(handler, request)
        except Refused as refused:
            return self.refuse(target, refused)
        except Exception:
            _logger.exception("The emulator has a bug: no answer to %s at %s", method, target.shown_host())
            return self.refuse(target, Refused(500, "The emulator has a bug; its log has the details"))
        return self._with_headers(target, reply)

    def _with_headers(self, target: Target, reply: Reply) -> Reply:
        return replace(reply, headers={**self.headers(target), **reply.headers})

    def _api_of(self, target: Target) -> Api | None:
        """Return the API that has a path, with any method; None if there is none."""
        apis = (api for api in self.apis if api.host == target.canonical_host)
        return next((api for api in apis if api.has(target.segments)), None)

    def _route(self, method: str, target: Target) -> tuple[Vendor, Handler, dict[str, str]]:
        if api := self._api_of(target):
            return api.vendor, *api.find(method, target.segments)
        hosts = sorted({api.host for api in self.apis})
        if target.canonical_host in hosts:
            raise Refused(404, f"The requested resource {target.path or '/'} was not found")
        message = (
            f"The emulator does not answer for '{target.shown_host()}'. Name one of its hosts as the first "
            f"segment of the path or in the Host header: {', '.join(hosts)}"
        )
        raise Refused(404, message)

    def _authenticate(self, vendor: Vendor, headers: Mapping[str, str]) -> StoredAccount:
        credentials = vendor.credentials(headers)
        if self.accounts is not None:
            secret = self.accounts.get(credentials.username)
            if secret is None or not hmac.compare_digest(secret.encode(), credentials.secret.encode()):
                raise Refused(*vendor.wrong_credentials)
        return self.store.account(credentials.account_id)


def _write(handler: Handler, request: ApiRequest) -> Reply:
    before = request.account.copy()
    reply = handler(request)
    if reply.status in _SUCCESS and reply.status != _ACCEPTED:
        request.account.note_write(before)
    return reply
