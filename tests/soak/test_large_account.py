"""A large account is imported and adopted, here with few objects: more than are looked at one by one."""

from __future__ import annotations

import pytest

from tests.promises import proves
from tests.soak import large_account
from tests.soak.__main__ import main


@proves("make.soak")
def test_an_account_is_imported_adopted_and_removed_with_each_step_timed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(large_account, "CHECKERS", [])  # the program of a full account passes them
    assert main(["--objects", "15"]) == 0
    steps = [line[:30].strip() for line in capsys.readouterr().out.splitlines()]
    assert steps == [
        "import",
        "up, which adopts",
        "preview",
        "refresh",
        "preview without import_",
        "destroy",
    ]
