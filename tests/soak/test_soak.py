"""A few rounds of the soak pass, and one that finds something tells everything about it."""

from __future__ import annotations

import pytest

from tests.promises import proves
from tests.soak.__main__ import main
from tests.soak.life import Life, RoundReport
from tests.soak.program import Program
from tests.soak.round import Round
from tests.soak.step import Step

SEED, ROUNDS = 5, 2


@proves("make.soak", "lost.crash-at-any-step", "identity.object-of-its-own", "setting.destroy-or-fail")
def test_rounds_with_kills_and_faults_pass() -> None:
    passed: list[RoundReport] = []

    counts = Life(SEED, passed.append).play(ROUNDS)

    assert [report.number for report in passed] == [1, 2]
    assert passed[-1].is_destroyed
    assert any("SIG" in name for name in counts)
    assert any("fault" in name for name in counts)


@proves("make.soak")
def test_a_failure_tells_how_to_repeat_it_and_what_has_happened(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def play(self: Round, step: Step) -> Program:
        self.session.write(step.after)
        self.session.succeed("stack", "ls")
        raise AssertionError("made-twice")

    monkeypatch.setattr(Round, "play", play)

    status = main(["--seed", str(SEED), "--rounds", "1"])

    told = capsys.readouterr().out
    assert status == 1
    assert f"to repeat it: make soak SEED={SEED} ROUNDS=1" in told
    assert "made-twice" in told
    for title in ("program before", "program after", "commands", "journal of the round"):
        assert f"\n{title}\n" in told
    assert 'team = pulumi.ComponentResource("soak:index:Team", "team")' in told
    assert "$ pulumi stack ls" in told
