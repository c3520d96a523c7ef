"""Whatever happens in whatever order, there is one object for the resource in the end, and it is right.

The limits, which the schedules keep to:
- The vendor forgets a key after a day: what a killed create has made is found again within that time, counted
  from the first object that the resource had in it.
- A replacement that was killed, or a create, is repeated before the program asks for another place.
- What a killed update or delete has done shows in a refresh, once the vendor is done with it.
- Where no answer names an object, its operation neither vanishes nor fails after it had its effect, and no
  one else makes an object of that name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis import event, given, settings
from hypothesis import strategies as st
from pulumi_switchboard.core.checking import check
from pulumi_switchboard.core.ground import Live
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import (
    LostAnswerError,
    Refusal,
    SwitchboardError,
    UnreachableError,
    VendorError,
)

from tests.core.factory import (
    ACTS_AND_FAILS,
    DAY,
    FAILS,
    HIDES,
    IDENTITY,
    SLOW,
    VANISHES,
    Fate,
    Machine,
    Trouble,
    Works,
)

PROGRAMS: dict[str, Bag] = {
    "A": {"place": "hall", "name": "lathe", "speed": 1},
    "B": {"place": "hall", "name": "lathe", "speed": 2, "tags": ["big"]},
    "C": {"place": "attic", "name": "lathe", "speed": 1},
}


class Crash(BaseException):
    """The process is gone."""


@dataclass
class Row:
    """A resource in the engine's state."""

    id: str
    outputs: Bag
    inputs: Bag
    is_healthy: bool = True


@dataclass
class Engine:
    """As much of Pulumi's engine as one resource meets."""

    works: Works = field(default_factory=Works)
    row: Row | None = None
    condemned: list[Row] = field(default_factory=list)
    """Replaced, and not deleted yet."""
    errors: list[str] = field(default_factory=list)
    is_stale: bool = False
    """Whether an update or delete was killed, so that only a refresh tells what became of it."""
    is_replacing: bool = False
    """Whether a replacement by force was killed."""
    place: str = "hall"
    saves: int | None = None
    """How many verbs come to state before the engine is killed; None if it is not."""
    meets_a_twin: bool = False
    """Whether someone else orders an object of the same name just before the next command."""
    twins: list[str] = field(default_factory=list)
    """The objects of others that have the same name."""

    def run(self, action: str) -> bool:
        """One command of the user; whether it succeeded."""
        self.works.next_run()
        if self.meets_a_twin:
            self.meet_a_twin()
        orders = self.works.factory.orders
        try:
            if action == "refresh":
                self._refresh()
            elif action == "destroy":
                self._delete([*self.condemned, *([self.row] if self.row else [])])
            elif action == "replace" and self.row is not None:
                self._replace(self.row)
            elif action != "replace":
                self._up({**PROGRAMS[action], **IDENTITY, "_used": self._used()})
        except (SwitchboardError, Crash) as error:
            self.errors.append(f"{action}: {error!r}")
            self._keep_what_was_announced(error)
            return False
        finally:
            self.works.factory.troubles, self.saves, self.meets_a_twin = [], None, False
            assert self.works.factory.orders <= orders + 2, "a failure is not tried over and over"
        return True

    def _keep_what_was_announced(self, error: BaseException) -> None:
        """An object that the user was told to be the resource's own is in state, unless that was killed."""
        announced = any("manages it from now on" in warning for warning in self.works.warnings)
        assert self.row is not None or not announced or isinstance(error, Crash)

    def meet_a_twin(self) -> None:
        """Let someone else order an object of the same name."""
        factory = self.works.factory
        fates, factory.fates = factory.fates, []
        factory.create(PROGRAMS["A"], f"twin {len(self.twins)}")
        factory.fates = fates
        self.twins.append(f"machine-{factory.orders}")
        self.works.clock.time += 1.2

    def _up(self, program: Bag) -> None:
        row = self.row
        inputs = check(Machine(), row.inputs if row else {}, program).inputs
        if row is None:
            self._create(inputs)
        else:
            found = self.works.life().diff(row.id, row.outputs, row.inputs, inputs, ())
            if found.replaces:
                self._create(check(Machine(), {}, program).inputs)
            elif found.changes or (found.changes is None and row.inputs != inputs) or not row.is_healthy:
                live = self._saved(lambda: self.works.life().update(row.id, row.outputs, inputs, ()))
                kept = inputs if live.unfinished is None else row.inputs
                self.row = Row(row.id, live.outputs, kept, live.unfinished is None)
                self._stop_at(live.unfinished)
            else:
                row.inputs = inputs
        self._delete(self.condemned)

    def _replace(self, row: Row) -> None:
        """Replace by force: the engine asks for no difference, and creates before it deletes."""
        self.is_replacing = True
        self._create(check(Machine(), {}, {**row.inputs, "_used": self._used()}).inputs)
        self._delete(self.condemned)
        self.is_replacing = False

    def _used(self) -> Bag:
        """What the program says of the object in state; the engine does not name one that is condemned."""
        made = self.row.outputs.get("_identity") if self.row is not None else None
        return {made["key"]: made["id"]} if made else {}

    def _create(self, inputs: Bag) -> None:
        live = self._saved(lambda: self.works.life().create(inputs))
        self.condemned += [self.row] if self.row else []
        self.row = Row(live.id, live.outputs, inputs, live.unfinished is None)
        self._stop_at(live.unfinished)

    def _delete(self, rows: list[Row]) -> None:
        for row in list(rows):
            self.is_stale |= row is self.row
            self.works.life().delete(row.id, row.outputs)
            self._save()
            self.condemned = [one for one in self.condemned if one is not row]
            if row is self.row:
                self.row, self.is_stale = None, False

    def _refresh(self) -> None:
        if self.row is None:
            self.is_stale = False
            return
        live = self.works.life().read(self.row.id, self.row.outputs, self.row.inputs)
        self._save()
        self.is_stale &= self._is_busy()
        self.row = Row(live.id, live.outputs, live.inputs or {}) if live is not None else None

    def _saved(self, write: Callable[[], Live]) -> Live:
        self.is_stale = True
        live = write()
        self._save()
        self.is_stale = self._is_busy()
        return live

    def _is_busy(self) -> bool:
        return not all(job.is_over for job in self.works.factory.jobs.values())

    def _save(self) -> None:
        if self.saves is not None:
            self.saves -= 1
            if self.saves < 0:
                raise Crash

    @staticmethod
    def _stop_at(error: SwitchboardError | None) -> None:
        if error is not None:
            raise error

    def loses_nothing(self) -> bool:
        """Whether all that was or will be made is in state."""
        factory, rows = self.works.factory, [*self.condemned, *([self.row] if self.row else [])]
        coming = {job.machine_id for job in factory.jobs.values() if not job.is_over}
        return {*factory.machines, *coming} <= {*self.twins, *(row.id for row in rows)}

    def allowed(self, action: str) -> str:
        """The command, unless it gives up a replacement that was killed: then that is repeated first."""
        self.is_replacing &= not self.loses_nothing()
        if self.is_replacing and self.row is not None:
            return "replace"
        asked = self.row.inputs if action == "replace" and self.row is not None else PROGRAMS.get(action, {})
        place = asked.get("place", self.place)
        if place != self.place and not self.loses_nothing():
            return next(name for name, program in PROGRAMS.items() if program["place"] == self.place)
        self.place = place
        return action

    def left(self) -> list[str]:
        """The objects that there are, once nothing goes on any more; those of others are as they were."""
        self.works.clock.time += 3600.0
        self.works.factory.settle()
        machines = self.works.factory.machines
        assert all(as_programmed(machines[id]) == PROGRAMS["A"] for id in self.twins)
        return [id for id in machines if id not in self.twins]


def as_programmed(members: Bag) -> Bag:
    """What the program says of a machine."""
    return {
        name: members[name] for name in ("place", "name", "speed", "tags") if members.get(name) is not None
    }


ERRORS: dict[str, Callable[[], BaseException]] = {
    "crash": Crash,
    "lost": lambda: LostAnswerError("no answer"),
    "unreachable": lambda: UnreachableError("no way"),
    "busy": lambda: VendorError(Refusal("Fake", 503, None, "not now")),
    "refused": lambda: VendorError(Refusal("Fake", 400, 1, "not so")),
    "ctrl-c": KeyboardInterrupt,
}


@dataclass(frozen=True)
class Step:
    """A command of the user, and what goes wrong in it."""

    action: str
    trouble: tuple[str, str, int] | None = None
    """What kind, `before` or `after` the vendor deals with a request, and which one."""
    saves: int | None = None
    fates: tuple[Fate, ...] = ()
    days_pass: bool = False
    """Whether so much time passes before it that the vendor forgets the keys."""
    has_twin: bool = False
    """Whether someone else has just ordered an object of the same name."""


@dataclass(frozen=True)
class Manners:
    """How the vendor is; see `Factory`."""

    lag: float
    who_says: str
    at_once: bool
    ahead: float
    one_at_a_time: bool


MANNERS = st.builds(
    Manners,
    lag=st.sampled_from([0.0, 1.5, 4.0]),
    who_says=st.sampled_from(["answer", "operation"]),
    at_once=st.sampled_from([False, False, True]),
    ahead=st.sampled_from([0.0, 2.0, -2.0]),
    one_at_a_time=st.booleans(),
) | st.builds(
    Manners,
    lag=st.just(0.0),
    who_says=st.just("none"),
    at_once=st.just(value=False),
    ahead=st.sampled_from([0.0, 2.0, -2.0]),
    one_at_a_time=st.booleans(),
)
ACTION = st.sampled_from(["A", "B", "C", "A", "B", "C", "refresh", "destroy", "replace"])
TROUBLE = st.tuples(st.sampled_from(list(ERRORS)), st.sampled_from(["before", "after"]), st.integers(0, 7))
FATE = st.sampled_from([Fate(), Fate(), FAILS, VANISHES, SLOW, HIDES, ACTS_AND_FAILS])
STEP = st.builds(
    Step,
    action=ACTION,
    trouble=st.none() | TROUBLE,
    saves=st.none() | st.integers(0, 2),
    fates=st.lists(FATE, max_size=3).map(tuple),
    days_pass=st.booleans(),
    has_twin=st.booleans(),
)


def known(fate: Fate, who_says: str) -> Fate:
    """A fate in which someone says what was made, if anything was; the usual one in place of any other."""
    odd = {"answer": [], "operation": [VANISHES], "none": [VANISHES, ACTS_AND_FAILS]}
    return Fate() if fate in odd[who_says] else fate


def play(engine: Engine, steps: list[Step]) -> None:
    """Run the commands, and let go wrong what is to."""
    factory = engine.works.factory
    for step in steps:
        factory.fates = [known(fate, factory.who_says) for fate in step.fates]
        if step.days_pass and engine.loses_nothing():
            engine.works.clock.time += 1.1 * DAY
        if step.trouble is not None:
            kind, when, skip = step.trouble
            if kind in ("unreachable", "busy", "refused"):
                when = "before"
            factory.troubles.append(Trouble(when, "", ERRORS[kind](), skip))
        engine.saves = step.saves
        action = engine.allowed(step.action)
        engine.meets_a_twin = step.has_twin and factory.who_says != "none"
        event(f"{action}: {engine.run(action)}")
    factory.fates = []


def settle(engine: Engine, action: str) -> None:
    """Repeat the command as the user would who reads that it is to be run again after a while."""
    for _ in range(6):
        allowed = engine.allowed(action)
        if not engine.run(allowed):
            engine.works.clock.time += 600.0
        elif allowed == action:
            return
    raise AssertionError(engine.errors)


@settings(max_examples=400)
@given(
    st.lists(STEP, max_size=8),
    st.sampled_from(list(PROGRAMS)),
    MANNERS,
)
def test_after_any_schedule_there_is_one_object_and_it_is_what_the_program_says(
    steps: list[Step],
    last: str,
    manners: Manners,
) -> None:
    engine = Engine()
    factory = engine.works.factory
    for name, value in vars(manners).items():
        setattr(factory, name, value)

    play(engine, steps)
    if engine.is_stale:
        engine.left()
        settle(engine, "refresh")
    settle(engine, last)

    assert engine.row is not None
    assert engine.left() == [engine.row.id]
    assert as_programmed(factory.machines[engine.row.id]) == PROGRAMS[last]
    assert as_programmed(engine.row.outputs) == PROGRAMS[last]
    assert engine.condemned == []
    assert "_pending" not in engine.row.outputs
    engine.run(last)
    assert engine.works.requests() == []

    settle(engine, "destroy")
    assert engine.left() == []
