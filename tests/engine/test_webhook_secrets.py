"""Userinfo and queries of the webhooks' URLs are nowhere in plain, be they ours or someone else's."""

from __future__ import annotations

import json

from pulumi_switchboard.emulator import Emulator
from pulumi_switchboard.emulator.faults import Answer

from tests.engine.orchestrator import Code
from tests.engine.stack import Stack
from tests.engine.webhooks import OURS, SAME, TAKES_OVER, WRITE, Webhooks, warnings, webhooks

URL = "https://{0}-user:{0}-password@{1}.example.com/hook?token={0}-token#{0}-fragment"
PRE, POST = URL.format("canary-pre", "desk"), URL.format("canary-post", "desk")
THEIR_PRE, THEIR_POST = URL.format("canary-their-pre", "old"), URL.format("canary-their-post", "old")
HOST = "https://{}.example.com and more, which may be secret"


def test_no_secret_of_a_url_is_anywhere_in_plain(stack: Stack, emulator: Emulator) -> None:
    stack.secret("canary")
    stack.environment["SWITCHBOARD_LOG"] = "debug"
    colleague = Webhooks(emulator)
    colleague.change(pre_webhook_url=THEIR_PRE, post_webhook_url=THEIR_POST)
    stack.configure("pre", PRE, secret=True)
    head = "config = pulumi.Config()\n"
    one = {"method": "POST", "pre_webhook_url": Code('config.require_secret("pre")')}
    exports = "".join(
        f"pulumi.export({name!r}, webhooks.{name})\n"
        for name in ("pre_webhook_url", "post_webhook_url", "url")
    )
    stack.write(head + webhooks(one) + exports)

    said = stack.preview()
    assert f"pre_webhook_url: {HOST.format('old')} -> {HOST.format('desk')}" in said
    said = stack.up()
    assert TAKES_OVER in warnings(said)[0]
    assert colleague.shown()["pre_webhook_url"] == PRE
    shown = json.loads(stack.run("stack", "output", "--json").output)
    assert shown["pre_webhook_url"] == shown["post_webhook_url"] == "[secret]"
    assert "canary" not in json.dumps(
        stack.resources("pulumi-python:dynamic/twilio/conversations:WebhookConfiguration")
    )

    colleague.change(pre_webhook_url=THEIR_PRE, post_webhook_url=f"{THEIR_POST}-moved")
    stack.refresh()
    stack.preview()
    stack.run("up", "--yes", "--diff")
    assert colleague.shown()["pre_webhook_url"] == PRE
    stack.assert_settled()

    two = {**one, "post_webhook_url": POST}
    words = f"PostWebhookUrl {POST} is invalid, unlike '{THEIR_POST}' and {PRE}"
    body = {"code": 20001, "message": words, "more_info": POST, "status": 400}
    stack.environment["POST_URL"] = POST
    program = head + "import os\n" + webhooks({**two, "post_webhook_url": Code('os.environ["POST_URL"]')})
    with emulator.inject(WRITE, Answer(400, json=body)):
        said = stack.up(program, fails=True)
    assert "PostWebhookUrl [secret] is invalid" in said
    stack.up()
    assert colleague.shown()["post_webhook_url"] == POST
    stack.run("stack", "export")
    stack.assert_settled()

    stack.environment["SWITCHBOARD_ON_DESTROY"] = "retain"
    stack.destroy()
    assert SAME in warnings(stack.up())[0]
    del stack.environment["SWITCHBOARD_ON_DESTROY"]
    stack.destroy()
    assert colleague.shown() == {**OURS, "filters": None, "pre_webhook_url": PRE, "post_webhook_url": POST}
