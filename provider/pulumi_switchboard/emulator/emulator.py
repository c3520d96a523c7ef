"""The emulator as a Python object."""

from collections.abc import Mapping
from types import TracebackType
from typing import final

from pulumi_switchboard.emulator.apis import discover
from pulumi_switchboard.emulator.app import application
from pulumi_switchboard.emulator.dispatcher import Dispatcher
from pulumi_switchboard.emulator.journal import Journal, JournalEntry
from pulumi_switchboard.emulator.server import Server
from pulumi_switchboard.emulator.store import State, Store
from pulumi_switchboard.emulator.switches import Switches


@final
class Emulator:
    """An emulator that answers while its `with` block runs.

    Args:
        host: The address to listen on.
        port: The port to listen on; 0 takes a free one.
        accounts: User names and their secrets, for example `{"AC…": "token", "SK…": "secret"}`. Only these
            are let in. Without it, every well-formed user name is let in with any secret.
        switches: What the emulator does where the vendors' documentation leaves the answer open.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        accounts: Mapping[str, str] | None = None,
        switches: Switches = Switches(),  # noqa: B008 - frozen, so it can be shared
    ) -> None:
        self._address = (host, port)
        self._store = Store()
        self._journal = Journal()
        apis = discover()
        dispatcher = Dispatcher(apis, self._store, accounts, switches)
        self._app = application(apis, dispatcher, self._store, self._journal)
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
        if self._server is not None:
            self._server.stop()
            self._server = None

    @property
    def url(self) -> str:
        """Where the emulator answers, without a slash at the end; set it as `switchboard:endpoint`.

        Raises:
            RuntimeError: The emulator is not running.
        """
        if self._server is None:
            raise RuntimeError("the emulator has no URL before its `with` block starts or after it ends")
        return self._server.url

    @property
    def state(self) -> State:
        """A copy of every object, `{account: {type: {id: object}}}`, as `GET /_emulator/state` answers it."""
        return self._store.snapshot()

    @property
    def journal(self) -> list[JournalEntry]:
        """Every vendor request so far, in order of arrival, as `GET /_emulator/journal` answers it."""
        return self._journal.entries()

    def reset(self) -> None:
        """Forget every object and every journal entry."""
        self._store.clear()
        self._journal.clear()
