"""`switchboard emulator`: the emulator until a signal ends it."""

import errno
import os
import re
import signal
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Annotated

import typer

from pulumi_switchboard.cli.switches import CommandWithSwitches, parse_switches, switch_values
from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.guard import parse_authority
from pulumi_switchboard.emulator.operation_plan import OperationDuration
from pulumi_switchboard.emulator.target import check_public_url
from pulumi_switchboard.emulator.ultravox import split_key
from pulumi_switchboard.settings import EMULATOR_ACCOUNTS_VARIABLE

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_DURATION = re.compile(r"(?P<number>\d+(\.\d+)?|\.\d+)(?P<unit>ms|s|m)?", re.ASCII)
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, None: 1.0}


app = typer.Typer(add_completion=False)


@app.command(cls=CommandWithSwitches)
def emulator(
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The port to listen on; 0 takes a free one.")
    ] = 8080,
    account: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SID:SECRET|KEY",
            help="Let only this Twilio Account SID or API key in with this secret, or only this Ultravox API "
            "key; can be repeated. Other users of the machine can see the secret among the process's "
            "arguments; the environment variable below keeps it from them.",
        ),
    ] = None,
    switch: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE",
            autocompletion=switch_values,
            help="Choose an answer that the vendors' documentation leaves open; can be repeated. All "
            "switches are below, each with its values, the default first.",
        ),
    ] = None,
    operation_time: Annotated[
        str,
        typer.Option(
            metavar="TIME",
            help="How long an operation takes: 500ms, 2s, 1m or a number of seconds.",
        ),
    ] = "0s",
    operation_polls: Annotated[
        int | None,
        typer.Option(min=1, help="At which GET of it an operation ends, however long that takes."),
    ] = None,
    retry_after: Annotated[
        int | None,
        typer.Option(min=0, help="The Retry-After of a write that starts an operation, in seconds."),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME[:PORT]",
            help="Let control requests name this host as well as this machine's addresses; can be repeated.",
        ),
    ] = None,
    public_url: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Where clients reach the emulator if that is not its own address, such as the https URL of "
            "what ends TLS in front of it; the URLs in answers begin with it.",
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Do not show a line for each request on the standard error.")
    ] = False,
) -> None:
    """Run a local stand-in for the vendors' APIs until Ctrl-C, and print its URL.

    SWITCHBOARD_EMULATOR_ACCOUNTS in the environment has accounts as in --account, separated by commas.

    For example:

      switchboard emulator --port 0 --operation-time 2s
    """
    if not host:
        message = "an empty address is every address of this machine; if you mean that, give 0.0.0.0"
        raise typer.BadParameter(message, param_hint="--host")
    accounts = _accounts(account or [])
    with _usage_errors("--switch"):
        switches = parse_switches(switch or [])
    with _usage_errors("--operation-time"):
        duration = OperationDuration(parse_duration(operation_time), operation_polls)
    with _usage_errors("--allow-host"):
        for name in allow_host or []:
            parse_authority(name)
    if public_url is not None:
        with _usage_errors("--public-url"):
            check_public_url(public_url)
    with _usage_errors("--account"):
        running = Emulator(
            host=host,
            port=port,
            accounts=accounts,
            switches=switches,
            operation_time=duration.seconds,
            operation_polls=duration.polls,
            retry_after=retry_after,
            public_url=public_url,
            allowed_hosts=allow_host or [],
            request_log=None if quiet else _show_request,
        )

    signal.pthread_sigmask(signal.SIG_BLOCK, _STOP_SIGNALS)
    with ExitStack() as at_end:
        try:
            at_end.enter_context(running)
        except OSError as error:
            typer.echo(f"switchboard: {_reason(error, host, port)}", err=True)
            raise typer.Exit(1) from None
        typer.echo(f"The emulator answers at {running.url}")
        signal.sigwait(_STOP_SIGNALS)
        running.reset()  # a fault that never fired is an error only in a test


def parse_duration(text: str) -> float:
    """Read `500ms`, `2s`, `1m` or a plain number of seconds; anything else is a ValueError."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is not a time; write 500ms, 2s, 1m or a number of seconds")
    return float(match["number"]) * _SECONDS[match["unit"]]


@contextmanager
def _usage_errors(option: str) -> Iterator[None]:
    """Report a `ValueError` as a wrong use of this option."""
    try:
        yield
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def _show_request(line: str) -> None:
    with suppress(OSError):  # nobody reads the log any more, which is no reason to answer no more
        typer.echo(line, err=True)


def _accounts(given: Iterable[str]) -> dict[str, str] | None:
    """Return the secrets by user name, None if there are none; the command line wins over the environment."""
    from_environment = [
        text for text in os.environ.get(EMULATOR_ACCOUNTS_VARIABLE, "").split(",") if text.strip()
    ]
    accounts: dict[str, str] = {}
    for source, texts in ((EMULATOR_ACCOUNTS_VARIABLE, from_environment), ("--account", given)):
        for text in texts:
            name, secret = _account(text.strip(), source)
            accounts[name] = secret
    return accounts or None


def _account(text: str, source: str) -> tuple[str, str]:
    """Return the user name and the secret of a pair, or of an Ultravox API key, which has both in it."""
    if key := split_key(text):
        return key
    sid, _, secret = text.partition(":")
    if not sid or not secret:
        message = "an account is given as SID:SECRET or as an Ultravox API key"
        raise typer.BadParameter(message, param_hint=source)
    return sid, secret


def _reason(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is in use; choose another with --port, or --port 0 for a free one"
    return f"cannot listen on port {port} of {host}: {error.strerror or error}"
