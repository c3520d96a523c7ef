"""The emulator as a Python object."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from types import TracebackType
from typing import final

from pulumi_switchboard.emulator.apis import discover
from pulumi_switchboard.emulator.app import application
from pulumi_switchboard.emulator.clock import Clock
from pulumi_switchboard.emulator.dispatcher import Dispatcher
from pulumi_switchboard.emulator.faults.fault import Action, Fault
from pulumi_switchboard.emulator.faults.registry import FaultRegistry, Injected, NeverFiredError
from pulumi_switchboard.emulator.guard import Guard, parse_authority
from pulumi_switchboard.emulator.journal import Journal, JournalEntry
from pulumi_switchboard.emulator.operation_plan import OperationDuration
from pulumi_switchboard.emulator.request_log import WriteLine
from pulumi_switchboard.emulator.server import Server
from pulumi_switchboard.emulator.store import MAX_KEPT, State, Store
from pulumi_switchboard.emulator.switches import Switches
from pulumi_switchboard.emulator.target import check_public_url

_PORTS = range(1 << 16)


@final
class Emulator:
    """An emulator that answers while its `with` block runs.

    Args:
        host: The address to listen on.
        port: The port to listen on; 0 takes a free one.
        accounts: The admitted user names and their secrets, for example `{"AC…": "token", "SK…": "secret"}`;
            for an Ultravox API key the part before the dot and the part after it. If it is left out, every
            well-formed user name is admitted with any secret.
        switches: What the emulator does where the vendors' documentation leaves the answer open; the
            defaults if it is left out.
        operation_time: How many seconds an operation takes.
        operation_polls: The GET of an operation at which it ends, whatever the time; None if time counts.
        retry_after: The header `Retry-After` of a write that starts an operation, in seconds; None for none.
        public_url: Where clients reach the emulator if that is not its own address, for example the https URL
            of what ends TLS in front of it. The emulator's URLs in answers begin with it.
        allowed_hosts: Names, or `NAME:PORT`, that control requests can have in their Host header besides the
            addresses of this machine.
        journal_size: How many requests the journal keeps; older ones are dropped.
        request_log: Gets a line for each request, without secrets, in the emulator's thread.
        now: Returns the time in seconds since 1970; the real time if it is left out.

    Raises:
        ValueError: A user name is not one of any vendor, there is no such switch or it has no such value, an
            allowed host is not a host, the public URL is not one, or a number is out of range.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        accounts: Mapping[str, str] | None = None,
        switches: Switches | None = None,
        operation_time: float = 0.0,
        operation_polls: int | None = None,
        retry_after: int | None = None,
        public_url: str | None = None,
        allowed_hosts: Iterable[str] = (),
        journal_size: int = MAX_KEPT,
        request_log: WriteLine | None = None,
        now: Callable[[], float] | None = None,
    ) -> None:
        if port not in _PORTS:
            raise ValueError(f"port: must be from 0 to {_PORTS[-1]}")
        self._address = (host, port)
        self._store = Store(Clock(now))
        self._journal = Journal(journal_size)
        apis = discover(switches)
        duration = OperationDuration(operation_time, operation_polls)
        dispatcher = Dispatcher(apis, self._store, accounts, duration, retry_after)
        self._faults = FaultRegistry(apis)
        allowed = [parse_authority(text) for text in allowed_hosts]
        self.app = application(
            dispatcher,
            self._journal,
            self._faults,
            guard=partial(Guard, bound=host, allowed=allowed),
            public_url=None if public_url is None else check_public_url(public_url),
            log=request_log,
        )
        """The ASGI application, for a call without a `with` block and without sockets.

        The caller sets `connection.ENTRANCE` and `connection.TRANSPORT` in the scope of each request.
        """
        self._server: Server | None = None

    def __enter__(self) -> "Emulator":
        """Start to listen; requests are answered as soon as this returns.

        Raises:
            OSError: The address cannot be listened on, for example because the port is in use.
        """
        self._server = Server(self.app, *self._address)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Answer held requests, stop, and remove the faults.

        Raises:
            NeverFiredError: A fault never fired, and the block ended without an exception.
        """
        # First, as the server stops only after every request is answered.
        unused = self._faults.clear()
        if self._server is not None:
            self._server.stop()
            self._server = None
        if kind is None and unused:
            raise NeverFiredError(unused)

    @property
    def url(self) -> str:
        """The URL of the emulator, without a slash at the end, for `switchboard:endpoint`.

        Raises:
            RuntimeError: The emulator is not running.
        """
        return self._running().url

    @property
    def state(self) -> State:
        """A copy of every object, `{account: {type: {id: object}}}`, as `GET /_emulator/state` answers it."""
        return self._store.snapshot()

    @property
    def journal(self) -> list[JournalEntry]:
        """The vendor requests in order of arrival, as `GET /_emulator/journal` answers them."""
        return self._journal.copy()[0]

    @property
    def journal_dropped(self) -> int:
        """How many older entries the journal has dropped."""
        return self._journal.copy()[1]

    def inject(
        self, at: str, action: Action, *, nth: int = 1, times: int | None = 1, where: str = ""
    ) -> Injected:
        """Inject a fault: an action at the requests that match it.

        Every fault counts its matching requests. If several faults are due at a request, the one injected
        first acts on it; the others act on the next request that matches them.

        Args:
            at: The requests, as `METHOD host/path`: the host without region and edge, in the path `{…}` for
                any one segment, the method `*` for any; or `*` for all requests.
            action: What happens to a request, one of `pulumi_switchboard.emulator.faults`.
            nth: The first of the matching requests that it acts on.
            times: How many requests it acts on; None for all of them from `nth` on.
            where: A text that matching requests have in their decoded path and query or in their body.

        Raises:
            ValueError: No route matches `at`, or another value is wrong; the message says what is right.
        """
        return self._faults.inject(Fault(at, action, nth, times, where))

    def advance(self, seconds: float) -> None:
        """Advance the emulator's time, which counts for operations, idempotency keys and timestamps.

        Raises:
            ValueError: The seconds are below 0, or more than a century with those before.
        """
        self._store.clock.advance(seconds)

    @contextmanager
    def outage(self) -> Iterator[None]:
        """Refuse connections until the block ends, and close idle ones.

        Raises:
            RuntimeError: The emulator is not running.
        """
        server = self._running()
        server.refuse()
        try:
            yield
        finally:
            server.accept()

    def reset(self) -> None:
        """Release and remove every fault, delete every object and journal entry, and reset the clock.

        A fault that has never fired is then no error.
        """
        self._faults.clear()
        self._store.reset()
        self._journal.clear()

    def _running(self) -> Server:
        if self._server is None:
            raise RuntimeError("the emulator has no URL and no connections unless its `with` block runs")
        return self._server
