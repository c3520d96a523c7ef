"""One round: a random step, deployed while something goes wrong, until the stack is at rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.soak.account import Account, Held
from tests.soak.disturbances import (
    Disturbance,
    certain_points,
    drawn_disturbance,
    drawn_kill,
    least_requests,
    least_requests_to_destroy,
)
from tests.soak.draw import Draw
from tests.soak.program import SETTINGS, Program
from tests.soak.rest import UP, assert_at_rest, bring_to_rest
from tests.soak.session import Session
from tests.soak.step import Step

DESTROY = ("destroy", "--yes", "--skip-preview")
NOT_TARGETED = "was not specified in --target list"


@dataclass
class Round:
    """The stack, and the objects that it has."""

    session: Session
    account: Account
    draw: Draw
    ids: Mapping[int, str] = field(default_factory=dict)
    """The ids of the objects before the round, by the numbers of the resources."""

    def play(self, step: Step) -> Program:
        """Deploy the step's program in spite of everything; returns what the next round begins with."""
        before = self.account.snapshot()
        self.session.write(step.after)
        if step.targeted:
            self._deploy_targets(step)
            return self._rest(step, before, is_clean=True)
        disturbance = drawn_disturbance(self.draw, least_requests(step), certain_points(step, self.ids))
        outcome = self.session.disturb(disturbance, *UP, *step.options())
        assert outcome.is_success or disturbance != Disturbance(), "an undisturbed update has failed"
        if outcome.is_cut_off and self.draw.chance(25):
            self.session.disturb(Disturbance(drawn_kill(self.draw, 1)), *UP)
        return self._rest(step, before, is_clean=disturbance == Disturbance(), is_deployed=outcome.is_success)

    def destroy(self, program: Program) -> None:
        """Destroy all that the stack has, perhaps not at the first attempt."""
        step = Step(program, Program(), edits=("destroy",))
        least = least_requests_to_destroy(Step(Program(), program))
        disturbance = drawn_disturbance(self.draw, least, [])
        before = self.account.snapshot()
        if not self.session.disturb(disturbance, *DESTROY).is_success:
            assert disturbance != Disturbance(), "an undisturbed destroy has failed"
            self.session.succeed(*DESTROY)
        self._rest(step, before, is_clean=disturbance == Disturbance(), is_deployed=True)

    def _deploy_targets(self, step: Step) -> None:
        """Deploy a part of the program, if Pulumi does that: it refuses new resources that the rest need."""
        named = [item.urn for item in step.after if item.number in step.targeted]
        run = self.session.run(*UP, *step.options(), *(o for urn in named for o in ("--target", urn)))
        assert run.status == 0 or NOT_TARGETED in run.output, "an undisturbed update has failed"

    def _rest(self, step: Step, before: Held, *, is_clean: bool, is_deployed: bool = False) -> Program:
        """Bring the stack to rest, and check everything."""
        after = step.after if is_deployed else bring_to_rest(self.session, step.after)
        self.ids = assert_at_rest(self.session, self.account, step, before, is_clean=is_clean)
        for type in SETTINGS:
            if step.before.of(type) and not step.after.of(type):
                self.account.take_back(type)
        return after
