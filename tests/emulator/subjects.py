"""One row for each emulated API: what the tests send to it, whatever it is that they test."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from pulumi_switchboard.emulator import Emulator

from tests.emulator.client import (
    BRIDGE,
    FORM,
    KEY_NAME,
    KEY_SECRET,
    OTHER_SID,
    SID,
    Client,
    Memory,
    Orchestrator,
    Telephony,
    Voice,
    Webhooks,
    body,
    configuration,
    shown,
    telephony,
)

OTHER_KEY = f"zyxw9876.{KEY_SECRET}"
URL = "https://desk.example.com/status"
AGENT = "3c90c3cc-0d44-4b50-8888-8dd25736052a"


@dataclass(frozen=True, eq=False)
class Subject:
    """An API, and requests to it."""

    type: str
    path: str
    good: Mapping[str, Any]
    """The body of a POST that succeeds, and says "in my desk"."""
    bad: Mapping[str, Any]
    """One whose values are all wrong, and say hunter2."""
    problems: tuple[str, ...]
    """What is said about that."""
    full: Mapping[str, Any]
    """A body with every member."""
    updates: Mapping[str, Mapping[str, Any]]
    """The bodies of further updates, by method."""
    content_type: str = "application/json"
    status: int = 201
    """That of a POST that succeeds."""
    unique: str = ""
    """The member that no two objects can have in common."""
    names: tuple[str, str, str] | None = None
    """In a list, the member with the items, and those with the tokens of the next and the previous page; None
    for an account setting, of which there is no list."""
    size_of: str = "pageSize"
    """The member of `meta` with the size."""
    prepare: Callable[[Client], Mapping[str, Any]] = lambda _client: {}
    """Make what the body refers to; returns members of the body."""

    @property
    def host(self) -> str:
        return self.path.split("/")[1]

    @property
    def account(self) -> str:
        return KEY_NAME if "ultravox" in self.host else SID

    def client(self, emulator: Emulator, *, is_other: bool = False) -> Client:
        if "ultravox" in self.host:
            return Client(emulator, None, OTHER_KEY if is_other else f"{KEY_NAME}.{KEY_SECRET}")
        return Client(emulator, (OTHER_SID if is_other else SID, "token"))

    def encoded(self, sent: Any) -> bytes:
        return (urlencode(sent, doseq=True) if self.content_type == FORM else json.dumps(sent)).encode()

    def post(self, client: Client, sent: Any, content_type: str | None = "") -> requests.Response:
        return self.write(client, "POST", self.path, sent, content_type)

    def write(
        self, client: Client, method: str, path: str, sent: Any, content_type: str | None = ""
    ) -> requests.Response:
        sent = sent if isinstance(sent, bytes) or hasattr(sent, "__next__") else self.encoded(sent)
        headers = {"Content-Type": self.content_type if content_type == "" else content_type}
        return client.request(method, path, data=sent, headers=headers)

    def create(self, client: Client, number: int = 0) -> Any:
        """Create an object, with a name of its own for each number, and return it once it is ready."""
        named = {self.unique: f"name-{number}"} if self.unique else {}
        before = set(client.objects(self.type))
        answer = self.post(client, {**self.good, **named})
        assert answer.status_code == self.status, answer.text
        wait(client, answer)
        (id,) = set(client.objects(self.type)) - before
        return self.ready(client, id)

    def ready(self, client: Client, id: str) -> Any:
        while (found := shown(client.get(f"{self.path}/{id}"))).get("status") in {"QUEUED", "PROVISIONING"}:
            pass
        return found


def wait(client: Client, answer: requests.Response) -> str:
    """Wait for the operation of a write, if there is one, and return its status."""
    while answer.status_code == 202:
        operation = client.operation(answer)
        if operation["status"] not in {"PENDING", "RUNNING"}:
            return str(operation["status"])
        client.emulator.advance(0.1)
    return ""


VOICE_NAMES = ("content", "next_token", "previous_token")
TWILIO_NAMES = ("nextToken", "previousToken")
CALLBACK = {"url": URL, "method": "POST", "events": ["completed", "failed"]}
RECORDING: dict[str, Any] = {
    "configurationType": "Recording",
    "compositionPolicy": {"channels": "dual", "trim": "do-not-trim", "track": "both"},
    "callRecordingStatusCallback": CALLBACK,
    "conferenceRecordingStatusCallback": CALLBACK,
    "features": [{"type": "transcriptionConfiguration", "featureId": "x", "description": "in my desk"}],
}
PARTICIPANTS = [{"audioChannelIndex": 1, "type": "CUSTOMER"}, {"audioChannelIndex": 2, "type": "AI_AGENT"}]
TRANSCRIPTION: dict[str, Any] = {
    "configurationType": "Transcription",
    "transcriptionEngine": "deepgram",
    "language": "en-US",
    "participantDefaults": PARTICIPANTS,
    "conversationConfigurationId": "conv_configuration_1",
}
FULL_TRANSCRIPTION = {
    **TRANSCRIPTION,
    "speechModel": "nova-3",
    "transcriptionStatusCallback": {"url": URL, "method": "POST"},
}
NAMED = {"unique_name": "full", "description": "All"}


def default(client: Client) -> Mapping[str, Any]:
    """Create a configuration that can be the default one."""
    return {"configuration_id": CLIENT.create(client)["id"]}


CLIENT = Subject(
    Voice.type,
    Voice.path,
    configuration(description="in my desk"),
    {"unique_name": "hunter2 ", "configuration": {"callnotification": {"url": "hunter2"}}},
    ("unique_name: ", "configurationType: ", "callnotification.url: "),
    configuration(**NAMED),
    {"PUT": configuration(description="New")},
    unique="unique_name",
    names=VOICE_NAMES,
    size_of="page_size",
)
DEFAULT = Subject(
    "twilio/voice:DefaultClientConfiguration", Voice.default, {}, {}, (), {}, {}, status=204, prepare=default
)
SUBJECTS = [
    CLIENT,
    Subject(
        "twilio/voice:RecordingConfiguration",
        "/voice.twilio.com/v2/Configurations/Recording",
        {"configuration": {"configurationType": "Recording"}, "description": "in my desk"},
        {"unique_name": "hunter2 ", "configuration": {"compositionPolicy": {"channels": "hunter2"}}},
        ("unique_name: ", "configurationType: ", "compositionPolicy.channels: "),
        {**NAMED, "configuration": RECORDING},
        {"PUT": {"configuration": {**RECORDING, "features": None}}},
        unique="unique_name",
        names=VOICE_NAMES,
        size_of="page_size",
    ),
    Subject(
        "twilio/voice:TranscriptionConfiguration",
        "/voice.twilio.com/v2/Configurations/Transcription",
        {"configuration": TRANSCRIPTION, "description": "in my desk"},
        {
            "unique_name": "hunter2 ",
            "configuration": {"speechModel": ["hunter2"], "participantDefaults": ["hunter2"]},
        },
        ("unique_name: ", "language: ", "transcriptionEngine: ", "speechModel: ", "participantDefaults[0]: "),
        {**NAMED, "configuration": FULL_TRANSCRIPTION},
        {"PUT": {"configuration": TRANSCRIPTION}},
        unique="unique_name",
        names=VOICE_NAMES,
        size_of="page_size",
    ),
    Subject(
        Webhooks.type,
        Webhooks.path,
        {"Method": "GET", "Filters": ["in my desk"], "PreWebhookUrl": "https://desk.example.com"},
        {"Method": "hunter2", "PreWebhookUrl": "hunter2", "Target": ["hunter2", "flex"]},
        ("Method: ", "PreWebhookUrl: ", "Target: "),
        {
            "Method": "GET",
            "Filters": ["onMessageAdded"],
            "PreWebhookUrl": URL,
            "PostWebhookUrl": URL,
            "Target": "flex",
        },
        {},
        FORM,
        status=200,
    ),
    Subject(
        Orchestrator.type,
        Orchestrator.path,
        body(description="in my desk"),
        {"displayName": "hunter2!", "statusCallbacks": [{"url": "hunter2"}]},
        ("displayName: ", "description: ", "statusCallbacks[0].url: "),
        body(
            channelSettings={
                "VOICE": {
                    "statusTimeouts": {"inactive": 1, "closed": 5},
                    "captureRules": [{"from": "*", "to": "*", "metadata": {"callType": "PSTN"}}],
                }
            },
            statusCallbacks=[{"url": URL, "method": "GET"}],
            intelligenceConfigurationIds=["intelligence_configuration_1"],
            memoryExtractionEnabled=True,
            **BRIDGE,
        ),
        {"PUT": body(description="New", unknown=1), "PATCH": {"description": "Newer"}},
        status=202,
        names=("configurations", *TWILIO_NAMES),
    ),
    Subject(
        Memory.type,
        Memory.path,
        {"displayName": "desk", "description": "in my desk"},
        {"displayName": "hunter2!", "description": ""},
        ("displayName: ", "description: must not be empty"),
        {"displayName": "full", "description": "All"},
        {"PATCH": {"displayName": "full-2", "description": None}},
        status=202,
        unique="displayName",
        names=("stores", *TWILIO_NAMES),
    ),
    Subject(
        Telephony.type,
        Telephony.path,
        telephony(requestContextMapping={"From": "in my desk"}),
        {"accountSid": ["hunter2"], "authToken": ["hunter2"], "callCreationAllowAllAgents": "hunter2"},
        ("accountSid: ", "authToken: ", "callCreationAllowAllAgents: "),
        telephony(
            callCreationAllowedAgentIds=[AGENT],
            callCreationAllowAllAgents=False,
            requestContextMapping={"From": "caller.number"},
        ),
        {"PATCH": telephony(callCreationAllowedAgentIds=[], callCreationAllowAllAgents=True)},
    ),
]
(WEBHOOKS,) = (subject for subject in SUBJECTS if subject.type == Webhooks.type)
OLDER_WEBHOOKS = replace(WEBHOOKS, path=WEBHOOKS.path.replace("/Configuration/", "/Conversations/"))
COLLECTIONS = [subject for subject in SUBJECTS if subject.names]
each_api = pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.type)
each_collection = pytest.mark.parametrize("subject", COLLECTIONS, ids=lambda subject: subject.type)
