"""A made-up type whose writes are operations, and the vendor that carries them out on the tests' clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Annotated, ClassVar, TypeVar

from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.contract import Call, Origin
from pulumi_switchboard.core.fields import Account, Id, Part, Replaces, State, Unordered, Version
from pulumi_switchboard.core.lifecycle import Life
from pulumi_switchboard.core.operated import Operated
from pulumi_switchboard.core.operations import Accepted, Operation, Watch
from pulumi_switchboard.core.shape import decoded, plain
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import LostAnswerError, NotFoundError, Refusal, VendorError
from pulumi_switchboard.http.retrying import Line
from pulumi_switchboard.vendors.credentials import Sources
from typing_extensions import Self

from tests.core.fakes import ACCOUNT, ENDPOINT, Clock

DAY = 24 * 3600.0
LATHE = "urn:pulumi:dev::proof::pulumi-python:dynamic/fake:Machine::lathe"
DRILL = "urn:pulumi:dev::proof::pulumi-python:dynamic/fake:Machine::drill"
IDENTITY: Bag = {"_stack": "5ac0", "_resource": "fake:Machine::lathe"}
NEW: Bag = {"place": "hall", "name": "lathe", "speed": 1, **IDENTITY}

AnyT = TypeVar("AnyT")


class MachineInputs(Part):
    """A machine."""

    place: Annotated[str, Replaces()]
    name: str
    speed: int | None = None
    tags: Annotated[list[str] | None, Unordered()] = None


class MachineState(MachineInputs, State):
    """A machine as the vendor shows it."""

    machine_id: Annotated[str, Id()]
    account: Annotated[str, Account()]
    version: Annotated[int | None, Version()] = None
    made: float | None = None


@dataclass(frozen=True)
class Fate:
    """What becomes of an operation."""

    status: str = "COMPLETED"
    acts: bool = True
    """Whether it has its effect."""
    is_seen: bool = True
    """Whether the vendor knows it once it is over."""
    takes: float | None = None
    """How long it takes, if not as long as usual; a delete never takes longer."""
    hidden_for: float = 0.0
    """For how long since it began the vendor does not know it."""


FAILS = Fate("FAILED", acts=False)
HANGS = Fate("RUNNING", acts=False)
VANISHES = Fate(is_seen=False)
SLOW = Fate(takes=900.0)
HIDES = Fate(takes=45.0, hidden_for=60.0)
ACTS_AND_FAILS = Fate("FAILED")


@dataclass
class Job:
    """An operation."""

    id: str
    machine_id: str
    after: Bag | None
    """The machine once it is over; None if there will be none."""
    began: float
    ends: float
    fate: Fate
    makes: bool
    """Whether the machine is made by it."""
    is_over: bool = False


@dataclass
class Trouble:
    """What becomes of a request: it is not sent, or its answer does not arrive, or Ctrl-C is pressed."""

    when: str
    """`before` or `after` the vendor has dealt with it."""
    request: str
    """How the request begins."""
    error: BaseException
    skip: int = 0
    """How many requests get through first."""


@dataclass
class Factory:
    """An account at the vendor; a client of it, too."""

    clock: Clock
    origin: Origin = field(default_factory=lambda: Origin(ACCOUNT, ENDPOINT))
    machines: dict[str, Bag] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    answers: dict[str, tuple[float, Accepted | MachineState]] = field(default_factory=dict)
    """The first answer to each key, and when it was given."""
    before: dict[str, tuple[float, Bag | None]] = field(default_factory=dict)
    """What is shown of a machine until when, if that is not how it is."""
    journal: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    """The keys of all creates that were asked for."""
    fates: list[Fate] = field(default_factory=list)
    """What becomes of the next operations."""
    troubles: list[Trouble] = field(default_factory=list)
    orders: int = 0
    """How many machines were ordered."""
    takes: float = 2.0
    lag: float = 0.0
    """How long after the end of an operation its effect is not shown."""
    who_says: str = "answer"
    """Which names the id of a new machine: the `answer` to the create, the `operation`, or `none`."""
    at_once: bool = False
    """Whether writes are carried out at once, without operations."""
    ahead: float = 0.0
    """How far the clock that dates answers is ahead of the one that dates operations and machines."""
    one_at_a_time: bool = False
    """Whether a write on a machine that another one goes on for is refused."""

    @classmethod
    def sign_in(cls, sources: Sources, line: Callable[[Origin], Line]) -> Self:
        """Not needed here: tests hand the client over."""
        raise NotImplementedError

    def ask(self, call: Call[Factory], request: str, handle: Callable[[], AnyT]) -> AnyT:
        """Send a request."""
        call.moment.check()
        self.journal.append(request)
        self._trouble("before", request)
        self.settle()
        try:
            answer = handle()
        finally:
            self._trouble("after", request)
        return answer

    def _trouble(self, when: str, request: str) -> None:
        for trouble in self.troubles:
            if trouble.when == when and request.startswith(trouble.request):
                if trouble.skip == 0:
                    self.troubles.remove(trouble)
                    if not isinstance(trouble.error, KeyboardInterrupt):
                        raise trouble.error
                    self.clock.is_stopped = True
                    return
                trouble.skip -= 1

    def settle(self) -> None:
        """Carry out what is due."""
        for job in sorted(self.jobs.values(), key=lambda job: job.ends):
            if job.is_over or job.ends > self.clock.time:
                continue
            job.is_over = job.fate.status != "RUNNING"
            if not job.fate.acts or (job.machine_id not in self.machines and not job.makes):
                continue
            self._keep(job.machine_id, job.after, job.ends)

    def _keep(self, id: str, after: Bag | None, at: float) -> None:
        self.before[id] = (at + self.lag, self.machines.get(id))
        if after is None:
            self.machines.pop(id, None)
        else:
            self.machines[id] = {**after, "version": self.machines.get(id, {}).get("version", 0) + 1}

    def create(self, members: Bag, key: str) -> Accepted | MachineState:
        """Begin to make a machine, or repeat the first answer to this key."""
        self.keys.append(key)
        if key in self.answers and self.clock.time - self.answers[key][0] < DAY:
            first = self.answers[key][1]
            return replace(first, answered_at=self._date()) if isinstance(first, Accepted) else first
        self.orders += 1
        made = {**members, "made": float(int(self.clock.time))}
        answer = self._write(f"machine-{self.orders}", made)
        assert answer is not None
        self.answers[key] = (self.clock.time, answer)
        return answer

    def change(self, id: str, members: Bag | None) -> Accepted | MachineState | None:
        """Begin to change or delete a machine."""
        if id not in self.machines:
            raise NotFoundError(Refusal("Fake", 404, 1, "no such machine"))
        if self.one_at_a_time and any(job.machine_id == id and not job.is_over for job in self.jobs.values()):
            raise VendorError(Refusal("Fake", 409, 1, "another operation goes on"))
        return self._write(id, members)

    def _write(self, machine_id: str, after: Bag | None) -> Accepted | MachineState | None:
        if not self.at_once:
            return self._begin(machine_id, after)
        self._keep(machine_id, after, self.clock.time)
        return None if after is None else self._state(machine_id, self.machines[machine_id])

    def _begin(self, machine_id: str, after: Bag | None) -> Accepted:
        now, id = self.clock.time, f"job-{len(self.jobs) + 1}"
        fate = self.fates.pop(0) if self.fates else Fate()
        takes = self.takes if fate.takes is None or after is None else fate.takes
        makes = all(job.machine_id != machine_id for job in self.jobs.values())
        makes &= machine_id not in self.machines
        self.jobs[id] = Job(id, machine_id, after, now, now + takes, fate, makes)
        return self._accepted(self.jobs[id])

    def _accepted(self, job: Job) -> Accepted:
        said = (job.machine_id,) if self.who_says == "answer" else ()
        return Accepted(job.id, self._date(), object_ids=said)

    def _date(self) -> float:
        return float(int(self.clock.time)) + self.ahead

    def operation(self, id: str) -> Operation:
        """The operation as it is now; the time in whole seconds."""
        job = self.jobs[id]
        if (job.is_over and not job.fate.is_seen) or self.clock.time < job.began + job.fate.hidden_for:
            raise NotFoundError(Refusal("Fake", 404, 1, "no such operation"))
        return Operation(
            id,
            job.fate.status if job.is_over else "RUNNING",
            object_ids=(job.machine_id,) if self.who_says == "operation" and job.is_over else (),
            created_at=float(int(job.began)),
            completed_at=float(int(job.ends)) if job.is_over else None,
            why="no steel" if job.fate.status == "FAILED" else "",
        )

    def show(self, id: str) -> MachineState | None:
        """The machine as the vendor shows it now."""
        until, before = self.before.get(id, (0.0, None))
        machine = before if self.clock.time < until else self.machines.get(id)
        return None if machine is None else self._state(id, machine)

    @staticmethod
    def _state(id: str, machine: Bag) -> MachineState:
        body = {**machine, "machine_id": id, "account": ACCOUNT}
        return decoded(MachineState, body).model_copy(update={"body": machine})


MachineCall = Call[Factory]


class Machine(Operated[MachineInputs, MachineState, Factory]):
    """How a machine lives."""

    key: ClassVar[str] = "fake:Machine"
    vendor = Factory
    inputs = MachineInputs
    state = MachineState

    def submit_create(self, call: MachineCall, inputs: MachineInputs, key: str) -> Accepted | MachineState:
        """Have it made."""
        return call.client.ask(call, "POST", lambda: call.client.create(plain(inputs), key))

    def submit_update(
        self, call: MachineCall, id: str, live: MachineState, inputs: MachineInputs, key: str
    ) -> Accepted | MachineState:
        """Have it changed, members that are not ours kept."""
        others = {k: v for k, v in live.body.items() if k not in MachineInputs.model_fields}
        after = {**others, **plain(inputs)}
        answer = call.client.ask(call, f"PUT {id}", lambda: call.client.change(id, after))
        assert answer is not None
        return answer

    def submit_delete(self, call: MachineCall, id: str, key: str) -> Accepted | None:
        """Have it scrapped."""
        answer = call.client.ask(call, f"DELETE {id}", lambda: call.client.change(id, None))
        return answer if isinstance(answer, Accepted) else None

    def look(self, call: MachineCall, operation_id: str) -> Operation:
        """Look at the operation."""
        return call.client.ask(call, f"LOOK {operation_id}", lambda: call.client.operation(operation_id))

    def read(self, call: MachineCall, id: str) -> MachineState | None:
        """Look at it."""
        return call.client.ask(call, f"GET {id}", lambda: call.client.show(id))

    def watch(self, call: MachineCall, operation_id: str) -> Watch:
        """Wait without chance."""
        return replace(super().watch(call, operation_id), random=Random(0))  # noqa: S311 - nothing secret

    def named(self, call: MachineCall, inputs: MachineInputs) -> list[MachineState]:
        """By name."""

        def found() -> list[MachineState]:
            states = [call.client.show(id) for id in call.client.machines]
            return [state for state in states if state is not None and state.name == inputs.name]

        return call.client.ask(call, "LIST", found)

    def made_at(self, state: MachineState) -> float | None:
        """When it was made."""
        return state.made

    def expected(self, call: MachineCall, id: str, inputs: MachineInputs) -> MachineState:
        """What is asked for."""
        return decoded(MachineState, {**plain(inputs), "machine_id": id, "account": ACCOUNT})


@dataclass
class Works:
    """One run of the program: a provider process, with the vendor behind it."""

    clock: Clock = field(default_factory=Clock)
    factory: Factory = field(init=False)
    claims: Claims = field(default_factory=Claims)
    warnings: list[str] = field(default_factory=list)
    progress: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.factory = Factory(self.clock)

    def life(self, urn: str = LATHE, *, seconds: float = 600.0, definition: Machine | None = None) -> Life:
        """The life of the resource with this URN."""
        call = Call(
            client=self.factory,
            moment=self.clock.moment(seconds),
            urn=urn,
            progress=self.progress.append,
            warn=self.warnings.append,
        )
        return Life(definition or Machine(), call, self.claims)

    def next_run(self, after: float = 60.0) -> None:
        """End this process, and start another after a while; Ctrl-C is over."""
        self.clock.time += after
        self.clock.is_stopped = False
        self.claims, self.warnings, self.progress, self.factory.journal = Claims(), [], [], []

    def requests(self) -> list[str]:
        """What the vendor was asked since the last look, repeated looks at one operation as one."""
        seen, self.factory.journal = self.factory.journal, []
        return [name for at, name in enumerate(seen) if name not in seen[max(0, at - 1) : at]]

    def trouble(self, when: str, request: str, error: BaseException | None = None, *, skip: int = 0) -> None:
        """Have something become of a request; a lost answer, if nothing else is said."""
        self.factory.troubles.append(Trouble(when, request, error or LostAnswerError("no answer"), skip))
