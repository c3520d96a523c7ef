"""Looking up objects that are managed elsewhere, with `.get()`."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account
from tests.engine.programs import ORCHESTRATOR, VOICE, Code, ids_in_state, name_of_class, resource
from tests.engine.stack import ACCOUNT, Stack
from tests.promises import proves
from tests.samples.twilio.orchestrator import configuration
from tests.samples.twilio.voice import client_configuration


def get(type: str, name: str, id: str) -> str:
    """A statement that looks an object up."""
    return f"{name} = {name_of_class(type)}.get({name!r}, {id!r})\n"


@proves("read.get", "claims.never-deleted-for-another")
def test_get_shows_what_is_there_and_never_touches_it(stack: Stack, emulator: Emulator) -> None:
    account = Account.of(stack, emulator)
    desk = account.add(client_configuration.sample, {})
    sales = account.add(configuration.sample, {})
    own = resource(VOICE, "own", {"call_notification": {"url": "https://desk.example.com"}})
    own += get(VOICE, "seen", Code("own.configuration_id"))
    program = own + get(VOICE, "desk", desk) + get(ORCHESTRATOR, "sales", sales)
    program += (
        'pulumi.export("shown", [desk.account_sid, desk.unique_name, desk.description, sales.description])\n'
    )

    def exported() -> list[object]:
        (root,) = stack.resources("pulumi:pulumi:Stack")
        return list(root["outputs"]["shown"])

    stack.up(program)
    assert exported() == [ACCOUNT, "theirs", None, "Customer support"]
    in_state = ids_in_state(stack, VOICE)
    assert in_state == {"own": in_state["own"], "seen": in_state["own"], "desk": desk}

    account.change(client_configuration.sample, {"description": "by hand"}, desk)
    account.change(configuration.sample, {"description": "by hand"}, sales)
    stack.up(None, "--refresh")
    assert exported() == [ACCOUNT, "theirs", "by hand", "by hand"]

    client_configuration.remove(account, desk)
    assert f"{desk} does not exist in account {ACCOUNT}" in stack.up(fails=True)

    stack.up(own)
    assert ids_in_state(stack, ORCHESTRATOR) == {}
    assert account.new_writes() == ["POST"]
    assert account.objects(VOICE).keys() == {in_state["own"]}
    assert account.objects(ORCHESTRATOR)[sales]["description"] == "by hand"
    stack.assert_settled()
