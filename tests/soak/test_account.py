"""What the soak keeps of the vendors' account for its checks."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator

from tests.engine.account import Account as Outside
from tests.soak.account import Account
from tests.soak.edits import NAMED
from tests.soak.program import SAMPLES, SETTINGS


def test_a_snapshot_has_the_name_of_each_object_however_the_vendor_spells_that() -> None:
    with Emulator() as emulator:
        account = Account(Outside(emulator), dict.fromkeys(SETTINGS, False))
        names: dict[str, str] = {}
        for sample in map(SAMPLES.__getitem__, NAMED):
            (wire,) = (field.wire for field in sample.fields if field.path == sample.name)
            names[account.outside.add(sample, {wire: "desk"})] = "desk"

        assert len({*names}) == len(NAMED) > 1
        assert account.snapshot().names == names
