"""A large account is imported and adopted, here with few objects: more than are looked at one by one."""

from __future__ import annotations

import pytest

from tests.promises import proves
from tests.soak.__main__ import main


@proves("make.soak")
def test_an_account_is_imported_adopted_and_removed_with_each_step_timed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--objects", "15"]) == 0
    steps = [line[:30].strip() for line in capsys.readouterr().out.splitlines()]
    assert steps == [
        "import",
        "mypy",
        "pyright",
        "up, which adopts",
        "preview",
        "refresh",
        "preview without import_",
        "destroy",
    ]
