"""Objects that exist, taken under management with `import_`, where several resources are concerned."""

from __future__ import annotations

import re
from typing import Any

from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account
from tests.engine.programs import (
    ORCHESTRATOR,
    VOICE,
    ids_in_state,
    resource,
    support,
    urn,
    warnings,
)
from tests.engine.stack import Stack
from tests.promises import proves
from tests.samples.twilio.orchestrator import configuration
from tests.samples.twilio.voice import client_configuration
from tests.samples.twilio.voice.client_configuration import METHOD, URL

OURS = "https://desk.example.com/call"


def desk(name: str, options: str = "", **arguments: Any) -> str:
    """A Voice client configuration with the arguments of one that is added outside of Pulumi."""
    return resource(VOICE, name, {"call_notification": {"url": OURS}, **arguments}, options)


@proves(
    "import.adopts",
    "import.may-stay-in-program",
    "preview.overwrites-listed",
    "preview.no-needless-request",
    "claims.never-deleted-for-another",
    "claims.announced",
    "identity.generated-names",
)
def test_objects_are_adopted_and_belong_to_one_resource_each(stack: Stack, emulator: Emulator) -> None:
    account = Account.of(stack, emulator)
    secret = stack.secret("canary-of-the-live-url")
    same = account.add(client_configuration.sample, {"unique_name": "same"})
    other = account.add(
        client_configuration.sample,
        {
            "unique_name": "by-hand",
            "description": "by hand",
            URL: f"https://b.example.com?k={secret}",
            METHOD: "GET",
        },
    )
    sales = account.add(configuration.sample, {"displayName": "by hand"})

    def adopt(id: str, more: str = "") -> str:
        return f'import_="{id}", {more}'

    program = (
        desk("same", adopt(same))
        + desk("other", adopt(other), unique_name="front-desk")
        + support("sales", options=adopt(sales))
    )
    stack.write(program + "pulumi.export('adopted', same.configuration_id)\n")
    for verb in (stack.preview, stack.up):
        said = verb()
        assert re.search(f'adopted *: "{same}"', said), "a preview knows the id"
        assert f"this resource adopts {same} without a change: it is as the program says" in said
        assert f"this resource adopts {other}, and overwrites what is there:" in said
        for line in (
            'unique_name: "by-hand" -> "front-desk"',
            'description: "by hand" -> nothing',
            f'call_notification.url: "https://b.example.com…" -> "{OURS}"',
            'call_notification.method: "GET" -> "POST"',
        ):
            assert said.count(line) == 1, said
        assert 'display_name: "by hand" -> "sales"' in said
        assert account.new_writes() == ([] if verb == stack.preview else ["PUT", "PUT"])
    assert ids_in_state(stack, VOICE) == {"same": same, "other": other}
    assert ids_in_state(stack, ORCHESTRATOR) == {"sales": sales}

    for depends, second in (("same", "thief"), ("thief", "same")):
        opts = {"same": "", "thief": adopt(same), second: ""}
        opts[second] = (adopt(same, "") if second == "thief" else "") + f"depends_on=[{depends}]"
        stack.write(desk(depends, opts[depends]) + desk(second, opts[second]))
        said_so = f"{same} is managed by two resources; the other one is {urn(stack, VOICE, depends)}"
        assert said_so in stack.preview(fails=True)

    renamed = program.replace("'same'", "'renamed'").replace("same = ", "renamed = ")
    warned = warnings(stack.up(renamed.replace("'unique_name': 'front-desk'", "'unique_name': 'desk'")))
    assert f"{same} is left in place: it is managed as {urn(stack, VOICE, 'renamed')} now" in warned["same"]
    assert "adopts" not in warned.get("other", "")
    assert account.new_writes() == ["PUT"], "of the edited name"
    assert account.objects(VOICE).keys() == {same, other}
    assert account.objects(VOICE)[same]["unique_name"] == "same", "an adopted object keeps its name"

    without = desk("renamed") + desk("other", unique_name="desk") + support("sales")
    stack.up(without, "--replace", urn(stack, VOICE, "renamed"))
    assert account.new_writes() == ["POST", "DELETE"]
    assert account.objects(VOICE).keys() == set(ids_in_state(stack, VOICE).values())
    (name,) = (
        shown["unique_name"] for shown in account.objects(VOICE).values() if shown["unique_name"] != "desk"
    )
    assert name.startswith("renamed-")
    stack.assert_settled()
