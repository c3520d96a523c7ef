"""Which hosts are this machine."""

from __future__ import annotations

import pytest
from pulumi_switchboard.http.loopback import is_loopback


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "127.0.0.1",
        "127.255.0.3",
        "127.0.0.1.",
        "127.1",
        "0x7f.1",
        "2130706433",
        "::1",
        "[::1]",
        "0:0:0:0:0:0:0:1",
        "::ffff:127.0.0.1",
        "::FFFF:7F00:1",
    ],
)
def test_every_spelling_of_this_machine_is_recognised(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        ".",
        "128.0.0.1",
        "0.0.0.0",  # noqa: S104 - nothing is bound
        "126.1",
        "::",
        "::2",
        "::ffff:10.0.0.1",
        "localhost..",
        "localhost.example",
        "127.0.0.1.example",
        "127.0.0.1 example",
        "127.0.0.256",
        "face.fade",
        "x",
        "dead",
    ],
)
def test_any_other_host_is_not_this_machine(host: str) -> None:
    assert not is_loopback(host)
