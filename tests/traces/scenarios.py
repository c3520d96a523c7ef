"""One scenario for each mechanism that the driver models. `make record` records them with the real CLI."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pulumi_switchboard.emulator.faults import Answer, Operation, Reset

from tests.traces.scenario import Scenario, Step

RECORDED = Path(__file__).parent / "recorded"

VOICE = "twilio/voice:ClientConfiguration"
DEFAULT = "twilio/voice:DefaultClientConfiguration"
WEBHOOKS = "twilio/conversations:WebhookConfiguration"
ORCHESTRATOR = "twilio/orchestrator:Configuration"
TELEPHONY = "ultravox:TwilioTelephony"
STORE = "twilio/memory:Store"

VOICE_POST = "POST voice.twilio.com/v2/Configurations/Client"
VOICE_PUT = "PUT voice.twilio.com/v2/Configurations/Client/{id}"
VOICE_DELETE = "DELETE voice.twilio.com/v2/Configurations/Client/{id}"
CONFIGURATIONS = "conversations.twilio.com/v2/ControlPlane/Configurations"
STORES_OPERATION = "GET memory.twilio.com/v1/ControlPlane/Operations/{id}"
TAKES_LONG = Operation("COMPLETED", time=6.0)
UNBRIDGED = {"conversations_v1_bridge": None}
REGROUPED = {**UNBRIDGED, "conversation_grouping_type": "GROUP_BY_PARTICIPANT_ADDRESSES"}
SHORT = {"timeout": 2.0}
NEW = {"description": "Other calls"}
UNNAMED = {"unique_name": None}
OTHER = {**NEW, **UNNAMED}
DELETES_FIRST = {"delete_before_replace": True, "replace_on_changes": ["description"]}

SCENARIOS = {
    "life_of_an_object": Scenario(
        VOICE,
        [
            Step("preview"),
            Step("up"),
            Step("up"),
            Step("preview", NEW),
            Step("up", NEW),
            Step("change", {"description": "Their calls"}),
            Step("refresh", NEW),
            Step("up", NEW),
            Step("remove"),
            Step("refresh", NEW),
            Step("up", UNNAMED),
            Step("up", UNNAMED),
            Step("destroy", UNNAMED),
        ],
    ),
    "life_of_a_setting": Scenario(
        WEBHOOKS,
        [
            Step("change", {"method": "POST", "pre_webhook_url": "https://old.example.com/pre"}),
            Step("preview"),
            Step("up"),
            Step("up", {"method": None}),
            Step("change", {"target": "webhook"}),
            Step("refresh"),
            Step("up"),
            Step("destroy"),
        ],
    ),
    "life_of_a_reference": Scenario(
        DEFAULT,
        [Step("up"), Step("up", {"configuration_id": "<second>"}), Step("destroy")],
    ),
    "life_with_a_secret": Scenario(
        TELEPHONY,
        [Step("up"), Step("up", {"auth_token": "2e2e-next-token"}), Step("refresh"), Step("destroy")],
    ),
    "life_with_operations": Scenario(
        ORCHESTRATOR,
        [Step("up"), Step("up", NEW), Step("refresh", NEW), Step("up", NEW), Step("destroy", NEW)],
    ),
    "create_that_fails": Scenario(
        ORCHESTRATOR,
        [
            Step("up", faults={f"POST {CONFIGURATIONS}": Operation("FAILED", detail="no")}, fails=True),
            Step("up"),
        ],
    ),
    "create_that_is_not_finished": Scenario(
        ORCHESTRATOR,
        [
            Step("up", options=SHORT, faults={f"POST {CONFIGURATIONS}": TAKES_LONG}, fails=True),
            Step("up"),
            Step("up"),
        ],
    ),
    "replacement": Scenario(
        ORCHESTRATOR,
        [
            Step("up", UNBRIDGED),
            Step("preview", REGROUPED),
            Step("up", REGROUPED),
            Step("destroy", REGROUPED),
        ],
    ),
    "replacement_that_deletes_first": Scenario(
        VOICE,
        [
            Step("up", UNNAMED),
            Step("up", OTHER, DELETES_FIRST, {VOICE_POST: Answer(400)}, fails=True),
            Step("preview", OTHER, DELETES_FIRST),
            Step("refresh", OTHER, DELETES_FIRST),
            Step("up", OTHER, DELETES_FIRST),
            Step("up", UNNAMED, DELETES_FIRST, {VOICE_POST: Answer(400)}, fails=True),
            Step("destroy", UNNAMED, DELETES_FIRST),
        ],
    ),
    "replacement_that_continues_a_create": Scenario(
        STORE,
        [
            Step("up", faults={STORES_OPERATION: Answer(403)}, fails=True),
            Step("preview"),
            Step("up"),
            Step("destroy"),
        ],
    ),
    "create_that_is_not_finished_and_refreshed": Scenario(
        ORCHESTRATOR,
        [
            Step(
                "up",
                options=SHORT,
                faults={f"POST {CONFIGURATIONS}": Operation("COMPLETED", time=20.0)},
                fails=True,
            ),
            Step("refresh", options=SHORT),
            Step("destroy", options=SHORT, fails=True),
        ],
    ),
    "update_that_is_not_finished": Scenario(
        ORCHESTRATOR,
        [
            Step("up"),
            Step("up", NEW, SHORT, {f"PUT {CONFIGURATIONS}/{{id}}": TAKES_LONG}, fails=True),
            Step("up", NEW),
            Step("up", NEW),
        ],
    ),
    "update_that_is_refused": Scenario(
        VOICE,
        [Step("up"), Step("up", NEW, faults={VOICE_PUT: Answer(400)}, fails=True), Step("up", NEW)],
    ),
    "create_that_is_refused": Scenario(
        VOICE, [Step("up", faults={VOICE_POST: Answer(400)}, fails=True), Step("up")]
    ),
    "create_whose_answer_is_lost": Scenario(VOICE, [Step("up", faults={VOICE_POST: Reset(after=True)})]),
    "delete_that_is_refused": Scenario(
        VOICE, [Step("up"), Step("destroy", faults={VOICE_DELETE: Answer(400)}, fails=True), Step("destroy")]
    ),
    "object_that_is_gone": Scenario(
        VOICE, [Step("up"), Step("remove"), Step("up", NEW, fails=True), Step("destroy")]
    ),
    "changes_that_are_ignored": Scenario(
        VOICE,
        [
            Step("up"),
            Step("change", {"configuration.callnotification.url": "https://third.example.com/call"}),
            Step("up", options={"ignore_changes": ["call_notification.url"]}),
            Step("refresh", options={"ignore_changes": ["call_notification.url"]}),
            Step("up", NEW, {"ignore_changes": ["call_notification.url"]}),
            Step(
                "up", {**NEW, "unique_name": None}, {"ignore_changes": ["unique_name", "call_notification"]}
            ),
        ],
    ),
    "adoption": Scenario(
        VOICE,
        [
            Step("add"),
            Step("preview", options={"import_": "<added>"}),
            Step("up", options={"import_": "<added>"}),
            Step("up", options={"import_": "<added>"}),
            Step("up"),
        ],
    ),
    "adoption_of_nothing": Scenario(VOICE, [Step("up", options={"import_": "voice_none"}, fails=True)]),
    "wrong_arguments": Scenario(VOICE, [Step("up", {"call_notification.url": "ftp://a"}, fails=True)]),
    "secret_by_the_program": Scenario(
        VOICE,
        [
            Step("up", options={"secrets": ["description"]}),
            Step("up", NEW, {"secrets": ["description"]}),
            Step("refresh", NEW, {"secrets": ["description"]}),
            Step("up", NEW),
            Step("destroy", NEW),
        ],
    ),
}


def recorded(name: str) -> list[Any]:
    """What the real CLI did in a scenario."""
    return [json.loads(line) for line in (RECORDED / f"{name}.jsonl").read_text().splitlines()]
