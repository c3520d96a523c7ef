"""What type checkers have to accept of `twilio.memory.Store`; never run.

Generated from the definitions by `make generate`. Change the definitions, not this file.
"""

from dataclasses import asdict
from typing import Any

import pulumi
from pulumi_switchboard.twilio.memory import (
    GetStoreResult,
    Store,
    get_store,
    get_store_output,
    list_stores,
    list_stores_output,
)
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
assert_type(get_store(id="it"), GetStoreResult)
assert_type(
    get_store_output(id=made.id, opts=pulumi.InvokeOptions(parent=made)), pulumi.Output[GetStoreResult]
)
assert_type(get_store(display_name="it"), GetStoreResult)
assert_type(
    get_store_output(display_name=made.id, opts=pulumi.InvokeOptions(parent=made)),
    pulumi.Output[GetStoreResult],
)
looked_up = get_store(id="it")
later = get_store_output(id="it")
assert_type(looked_up.display_name, str | None)
assert_type(looked_up.description, str | None)
assert_type(looked_up.store_id, str)
assert_type(looked_up.account_sid, str)
assert_type(looked_up.status, str | None)
assert_type(looked_up.intelligence_service_id, str | None)
assert_type(looked_up.version, int | None)
assert_type(asdict(looked_up), dict[str, Any])
assert_type(list_stores(), list[GetStoreResult])
assert_type(list_stores_output(), pulumi.Output[list[GetStoreResult]])
again = Store("again", display_name=looked_up.display_name, description=looked_up.description)
afterwards = Store(
    "afterwards",
    display_name=later.apply(lambda found: found.display_name),
    description=later.apply(lambda found: found.description),
)
