"""Another project, such as a voice bot's: it takes the ids from the contact center's stack."""

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

import pulumi

config = pulumi.Config()
contact_center = pulumi.StackReference(config.require("contactCenter"))


def twiml(ids: Mapping[str, str]) -> str:
    """The TwiML for an incoming call: the bot talks, and support's configuration captures it."""
    bot = quoteattr(config.get("botUrl") or "wss://bot.example.com/relay")
    support = quoteattr(ids["support"])
    return (
        "<Response><Connect>"
        f"<ConversationRelay url={bot} conversationConfiguration={support} />"
        "</Connect></Response>"
    )


pulumi.export("twiml", contact_center.require_output("conversationConfigurationIds").apply(twiml))
pulumi.export("callsConfigurationId", contact_center.require_output("callsConfigurationId"))
