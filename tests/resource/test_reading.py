"""The guard of the account."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from pulumi_switchboard.errors import AccountMismatchError
from pulumi_switchboard.resource.context import ResourceContext
from pulumi_switchboard.resource.reading import guard_account
from pulumi_switchboard.vendors.vendor import Origin

from tests.promises import proves

OWN = {"account": "AC1", "endpoint": "https://twilio.com"}
CONTEXT = cast("ResourceContext", SimpleNamespace(origin=Origin(**OWN)))


@proves("guard.other-account-stops", "guard.other-endpoint-stops", "process.state-format")
def test_only_account_and_endpoint_count_whatever_a_later_release_adds() -> None:
    for known in ({}, {"_origin": OWN}, {"_origin": {**OWN, "added_later": 1}}):
        guard_account(CONTEXT, known)
    for other in ({"account": "AC2"}, {"endpoint": "https://ie1.twilio.com"}):
        with pytest.raises(AccountMismatchError, match="another account or endpoint"):
            guard_account(CONTEXT, {"_origin": {**OWN, **other, "added_later": 1}})
