"""The emulator as a Python object."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import final

from starlette.middleware import Middleware
from starlette.types import ASGIApp

from pulumi_switchboard.emulator.apis import discover
from pulumi_switchboard.emulator.app import application
from pulumi_switchboard.emulator.clock import Clock
from pulumi_switchboard.emulator.dispatcher import Dispatcher
from pulumi_switchboard.emulator.faults.action import Action
from pulumi_switchboard.emulator.faults.injected import Injected, NeverFiredError
from pulumi_switchboard.emulator.faults.plan import Plan
from pulumi_switchboard.emulator.guard import Guard, parse_authority
from pulumi_switchboard.emulator.journal import Journal, JournalEntry
from pulumi_switchboard.emulator.newest import KEPT
from pulumi_switchboard.emulator.pace import Pace
from pulumi_switchboard.emulator.server import Server
from pulumi_switchboard.emulator.store import State, Store
from pulumi_switchboard.emulator.switches import Switches


@final
class Emulator:
    """An emulator that answers while its `with` block runs.

    Args:
        host: The address to listen on.
        port: The port to listen on; 0 takes a free one.
        accounts: User names and their secrets, for example `{"AC…": "token", "SK…": "secret"}`; of an
            Ultravox API key what stands before the dot, and what stands after it. Only these are let in.
            Without it, every well-formed user name is let in with any secret.
        switches: What the emulator does where the vendors' documentation leaves the answer open.
        operation_time: How many seconds an operation takes.
        operation_polls: At which GET of it an operation ends, however long that takes; None if time decides.
        retry_after: The header `Retry-After` of a write that starts an operation, in seconds; None for none.
        allowed_hosts: Names, or `NAME:PORT`, that control requests may have in their Host header besides the
            addresses of this machine.
        journal_size: How many requests the journal has; older ones are dropped.
        now: The time in seconds since 1970; the real one if it is left out.

    Raises:
        ValueError: An account is no vendor's, an allowed host is none, or a number is not one that can be.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        accounts: Mapping[str, str] | None = None,
        switches: Switches = Switches(),  # noqa: B008 - frozen, so it can be shared
        operation_time: float = 0.0,
        operation_polls: int | None = None,
        retry_after: int | None = None,
        allowed_hosts: Iterable[str] = (),
        journal_size: int = KEPT,
        now: Callable[[], float] | None = None,
    ) -> None:
        self._address = (host, port)
        self._store = Store(Clock(now))
        self._journal = Journal(journal_size)
        apis = discover()
        pace = Pace(operation_time, operation_polls)
        if retry_after is not None and retry_after < 0:
            raise ValueError("the header Retry-After must be 0 seconds or more")
        dispatcher = Dispatcher(apis, self._store, accounts, switches, pace=pace, retry_after=retry_after)
        self._plan = Plan(apis)
        guard = Middleware(Guard, bound=host, allowed=[parse_authority(text) for text in allowed_hosts])
        self._app = application(apis, dispatcher, self._store, self._journal, self._plan, guard=guard)
        self._server: Server | None = None

    def __enter__(self) -> "Emulator":
        """Start to listen; requests are answered as soon as this returns.

        Raises:
            OSError: The address cannot be listened on, for example because the port is in use.
        """
        self._server = Server(self._app, *self._address)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Release what is held, answer it, close and forget the faults.

        Raises:
            NeverFiredError: A fault never fired, and no exception ended the block.
        """
        # First, as the server stops only once every request is answered.
        idle = self._plan.clear()
        if self._server is not None:
            self._server.stop()
            self._server = None
        if kind is None and idle:
            raise NeverFiredError(idle)

    @property
    def url(self) -> str:
        """Where the emulator answers, without a slash at the end; set it as `switchboard:endpoint`.

        Raises:
            RuntimeError: The emulator is not running.
        """
        return self._running().url

    @property
    def app(self) -> ASGIApp:
        """What answers the requests, to be called without a `with` block where there are no sockets.

        The scope of a request then has its `connection.ENTRANCE` and `connection.TRANSPORT`.
        """
        return self._app

    @property
    def state(self) -> State:
        """A copy of every object, `{account: {type: {id: object}}}`, as `GET /_emulator/state` answers it."""
        return self._store.snapshot()

    @property
    def journal(self) -> list[JournalEntry]:
        """The vendor requests so far, in order of arrival, as `GET /_emulator/journal` answers it."""
        return self._journal.record().entries

    @property
    def journal_dropped(self) -> int:
        """How many entries the journal has dropped from its start, as more than `journal_size` arrived."""
        return self._journal.record().dropped

    def inject(
        self, at: str, action: Action, *, nth: int = 1, times: int | None = 1, where: str = ""
    ) -> Injected:
        """Let something go wrong at a request.

        Every fault counts the requests that match it. Of those whose turn has come, the one injected first
        acts on the request, and the others keep their turn for the next request that matches them.

        Args:
            at: Which requests match, as `METHOD host/path`: the host without region and edge, the path with
                `{…}` for any one segment, the method `*` for any; or `*` for all requests.
            action: What happens to a request, one of `pulumi_switchboard.emulator.faults`.
            nth: Which of the matching requests is the first that it happens to.
            times: How many requests it happens to; None for every one from then on.
            where: Only requests match that have this text in their decoded path and query or in their body.

        Raises:
            ValueError: No route fits `at`, or another value is wrong; the message says what would be right.
        """
        return Injected(self._plan.inject(at, action, nth=nth, times=times, where=where), self._plan)

    def advance(self, seconds: float) -> None:
        """Move the emulator's time on: that of operations, idempotency keys and timestamps.

        Raises:
            ValueError: The seconds are below 0, or more than a century.
        """
        self._store.clock.advance(seconds)

    @contextmanager
    def outage(self) -> Iterator[None]:
        """Refuse connections from now on until the block ends, and close those that wait for a request.

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
        """Forget every fault, releasing what is held, then every object and journal entry; set the clock.

        That a fault has never fired is no error any more.
        """
        self._plan.clear()
        self._store.clear()
        self._journal.clear()
        self._store.clock.reset()

    def _running(self) -> Server:
        if self._server is None:
            raise RuntimeError("the emulator has no URL and no connections unless its `with` block runs")
        return self._server
