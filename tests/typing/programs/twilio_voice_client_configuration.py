"""What type checkers have to accept of `twilio.voice.ClientConfiguration`; never run.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

import pulumi
from pulumi_switchboard.twilio.voice import CallNotification, CallNotificationArgsDict, ClientConfiguration
from typing_extensions import assert_type


def declare(
    *,
    call_notification: pulumi.Input[CallNotificationArgsDict],
    unique_name: pulumi.Input[str | None],
    description: pulumi.Input[str | None],
) -> ClientConfiguration:
    """Every argument may be a value or an output, at every depth."""
    return ClientConfiguration(
        "declared", call_notification=call_notification, unique_name=unique_name, description=description
    )


fewest = ClientConfiguration("fewest", call_notification={"url": "https://desk.example.com/call"})
made = declare(
    unique_name="support",
    description="Calls to the support desk",
    call_notification={"url": "https://desk.example.com/call?key=parameter-of-a-url", "method": "GET"},
)
assert_type(made.id, pulumi.Output[str])
assert_type(made.configuration_id, pulumi.Output[str])
assert_type(made.account_sid, pulumi.Output[str])
assert_type(made.date_created, pulumi.Output[str | None])
assert_type(made.date_updated, pulumi.Output[str | None])
assert_type(made.unique_name, pulumi.Output[str | None])
assert_type(made.description, pulumi.Output[str | None])
assert_type(made.call_notification, pulumi.Output[CallNotification])
copied = ClientConfiguration(
    "copied",
    unique_name=made.unique_name,
    description=made.description,
    call_notification=made.call_notification,
)
