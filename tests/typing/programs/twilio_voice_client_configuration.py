"""What type checkers have to accept of `twilio.voice.ClientConfiguration`; never run.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from dataclasses import asdict
from typing import Any

import pulumi
from pulumi_switchboard.twilio.voice import (
    CallNotification,
    CallNotificationArgsDict,
    ClientConfiguration,
    GetClientConfigurationResult,
    get_client_configuration,
    get_client_configuration_output,
    list_client_configurations,
    list_client_configurations_output,
)
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
assert_type(get_client_configuration(id="it"), GetClientConfigurationResult)
assert_type(
    get_client_configuration_output(id=made.id, opts=pulumi.InvokeOptions(parent=made)),
    pulumi.Output[GetClientConfigurationResult],
)
assert_type(get_client_configuration(unique_name="it"), GetClientConfigurationResult)
assert_type(
    get_client_configuration_output(unique_name=made.id, opts=pulumi.InvokeOptions(parent=made)),
    pulumi.Output[GetClientConfigurationResult],
)
looked_up = get_client_configuration(id="it")
later = get_client_configuration_output(id="it")
assert_type(looked_up.configuration_id, str)
assert_type(looked_up.account_sid, str)
assert_type(looked_up.date_created, str | None)
assert_type(looked_up.date_updated, str | None)
assert_type(looked_up.unique_name, str | None)
assert_type(looked_up.description, str | None)
assert_type(looked_up.call_notification, CallNotification)
assert_type(asdict(looked_up), dict[str, Any])
assert_type(list_client_configurations(), list[GetClientConfigurationResult])
assert_type(list_client_configurations_output(), pulumi.Output[list[GetClientConfigurationResult]])
again = ClientConfiguration(
    "again",
    call_notification=looked_up.call_notification,
    unique_name=looked_up.unique_name,
    description=looked_up.description,
)
afterwards = ClientConfiguration(
    "afterwards",
    call_notification=later.apply(lambda found: found.call_notification),
    unique_name=later.apply(lambda found: found.unique_name),
    description=later.apply(lambda found: found.description),
)
