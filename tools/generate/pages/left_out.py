"""What this package leaves out of the vendors' APIs, and why."""

from __future__ import annotations

from dataclasses import dataclass

VOICE, CONVERSATIONS, MEMORY = "voice.twilio.com", "conversations.twilio.com", "memory.twilio.com"
INTELLIGENCE, KNOWLEDGE, ULTRAVOX = "intelligence.twilio.com", "knowledge.twilio.com", "api.ultravox.ai"

LEFT_OUT = {
    (
        CONVERSATIONS,
        "PATCH",
        "/v2/ControlPlane/Configurations/{}",
    ): "An update is a PUT of the whole object: not all sources have the PATCH.",
}
"""Operations on objects that a type manages, each with the reason why no type uses it."""


@dataclass(frozen=True)
class NotManaged:
    """An API that no type uses."""

    api: str
    host: str
    paths: tuple[str, ...]
    why: str


LATER = "planned"
NOT_MANAGED = (
    NotManaged(
        "Twilio Voice v2, account defaults",
        VOICE,
        ("/v2/AccountDefaultConfiguration/{Type}",),
        "another mechanism beside the default of the Client configurations; planned",
    ),
    NotManaged(
        "Twilio Conversations v1",
        CONVERSATIONS,
        (
            "/v1/Configuration",
            "/v1/Configuration/Addresses",
            "/v1/Configuration/Addresses/{Sid}",
            "/v1/Services/{ChatServiceSid}/Configuration",
            "/v1/Services/{ChatServiceSid}/Configuration/Notifications",
            "/v1/Services/{ChatServiceSid}/Configuration/Webhooks",
        ),
        LATER,
    ),
    NotManaged(
        "Twilio Memory v1",
        MEMORY,
        (
            "/v1/ControlPlane/Stores/{storeId}/IdentityResolutionSettings",
            "/v1/ControlPlane/Stores/{storeId}/TraitGroups",
            "/v1/ControlPlane/Stores/{storeId}/TraitGroups/{traitGroupName}",
            "/v1/ControlPlane/Stores/{storeId}/DataMappings",
            "/v1/ControlPlane/Stores/{storeId}/DataMappings/{dataMappingId}",
        ),
        LATER,
    ),
    NotManaged(
        "Twilio Conversational Intelligence v3",
        INTELLIGENCE,
        (
            "/v3/ControlPlane/Configurations",
            "/v3/ControlPlane/Configurations/{id}",
            "/v3/ControlPlane/Operators",
            "/v3/ControlPlane/Operators/{id}",
        ),
        LATER,
    ),
    NotManaged(
        "Twilio Knowledge v2",
        KNOWLEDGE,
        ("/v2/ControlPlane/KnowledgeBases", "/v2/ControlPlane/KnowledgeBases/{kbId}"),
        LATER,
    ),
    NotManaged(
        "Ultravox, telephony of other carriers",
        ULTRAVOX,
        ("/api/telephony_configs/telnyx", "/api/telephony_configs/plivo"),
        LATER,
    ),
    NotManaged(
        "Ultravox, the older telephony configuration",
        ULTRAVOX,
        ("/api/accounts/me/telephony_config",),
        "deprecated by Ultravox, and the same settings as those above",
    ),
    NotManaged(
        "Ultravox, agents, tools, webhooks, SIP and keys of speech vendors",
        ULTRAVOX,
        (
            "/api/agents",
            "/api/tools",
            "/api/webhooks",
            "/api/sip",
            "/api/sip/registrations",
            "/api/accounts/me/tts_api_keys",
        ),
        LATER,
    ),
)
"""The APIs for configuration, of the products that types are about, that no type uses."""
