"""What type checkers have to accept of `twilio.voice.DefaultClientConfiguration`; never run.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from dataclasses import asdict
from typing import Any, Literal

import pulumi
from pulumi_switchboard.twilio.voice import (
    DefaultClientConfiguration,
    get_default_client_configuration,
    get_default_client_configuration_output,
)
from typing_extensions import assert_type


def declare(
    *,
    configuration_id: pulumi.Input[str],
    on_destroy: pulumi.Input[Literal["restore", "reset", "retain"] | None],
) -> DefaultClientConfiguration:
    """Every argument may be a value or an output, at every depth."""
    return DefaultClientConfiguration("declared", configuration_id=configuration_id, on_destroy=on_destroy)


fewest = DefaultClientConfiguration("fewest", configuration_id="<first>")
made = declare(configuration_id="<first>", on_destroy="restore")
assert_type(made.id, pulumi.Output[str])
assert_type(made.configuration_id, pulumi.Output[str])
assert_type(made.on_destroy, pulumi.Output[Literal["restore", "reset", "retain"]])
assert_type(made.account_sid, pulumi.Output[str])
assert_type(made.previous_configuration_id, pulumi.Output[str | None])
copied = DefaultClientConfiguration(
    "copied", configuration_id=made.configuration_id, on_destroy=made.on_destroy
)
looked_up = get_default_client_configuration()
later = get_default_client_configuration_output()
assert_type(looked_up.configuration_id, str)
assert_type(looked_up.account_sid, str)
assert_type(asdict(looked_up), dict[str, Any])
again = DefaultClientConfiguration("again", configuration_id=looked_up.configuration_id)
afterwards = DefaultClientConfiguration(
    "afterwards", configuration_id=later.apply(lambda found: found.configuration_id)
)
