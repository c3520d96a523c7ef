"""An account filled without Pulumi, with the vendor's own SDK: every type, and awkward values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from twilio.rest import Client as TwilioClient  # type: ignore[import-untyped]
from twilio.rest.conversations.v2.configuration import ConfigurationList  # type: ignore[import-untyped]
from twilio.rest.memory.v1.store import StoreList  # type: ignore[import-untyped]
from twilio.rest.voice.v2.configuration import ConfigurationList as VoiceList  # type: ignore[import-untyped]

from tests.emulator.test_sdk import Redirected
from tests.engine.account import Account
from tests.engine.programs import DEFAULT, TELEPHONY, WEBHOOKS
from tests.engine.stack import SECRET
from tests.samples.ultravox.twilio_telephony import ALICE, BOB, CAROL

VENDOR_DEFAULT = "/voice.twilio.com/v2/Configurations/Client/Default"
VENDOR_TELEPHONY = "/api.ultravox.ai/api/telephony_configs/twilio"
USER, WORD, KEY = "canary-user", "canary-word", "canary-key-of-a-url"
TOKEN = "7f7f-canary-token-of-the-telephony"
SECRETS = (USER, WORD, KEY, TOKEN)
"""What must not be in a program, an output or a state."""
HOOK = "https://desk.example.com"
SECRET_HOOK = f"https://{USER}:{WORD}@desk.example.com:8443/päth/%7Bid%7D?key={KEY}&x=1#part"
LONG = "a-very-long-name-" * 30
NAMES = (
    *("class", "Class", "CLASS", "class!", "Über/Größe", "uber-grosse", "print", "None", "twilio", "pulumi"),
    *("config", "42", "3-way", "desk_1", "desk-1", "desk.1", "--", "東京", "\u202eevil", "a\x1b[31m"),
    *("it's", '"quoted"', "back\\slash", '"""', "{braces}", "%s", "#", "x=1);import(os", "a\u0000b", LONG),
)
"""Names of client configurations: keywords, names that differ in case or punctuation alone, and odd ones."""
TEXTS = (
    *(
        'She said: "it\'s a \\ backslash"',
        "'",
        '"""',
        "line\nbreak\r\n\ttab",
        " ends with a space ",
        "#",
        "{x}",
    ),
    *(
        "<{%fg 1%}> is a colour code",
        "\x00\x07\x1b[2J\x7f\x85",
        "\u202eright to left\u202c",
        "zero\u200bwidth",
    ),
    *("🎧 für Größe", "é is e\u0301", "\ufeff", "\U000e0100", "\\N{DASH} \\x41", "${notify.url}", LONG),
)
"""Descriptions."""


@dataclass(frozen=True)
class FullAccount:
    """What is in a filled account."""

    declared: int
    """How many objects a program can declare."""
    refused: Mapping[str, str]
    """The ids of the objects that no program can declare, by what is said of them."""


def fill(account: Account) -> FullAccount:
    """Fill an empty account."""
    http: Any = Redirected(account.emulator)
    http.session.trust_env = False
    sdk = TwilioClient(account.account, SECRET, http_client=http)
    try:
        clients = _clients(sdk)
        stores = [_store(sdk, "class", "für 東京"), _store(sdk, "Class"), _store(sdk, "x" * 64, '"')]
        supports = _supports(sdk, stores)
        _recordings(sdk, _transcriptions(sdk, supports))
        _settings(sdk, account, clients[0])
        refused = {
            "unique_name: is reserved by the API": _client(sdk, "."),
            "language: must have at least 1 character": _transcription(sdk, "no-language", language=""),
        }
    finally:
        http.session.close()
    count = sum(len(objects) for one in account.emulator.state.values() for objects in one.values())
    return FullAccount(count - len(refused), refused)


def _voice(sdk: Any, kind: str, name: str | None, text: str | None = None, **configuration: Any) -> str:
    request: Any = VoiceList.VoiceV2ConfigurationRequest(
        {
            "unique_name": name,
            "description": text,
            "configuration": {"configurationType": kind, **configuration},
        }
    )
    return str(sdk.voice.v2.configurations(kind).create(request).id)


def _client(
    sdk: Any, name: str | None, text: str | None = None, url: str = HOOK, method: str = "POST"
) -> str:
    return _voice(sdk, "Client", name, text, callnotification={"url": url, "method": method})


def _clients(sdk: Any) -> list[str]:
    made = [_client(sdk, name, f"Calls to {number}") for number, name in enumerate(NAMES)]
    made += [_client(sdk, None, text, f"{HOOK}/{number}") for number, text in enumerate(TEXTS)]
    return [
        *made,
        _client(sdk, "secret", "", SECRET_HOOK, "GET"),
        _client(sdk, "in-prose", f"Ask {HOOK}", f"HTTPS://DESK.example.com:443/{LONG}"),
        _client(sdk, "refers-in-prose", made[0]),
    ]


def _store(sdk: Any, name: str, text: str | None = None) -> str:
    members = {"displayName": name, **({"description": text} if text else {})}
    accepted = sdk.memory.v1.stores.create(StoreList.ServiceRequest(members))
    operation = sdk.memory.v1.operations(accepted.status_url.rpartition("/")[2]).fetch()
    return str(operation.result["id"])


def _supports(sdk: Any, stores: list[str]) -> list[str]:
    every = [
        {"from": "*", "to": "+18005550101", "metadata": {"from_": "1", "a.b": "2", "class": "3", "": "4"}},
        {"from": "whatsapp:+18005550102", "to": "*"},
        {"from": "*", "to": "+18005550100"},
        {"from": "", "to": '"\\\n'},
    ]
    timeouts = {"inactive": 1, "closed": 525600}
    channels = {
        "VOICE": {"captureRules": [{"from": "*", "to": "*", "metadata": {"callType": "PSTN"}}]},
        "SMS": {"captureRules": every, "statusTimeouts": timeouts},
        "WHATSAPP": {"statusTimeouts": {"closed": 5}},
        "CHAT": {},
        "from_": {"captureRules": []},
    }
    callbacks = [{"url": SECRET_HOOK, "method": "GET"}, {"url": HOOK}]
    whole = {
        "channelSettings": channels,
        "statusCallbacks": callbacks,
        "intelligenceConfigurationIds": ["intelligence_b", "intelligence_a", "intelligence_b"],
        "memoryExtractionEnabled": True,
        "conversationsV1Bridge": {"serviceId": "IS" + "0" * 32},
    }
    return [
        _support(sdk, stores[0], "Support", "", **whole),
        _support(sdk, stores[0], "support", "Calls\nand messages"),
        _support(sdk, stores[2], "support", "The same name", statusCallbacks=callbacks[::-1]),
        _support(sdk, "mem_store_of_nobody", " - _", LONG[:512]),
    ]


def _support(sdk: Any, store: str, name: str, text: str, **members: Any) -> str:
    needed = {
        "displayName": name,
        "description": text,
        "conversationGroupingType": "GROUP_BY_PROFILE",
        "memoryStoreId": store,
        "channelSettings": {},
    }
    v2 = sdk.conversations.v2
    request: Any = ConfigurationList.CreateConfigurationRequest({**needed, **members})
    accepted = v2.configurations.create(create_configuration_request=request)
    operation = v2.operations(accepted.status_url.rpartition("/")[2]).fetch()
    return str(operation.related["configurationId"])


def _transcriptions(sdk: Any, supports: list[str]) -> list[str]:
    model = {"speechModel": "nova-3", "conversationConfigurationId": supports[0]}
    return [_transcription(sdk, "class", **model), _transcription(sdk, "odd", transcriptionEngine="newer")]


def _transcription(sdk: Any, name: str, **members: Any) -> str:
    needed = {
        "transcriptionEngine": "deepgram",
        "language": "multi",
        "participantDefaults": [
            {"audioChannelIndex": 2, "type": "AI_AGENT"},
            {"audioChannelIndex": 1, "type": "CUSTOMER"},
        ],
        "transcriptionStatusCallback": {"url": SECRET_HOOK},
    }
    return _voice(sdk, "Transcription", name, **{**needed, **members})


def _recordings(sdk: Any, transcriptions: list[str]) -> None:
    features = [
        {"type": "transcriptionConfiguration", "featureId": id, "description": text}
        for id, text in zip((*transcriptions[::-1], "of-nobody"), ('"', "", None), strict=True)
    ]
    events = ["failed", "completed", "in-progress", "absent"]
    _voice(
        sdk,
        "Recording",
        "class",
        features=features,
        compositionPolicy={"channels": "dual", "trim": None},
        callRecordingStatusCallback={"url": SECRET_HOOK, "events": events},
        conferenceRecordingStatusCallback={"url": HOOK, "method": "GET", "events": ["failed"]},
    )
    _voice(sdk, "Recording", None, callRecordingStatusCallback={"url": HOOK, "events": []})


def _settings(sdk: Any, account: Account, default: str) -> None:
    sdk.conversations.v1.configuration.webhooks().update(
        method="GET",
        filters=["onUserUpdated", "onMessageAdd", "onSomethingNew", "onMessageAdd"],
        target="flex",
        pre_webhook_url=SECRET_HOOK,
        post_webhook_url=HOOK,
    )
    account.request("POST", VENDOR_DEFAULT, json={"configuration_id": default})
    account.request(
        "POST",
        VENDOR_TELEPHONY,
        json={
            "accountSid": account.account,
            "authToken": TOKEN,
            "callCreationAllowedAgentIds": [CAROL, ALICE.upper(), BOB],
            "requestContextMapping": {"From": "caller.number", "a.b": "from_", '"': "\\", "": "x"},
        },
    )


def settings_of(account: Account) -> dict[str, Any]:
    """The account settings as the vendor shows them."""
    return {type: account.objects(type) for type in (DEFAULT, WEBHOOKS, TELEPHONY)}
