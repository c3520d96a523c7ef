"""What type checkers have to accept of `twilio.memory.Store`; never run.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

import pulumi
from pulumi_switchboard.twilio.memory import Store
from typing_extensions import assert_type


def declare(
    *,
    display_name: pulumi.Input[str | None],
    description: pulumi.Input[str | None],
    deletion_protection: pulumi.Input[bool | None],
) -> Store:
    """Every argument may be a value or an output, at every depth."""
    return Store(
        "declared",
        display_name=display_name,
        description=description,
        deletion_protection=deletion_protection,
    )


fewest = Store("fewest", deletion_protection=False)
made = declare(display_name="customers", description="All customers", deletion_protection=False)
assert_type(made.id, pulumi.Output[str])
assert_type(made.display_name, pulumi.Output[str | None])
assert_type(made.description, pulumi.Output[str | None])
assert_type(made.deletion_protection, pulumi.Output[bool])
assert_type(made.store_id, pulumi.Output[str])
assert_type(made.account_sid, pulumi.Output[str])
assert_type(made.status, pulumi.Output[str | None])
assert_type(made.intelligence_service_id, pulumi.Output[str | None])
assert_type(made.version, pulumi.Output[int | None])
copied = Store(
    "copied",
    display_name=made.display_name,
    description=made.description,
    deletion_protection=made.deletion_protection,
)
