"""Whatever happens in whatever order, what is someone else's stays, and what was there comes back.

Someone else's values are never ones of the programs, so that it can be told whose a value is. The limits:
- What a killed update has put into a field is not known to be ours; nor what was there before.
- Where someone has put up the object anew, its empty fields are no one's.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st
from pulumi_switchboard.core.shape import canonical
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import LostAnswerError, SwitchboardError

from tests.core.singleton_fakes import EMPTY, LAMP_TYPE, LampInputs, refusal
from tests.core.singleton_stack import Crash, Stack

VALUES: dict[str, list[Any]] = {
    "room": ["ours-1", "ours-2"],
    "colours": [[], ["ours-1"], ["ours-2", "ours-1"]],
    "hook": ["", "ours-1", "ours-2"],
    "labels": [{}, {"of": "ours"}],
    "dimmed": [False, True],
    "levels": [[], [1], [2, 1]],
}
THEIRS: dict[str, Callable[[int], Any]] = {
    "room": lambda n: f"theirs-{n}",
    "colours": lambda n: [f"theirs-{n}"],
    "hook": lambda n: f"theirs-{n}",
    "labels": lambda n: {"of": f"theirs-{n}"},
    "levels": lambda n: [n],
    "shade": lambda n: f"theirs-{n}",
}
OURS, NOT_OURS = "ours", "theirs"


def same(name: str, one: Any, other: Any) -> bool:
    """Whether two values of a field mean the same."""
    one, other = (EMPTY.get(name) if value is None else value for value in (one, other))
    return bool(canonical(LampInputs, name, one) == canonical(LampInputs, name, other))


@dataclass
class History:
    """A stack, and who did what to the lamp behind it."""

    stack: Stack = field(default_factory=Stack)
    changes: int = 100
    """Someone else's changes; a number that is no value of a program."""
    hands: dict[str, str] = field(default_factory=dict)
    """Who has set a field, if that can be told."""
    given: set[str] = field(default_factory=set)
    """The fields that any program has managed."""
    managed: set[str] = field(default_factory=set)
    """The fields that state knows to be managed."""
    prior: Bag = field(default_factory=dict)
    """What the fields held before they were managed."""
    doubtful: set[str] = field(default_factory=set)
    """The fields of which that can't be told any more."""
    is_stale: bool = False
    """Whether the vendor has what state does not know of."""

    @property
    def lamp(self) -> Bag | None:
        """The lamp as it really is."""
        return self.stack.vendor.lamp

    def someone_sets(self, names: set[str]) -> None:
        """Have someone else change these fields."""
        self.changes += 1
        is_new = self.lamp is None
        self.stack.vendor.someone_sets(**{name: THEIRS[name](self.changes) for name in sorted(names)})
        if is_new:
            self.hands, self.doubtful = {}, {*self.doubtful, *self.given}
        self.hands |= dict.fromkeys(names, NOT_OURS)
        self.is_stale = True

    def someone_takes_it_away(self) -> None:
        """Have someone else take the lamp away."""
        self.stack.vendor.someone_takes_it_away()
        self.hands, self.is_stale = {}, True

    def up(self, program: Bag, accepted: set[str]) -> None:
        """Deploy a program, which has what is there now in the fields that it accepts."""
        before = dict(self.lamp or {})
        program = {**program, **{n: before[n] for n in accepted & before.keys() & program.keys()}}
        managed = LAMP_TYPE.completed(program).keys()
        self.given |= managed
        self._remember(before, managed)
        accepted = {name for name in program if name in before and same(name, before[name], program[name])}
        try:
            self.stack.up(program)
        except Crash:
            self.doubtful |= self.given
            self._note_hands(before)
            self.is_stale = True
            raise
        except SwitchboardError as error:
            self.managed |= managed if isinstance(error, LostAnswerError) else set()
            self._note_hands(before)
            self.hands = {name: hand for name, hand in self.hands.items() if name not in accepted}
            self.doubtful |= accepted
            raise
        finally:
            self._check_writes()
        self.managed = set(managed)
        self._note_hands(before)
        if not self.is_stale:
            self.hands |= dict.fromkeys(accepted, OURS)
            assert [
                name for name in program if not same(name, self.stack.shown(name)[0], program[name])
            ] == []
        else:
            self.doubtful |= accepted
            self.hands = {name: hand for name, hand in self.hands.items() if name not in accepted}
        assert not self.stack.is_changed_by(program)
        self.stack.up(program)
        assert self.stack.requests() == []

    def _remember(self, before: Bag, managed: Any) -> None:
        """Note what is there in the fields that are about to be managed."""
        for name in managed - self.managed:
            if name in self.prior and name not in self.hands:
                self.doubtful.add(name)
            elif self.hands.get(name) != OURS:
                self.prior[name] = before.get(name)

    def _note_hands(self, before: Bag) -> None:
        """Note which fields we have set."""
        now = self.lamp
        if now is None:
            self.hands = {}
            return
        self.hands |= {n: OURS for n in VALUES if n in now and not same(n, now[n], before.get(n))}

    def _check_writes(self) -> None:
        """What no program has ever given is not written."""
        for request in self.stack.writes():
            assert set(request.split()[1:]) <= self.given

    def refresh(self) -> None:
        """Look at the lamp."""
        self.stack.refresh()
        self.is_stale = False
        if self.stack.outputs is None:
            self._forget()

    def destroy(self, policy: str) -> None:
        """Give the lamp back."""
        before, stack = (dict(self.lamp) if self.lamp is not None else None), self.stack
        taken, stack.on_destroy = stack.taken, policy
        ours, theirs = self._sides(set(taken.written))
        self.is_stale = True
        try:
            stack.destroy()
        finally:
            stack.requests()
            self._note_hands(before or {})
        if policy == "retain" or before is None:
            assert self.lamp == before
        elif policy == "reset" or (not taken.existed and ours == taken.written.keys()):
            assert self.lamp is None
        elif self.lamp is not None:
            assert {n: self.lamp[n] for n in theirs} == {n: before[n] for n in theirs}
            assert taken.existed or self.lamp == before
            known = [name for name in ours if name in taken.found and taken.existed]
            assert [name for name in known if not same(name, self.prior[name], self.lamp[name])] == []
        else:
            assert not taken.existed
            assert not theirs
        self._forget()

    def _sides(self, written: set[str]) -> tuple[set[str], set[str]]:
        """Which of the fields are certainly ours, and which are someone else's, in whole groups."""
        groups = {name: LAMP_TYPE.group(name) & written for name in written}
        ours = {n for n in written - self.doubtful if all(self.hands.get(m) == OURS for m in groups[n])}
        ours -= {name for name in ours if groups[name] & self.doubtful}
        theirs = {n for n in written if any(self.hands.get(m) == NOT_OURS for m in groups[n])}
        return ours, theirs

    def _forget(self) -> None:
        self.hands, self.managed, self.prior, self.doubtful = {}, set(), {}, set()


PROGRAM = st.fixed_dictionaries(
    {"room": st.sampled_from(VALUES["room"])},
    optional={name: st.sampled_from(values) for name, values in VALUES.items() if name != "room"},
)
STEP = st.one_of(
    st.tuples(st.just("up"), PROGRAM, st.frozensets(st.sampled_from(list(VALUES)), max_size=2)),
    st.tuples(st.just("up"), PROGRAM, st.just(frozenset[str]())),
    st.tuples(st.just("someone"), st.sets(st.sampled_from(list(THEIRS)), min_size=1, max_size=3)),
    st.tuples(st.sampled_from(["refresh", "refresh", "away"])),
    st.tuples(st.just("destroy"), st.sampled_from(["restore", "reset", "retain"])),
)
TROUBLE = st.sampled_from(["none", "none", "none", "done", "not done", "refused", "crash"])


def act(history: History, step: tuple[Any, ...], trouble: str) -> None:
    """Do a step, in which something goes wrong."""
    stack, (action, *rest) = history.stack, step
    stack.vendor.lost = [trouble] if trouble in ("done", "not done") else []
    stack.vendor.refusals = [refusal()] if trouble == "refused" else []
    stack.crashes = trouble == "crash"
    if action == "up":
        history.up(rest[0], set(rest[1]))
    elif action == "someone":
        history.someone_sets(rest[0])
    elif action == "away":
        history.someone_takes_it_away()
    elif stack.outputs is not None and action == "refresh":
        history.refresh()
    elif stack.outputs is not None:
        history.destroy(rest[0])


@settings(max_examples=200)
@given(
    st.sets(st.sampled_from(list(THEIRS)), max_size=4),
    st.lists(st.tuples(STEP, TROUBLE), max_size=9),
    st.sampled_from(["restore", "restore", "restore", "reset", "retain"]),
)
def test_after_any_history_what_is_someone_elses_stays_and_what_was_there_comes_back(
    found: set[str], steps: list[tuple[tuple[Any, ...], str]], policy: str
) -> None:
    history = History()
    if found:
        history.someone_sets(found)
    history.is_stale = False

    for step, trouble in steps:
        with suppress(SwitchboardError, Crash):
            act(history, step, trouble)
    act(history, ("refresh",), "none")
    event(f"in the end: {'a' if history.stack.outputs else 'no'} resource, doubtful: {len(history.doubtful)}")
    act(history, ("destroy", policy), "none")

    assert history.stack.outputs is None
