"""The sample of Ultravox's Twilio telephony."""

from __future__ import annotations

from tests.samples.sample import BAD_POLICY, REQUIRED, Bag, Field, Invalid, Outside, Sample, Setting

TYPE = "ultravox:TwilioTelephony"
PATH = "/api.ultravox.ai/api/telephony_configs/twilio"
SID, OTHER_SID, THIRD_SID = "AC" + "3" * 32, "AC" + "4" * 32, "AC" + "5" * 32
TOKEN = "1f1f-first-token-of-the-telephony"
NEXT = "2e2e-next-token-of-the-telephony"
THEIRS = "9d9d-their-token-of-the-telephony"
ALICE, BOB = "3c90c3cc-0d44-4b50-8888-8dd25736052a", "0f0e0d0c-0b0a-4908-8706-050403020100"
AGENTS, ALL = "call_creation_allowed_agent_ids", "call_creation_allow_all_agents"
CAROL = "77777777-0b0a-4908-8706-050403020100"


def change(outside: Outside, _id: str, changes: Bag) -> None:
    """Change members; where there is no telephony, make one."""
    if outside.objects(TYPE):
        outside.request("PATCH", PATH, json=dict(changes))
    else:
        outside.request("POST", PATH, json={"accountSid": THIRD_SID, "authToken": THEIRS, **changes})


def remove(outside: Outside, _id: str) -> None:
    """Remove the telephony."""
    outside.request("DELETE", PATH)


sample = Sample(
    type=TYPE,
    collection=PATH.removeprefix("/"),
    minimal={"account_sid": SID, "auth_token": TOKEN},
    maximal={
        "account_sid": SID,
        "auth_token": TOKEN,
        "call_creation_allowed_agent_ids": [ALICE, BOB],
        "call_creation_allow_all_agents": False,
        "request_context_mapping": {"From": "caller.number"},
        "on_destroy": "reset",
    },
    shown={
        "accountSid": SID,
        "authTokenPrefix": {"prefix": "1f1f"},
        "callCreationAllowedAgentIds": [ALICE, BOB],
        "callCreationAllowAllAgents": False,
        "requestContextMapping": {"From": "caller.number"},
    },
    fields=(
        Field(
            "account_sid",
            "accountSid",
            changed=OTHER_SID,
            drifted=THIRD_SID,
            cleared=REQUIRED,
            drifts_with=("auth_token",),
        ),
        Field(
            "auth_token",
            "authTokenPrefix",
            changed=NEXT,
            drifted=None,
            cleared=REQUIRED,
            on_wire=lambda token: {"prefix": token[:4]},
        ),
        Field(
            "call_creation_allowed_agent_ids",
            "callCreationAllowedAgentIds",
            changed=[CAROL],
            drifted=[BOB],
            cleared=[],
        ),
        Field(
            "request_context_mapping",
            "requestContextMapping",
            changed={"To": "called.number"},
            drifted={"From": "somewhere.else"},
            cleared={},
        ),
    ),
    invalid=(
        Invalid(
            {"account_sid": None, "auth_token": ""},
            "account_sid: is required\nauth_token: must have at least 1 character",
        ),
        Invalid({"auth_token": None}, "auth_token: is required"),
        Invalid({"auth_token": 7}, "auth_token: must be a string"),
        *(
            Invalid(
                {"account_sid": sid},
                "account_sid: is not the SID of a Twilio account: AC and 32 hexadecimal digits",
            )
            for sid in ("", "canary", "SK" + "1" * 32, "AC" + "1" * 31, "AC" + "g" * 32, f"{SID}\n")
        ),
        *(
            Invalid(
                {AGENTS: [ALICE, id]},
                f"{AGENTS}[1]: is not the id of an agent: "
                "a UUID such as 123e4567-e89b-12d3-a456-426614174000",
            )
            for id in ("", "canary", ALICE.replace("-", ""), f"{{{ALICE}}}", f"{ALICE}\n", ALICE[:-1] + "x")
        ),
        Invalid({AGENTS: [7]}, f"{AGENTS}[0]: must be a string"),
        Invalid(
            {AGENTS: [f"{ALICE[:-3]}{n:03}" for n in range(101)]}, f"{AGENTS}: must have at most 100 items"
        ),
        Invalid({AGENTS: "canary"}, f"{AGENTS}: must be a list"),
        Invalid({ALL: "canary"}, f"{ALL}: must be a boolean"),
        Invalid({"request_context_mapping": "canary"}, "request_context_mapping: must be an object"),
        Invalid({"request_context_mapping": {"a": 7}}, "request_context_mapping.a: must be a string"),
        Invalid({AGENTS: [ALICE], ALL: True}, f"{ALL} and {AGENTS} exclude each other: give one of the two"),
        BAD_POLICY,
    ),
    valid=(
        {AGENTS: []},
        {AGENTS: [f"{ALICE[:-3]}{n:03}" for n in range(100)]},
        {AGENTS: [ALICE.upper()], ALL: False},
        {AGENTS: [], ALL: True},
        {"request_context_mapping": {"": ""}},
        {"account_sid": "AC" + "aF" * 16},
    ),
    same=(
        (
            {"call_creation_allowed_agent_ids": [ALICE, BOB]},
            {"call_creation_allowed_agent_ids": [BOB.upper(), ALICE, BOB]},
        ),
    ),
    turns=(
        ({AGENTS: [ALICE]}, {"callCreationAllowedAgentIds": [ALICE], "callCreationAllowAllAgents": False}),
        ({ALL: True}, {"callCreationAllowedAgentIds": [], "callCreationAllowAllAgents": True}),
        ({AGENTS: [BOB]}, {"callCreationAllowedAgentIds": [BOB], "callCreationAllowAllAgents": False}),
    ),
    change=change,
    requests={
        "preview": "GET",
        "create": "GET GET POST",
        "update": "GET PATCH",
        "read": "GET",
        "delete": "DELETE",
    },
    remove=remove,
    drifts=(
        (("auth_token",), {"accountSid": SID, "authToken": THEIRS}),
        (("call_creation_allowed_agent_ids",), {"callCreationAllowedAgentIds": [BOB, ALICE, CAROL]}),
        (("call_creation_allowed_agent_ids",), {"callCreationAllowedAgentIds": []}),
        (("request_context_mapping.From",), {"requestContextMapping": {"From": "somewhere.else"}}),
        (
            ("request_context_mapping.Other",),
            {"requestContextMapping": {"From": "caller.number", "Other": "somewhere"}},
        ),
        (("request_context_mapping",), {"requestContextMapping": {}}),
        (
            ("call_creation_allow_all_agents", "call_creation_allowed_agent_ids"),
            {"callCreationAllowAllAgents": True, "callCreationAllowedAgentIds": []},
        ),
    ),
    unseen=({"accountSid": SID, "authToken": TOKEN[:4] + THEIRS},),
    secret_members=("auth_token", "auth_token_prefix", "_saved_original"),
    write_only={"authToken": THEIRS},
    secrets=(TOKEN,),
    setting=Setting(
        others={"requestContextMapping": {"Their": "mapping"}},
        unset={},
        requests_over_others={"create": "GET GET PATCH"},
        on_destroy="reset",
        recognisable={"accountSid": SID, "authToken": TOKEN},
    ),
    account="",
    switches=(
        {"ultravox_create_over_existing": "refuse"},
        {"ultravox_create_over_existing": "conflict"},
        {"ultravox_token_prefix_length": 0},
        {"ultravox_agent_order": "sorted"},
        {"ultravox_fill": "absent"},
    ),
)
