"""Makes look-ups, which show existing objects without a resource in state.

They run in the program's process, in a preview as well. The code that reaches the vendors is imported at the
first look-up.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Mapping
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, TypeAlias
from weakref import WeakKeyDictionary

import pulumi
from pulumi.runtime.mocks import MockMonitor
from pulumi.runtime.settings import get_monitor

from pulumi_switchboard.background import Background
from pulumi_switchboard.program.engine import require_engine
from pulumi_switchboard.program.look_up import LookUp, ResultT
from pulumi_switchboard.program.provider import Provider, choose_settings
from pulumi_switchboard.program.type_keys import token_of

if TYPE_CHECKING:
    from pulumi_switchboard.accounts.answers import Answers

Arguments: TypeAlias = Mapping[str, Any]
Options: TypeAlias = pulumi.InvokeOptions | None
AT_ONCE = 64
"""How many look-ups are made at once; as many connections are kept."""
_Found: TypeAlias = tuple[list[Any], bool]
"""The objects that a look-up has found, and whether a value in them is a secret."""


def get(look_up: LookUp[ResultT], arguments: Arguments, opts: Options) -> ResultT:
    """Show one object, now."""
    return list_all(look_up, arguments, opts)[0]


def list_all(look_up: LookUp[ResultT], arguments: Arguments, opts: Options) -> list[ResultT]:
    """Show all objects that the filters let pass, now."""
    objects, _ = _now(look_up, arguments, opts)
    return look_up.shown(objects)


def get_output(look_up: LookUp[ResultT], arguments: Arguments, opts: Options) -> pulumi.Output[ResultT]:
    """Show one object once the arguments are known."""
    return list_all_output(look_up, arguments, opts).apply(lambda shown: shown[0])


def list_all_output(
    look_up: LookUp[ResultT], arguments: Arguments, opts: Options
) -> pulumi.Output[list[ResultT]]:
    """Show all objects that the filters let pass once these are known."""

    def shown(found: _Found) -> pulumi.Input[list[ResultT]]:
        objects, is_secret = found
        results = look_up.shown(objects)
        return pulumi.Output.secret(results) if is_secret else results

    return _later(look_up, arguments, opts).apply(shown)


def _now(look_up: LookUp[Any], arguments: Arguments, opts: Options) -> _Found:
    """Look up in this thread.

    Raises:
        pulumi.RunError: An argument or a setting is an output, or the look-up fails.
    """
    require_engine()
    provider, settings = choose_settings(token_of(look_up.key), opts or pulumi.InvokeOptions())
    late = [name for name, value in arguments.items() if _is_late(value)]
    if late:
        raise look_up.failed(
            f"{', '.join(late)} can't be an output, because the look-up is made at once",
            f"use {look_up.name}_output, which awaits it",
        )
    late = [setting.argument for setting, value in settings.items() if _is_late(value)]
    if provider is not None and late:
        raise look_up.failed(
            f"the look-up is made at once, and {', '.join(late)} of the provider "
            f"{provider.pulumi_resource_name!r} is an output",
            f"use {look_up.name}_output, which awaits it, or give the provider a plain value, such as "
            "`config.require` returns; a secret setting stays a secret",
        )
    given = look_up.given(arguments)
    if isinstance(get_monitor(), MockMonitor):
        answer = pulumi.runtime.invoke(look_up.token, given, _options(provider)).value
        return look_up.mocked(answer), False
    config = {setting.config: value for setting, value in settings.items() if isinstance(value, str)}
    return _look_up(get_monitor(), look_up, given, config)


def _later(look_up: LookUp[Any], arguments: Arguments, opts: Options) -> pulumi.Output[_Found]:
    """Look up in another thread once all that is needed is known."""
    require_engine()
    if isinstance(opts, pulumi.InvokeOutputOptions) and opts.depends_on:
        raise look_up.failed(
            "depends_on has no effect here", "give an output of the resource as an argument instead"
        )
    provider, settings = choose_settings(token_of(look_up.key), opts or pulumi.InvokeOptions())
    given = pulumi.Output.from_input(dict(arguments)).apply(look_up.given)
    run = get_monitor()
    if isinstance(run, MockMonitor):
        answer = given.apply(
            lambda known: pulumi.runtime.invoke_output(look_up.token, known, _options(provider))
        )
        return answer.apply(lambda known: (look_up.mocked(known), False))
    config = pulumi.Output.from_input({setting.config: value for setting, value in settings.items()})
    # The credentials are secrets, but what they are used for is not.
    needed: pulumi.Output[list[Any]] = pulumi.Output.all(
        given, pulumi.Output.unsecret(config), given.is_secret()
    )

    def start(known: list[Any]) -> Awaitable[_Found]:
        arguments, settings, is_secret = known
        call = partial(_look_up, run, look_up, arguments, settings, is_secret=is_secret)
        return asyncio.wrap_future(_background.start(call))

    return needed.apply(start)


def _is_late(value: Any) -> bool:
    return isinstance(value, pulumi.Output) or isawaitable(value)


def _options(provider: Provider | None) -> pulumi.InvokeOptions:
    return pulumi.InvokeOptions(provider=None if provider is None else provider.registered)


_background = Background(AT_ONCE)
_answers: WeakKeyDictionary[Any, dict[frozenset[tuple[str, str]], Answers]] = WeakKeyDictionary()
"""What answers the look-ups of each run, by the settings."""
_lock = threading.Lock()


def _look_up(
    run: Any,
    look_up: LookUp[Any],
    given: Arguments,
    config: Mapping[str, str],
    *,
    is_secret: bool = False,
) -> _Found:
    """Ask the vendor. If the arguments are a secret, no error shows them.

    Raises:
        pulumi.RunError: The look-up fails.
    """
    from pulumi_switchboard.accounts.answers import Answers, LookUpFailedError  # noqa: PLC0415 - it is heavy

    with _lock:
        of_run = _answers.setdefault(run, {})
        settings = frozenset(config.items())
        if settings not in of_run:
            of_run[settings] = Answers(config)
    try:
        answer = of_run[settings].answer(
            look_up.key, given, look_up.title, lists=look_up.lists, is_secret=is_secret
        )
    except LookUpFailedError as error:
        raise pulumi.RunError(str(error)) from None
    return answer.objects, answer.is_secret
