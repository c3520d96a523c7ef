"""The Automation API, with the program inside the process that deploys it."""

from __future__ import annotations

import sys

import pulumi
from pulumi import automation
from pulumi_switchboard import twilio

from tests.engine.stack import Stack
from tests.engine.vendor import Vendor


def test_an_inline_program_is_deployed_and_destroyed(stack: Stack, vendor: Vendor) -> None:
    def program() -> None:
        support = twilio.voice.ClientConfiguration(
            "support", call_notification={"url": "https://desk.example.com"}
        )
        pulumi.export("id", support.configuration_id)

    options = automation.LocalWorkspaceOptions(
        work_dir=str(stack.folder), env_vars={**stack.settings(), "PULUMI_PYTHON_CMD": sys.executable}
    )
    inline = automation.create_or_select_stack("inline", project_name="inline", program=program, opts=options)

    result = inline.up()
    again = inline.up()

    assert result.outputs["id"].value == vendor.only_client()["id"]
    assert again.summary.resource_changes == {"same": 3}
    assert vendor.new_writes() == ["POST"]
    stack.assert_clean(result.stdout + again.stdout + inline.destroy().stdout)
    assert vendor.clients() == {}
