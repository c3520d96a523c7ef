"""A made-up configuration type, a vendor that keeps it in memory, and a clock that only moves when told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pulumi_switchboard.core.claims import Claims
from pulumi_switchboard.core.contract import Call, Definition, Origin
from pulumi_switchboard.core.fields import (
    Account,
    Advice,
    Autonamed,
    Id,
    Part,
    Replaces,
    State,
    Unordered,
)
from pulumi_switchboard.core.lifecycle import Life
from pulumi_switchboard.core.listings import Listings
from pulumi_switchboard.core.shape import decoded, plain
from pulumi_switchboard.core.urls import WebhookUrl
from pulumi_switchboard.core.values import Bag
from pulumi_switchboard.errors import NotFoundError, Refusal, VendorError
from pulumi_switchboard.http.retrying import Line
from pulumi_switchboard.moment import Moment
from pulumi_switchboard.vendors.credentials import Sources
from pydantic import Field, field_validator, model_validator
from typing_extensions import Self

ACCOUNT = "AC-one"
ENDPOINT = "https://vendor.example"
ORIGIN = {"account": ACCOUNT, "endpoint": ENDPOINT}
SHELF = "urn:pulumi:dev::proof::pulumi-python:dynamic/fake:Shelf::books"
OTHER = "urn:pulumi:dev::proof::pulumi-python:dynamic/fake:Shelf::papers"


class Label(Part):
    """What is written on a shelf."""

    text: str
    size: int = 12


class Rule(Part):
    """What may stand on a shelf."""

    topic: str
    weight: float | None = None


class ShelfInputs(Part):
    """A shelf."""

    place: Annotated[str, Replaces()]
    name: Annotated[str | None, Autonamed()] = None
    colour: Literal["red", "green", "blue"] = "red"
    height: int | None = None
    width: float | None = None
    tags: Annotated[list[str], Unordered()] = Field(default_factory=list)
    topics: Annotated[list[str], Unordered()] | None = None
    labels: dict[str, Label] | None = None
    remarks: dict[str, str] | None = None
    front: Label | None = None
    rules: list[Rule] | None = None
    hook: WebhookUrl | None = None
    material: Annotated[str | None, Replaces()] = None
    locked: Annotated[bool | None, Advice(lambda value: "is seldom meant" if value else None)] = None

    @field_validator("height")
    @classmethod
    def _not_too_high(cls, height: int | None) -> int | None:
        if height is not None and height > 9:
            raise ValueError("must not be above 9")
        return height

    @model_validator(mode="after")
    def _green_is_low(self) -> Self:
        if self.colour == "green" and (self.height or 0) > 5:
            raise ValueError("a green shelf must not be above 5")
        return self


class ShelfState(ShelfInputs, State):
    """A shelf as the vendor shows it."""

    shelf_id: Annotated[str, Id()]
    account: Annotated[str, Account()]
    version: int | None = None


@dataclass
class Clock:
    """A clock that stands still, save when someone sleeps."""

    time: float = 1000.0
    slept: list[float] = field(default_factory=list)
    is_stopped: bool = False
    """Whether the calls were told to stop."""

    def now(self) -> float:
        """The time."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Move the time on."""
        self.slept.append(seconds)
        self.time += seconds

    def moment(self, seconds: float = 600.0) -> Moment:
        """A moment of this length that starts now."""
        return Moment(self.now, self.sleep, self.time + seconds, lambda: self.is_stopped, self.now)


@dataclass
class Vendor:
    """An account at the vendor; a client of it, too."""

    origin: Origin = field(default_factory=lambda: Origin(ACCOUNT, ENDPOINT))
    holder: str = ACCOUNT
    """The account that the credentials really belong to."""
    shelves: dict[str, Bag] = field(default_factory=dict)
    journal: list[str] = field(default_factory=list)
    lag: int = 0
    """How many reads after a write, whose own answer is no newer, show what was there before it."""
    before: dict[str, Bag] = field(default_factory=dict)
    stale_reads: int = 0
    lose_answer: Exception | None = None
    """What becomes of the next answer to a create, though the object is made."""
    looks_up_names: bool = True
    """Whether one request can tell what has a name."""
    unreadable: Exception | None = None
    """What becomes of every read."""
    refuse: Exception | None = None
    """What becomes of the next create, which has no effect."""
    hidden_looks: int = 0
    """How many looks by name do not see what is there."""
    lose_update: Exception | None = None
    """What becomes of the next answer to an update, though it has its effect."""
    keeps: bool = False
    """Whether it refuses to delete."""
    unlistable: Exception | None = None
    """What becomes of every list."""
    unlisted: set[str] = field(default_factory=set)
    """The ids that a list leaves out."""

    @classmethod
    def sign_in(cls, sources: Sources, line: Callable[[Origin], Line]) -> Self:
        """Not needed here: tests hand the client over."""
        raise NotImplementedError

    def put_up(self, id: str, **members: Any) -> None:
        """Have an object that someone else has made."""
        self.shelves[id] = {"place": "hall", **members}

    def show(self, id: str) -> ShelfState | None:
        """The object as it is now, or as it was where the vendor is not up to date."""
        shelves = self.shelves
        if self.stale_reads > 0:
            self.stale_reads -= 1
            shelves = self.before
        return self.state(id, shelves[id]) if id in shelves else None

    def write(self, id: str, before: Bag, after: Bag) -> None:
        """Take a write, which will show after the lag."""
        self.before = {**self.shelves, id: before}
        self.shelves[id] = after
        self.stale_reads = self.lag

    def answer(self, id: str) -> ShelfState:
        """The answer to a write."""
        return self.state(id, (self.before if self.lag else self.shelves)[id])

    def state(self, id: str, shelf: Bag) -> ShelfState:
        """What an answer holds."""
        body = {**shelf, "shelf_id": id, "account": self.holder}
        return decoded(ShelfState, body).model_copy(update={"body": body})


ShelfCall = Call[Vendor]


class Shelf(Definition[ShelfInputs, ShelfState, Vendor]):
    """How a shelf lives."""

    key: ClassVar[str] = "fake:Shelf"
    vendor = Vendor
    inputs = ShelfInputs
    state = ShelfState

    def find(self, call: ShelfCall, inputs: ShelfInputs) -> ShelfState | None:
        """By name."""
        call.client.journal.append("find")
        return self._named(call, inputs) if call.client.looks_up_names else None

    def search(self, call: ShelfCall, inputs: ShelfInputs) -> ShelfState | None:
        """By name, among all."""
        call.client.journal.append("search")
        return self._named(call, inputs)

    def _named(self, call: ShelfCall, inputs: ShelfInputs) -> ShelfState | None:
        call.moment.check()
        if call.client.hidden_looks > 0:
            call.client.hidden_looks -= 1
            return None
        found = [id for id, shelf in call.client.shelves.items() if shelf.get("name") == inputs.name]
        return call.client.show(found[0]) if found and inputs.name else None

    def create(self, call: ShelfCall, inputs: ShelfInputs) -> ShelfState:
        """Put it up."""
        vendor = call.client
        vendor.journal.append("create")
        if vendor.refuse is not None:
            raise vendor.refuse
        id = f"shelf-{len(vendor.shelves) + 1}"
        vendor.write(id, {"place": inputs.place}, plain(inputs))
        if vendor.lose_answer is not None:
            lost, vendor.lose_answer = vendor.lose_answer, None
            raise lost
        return vendor.answer(id)

    def read(self, call: ShelfCall, id: str) -> ShelfState | None:
        """Look at it."""
        call.client.journal.append(f"read {id}")
        if call.client.unreadable is not None:
            raise call.client.unreadable
        return call.client.show(id)

    def list_all(self, call: ShelfCall) -> Iterator[ShelfState]:
        """Look at all of them."""
        vendor = call.client
        vendor.journal.append("list")
        if vendor.unlistable is not None:
            raise vendor.unlistable
        return (vendor.state(id, shelf) for id, shelf in vendor.shelves.items() if id not in vendor.unlisted)

    def update(self, call: ShelfCall, id: str, live: ShelfState, inputs: ShelfInputs) -> ShelfState:
        """Rebuild it."""
        vendor = call.client
        vendor.journal.append(f"update {id}")
        vendor.write(id, vendor.shelves[id], {**live.body, **plain(inputs)})
        if vendor.lose_update is not None:
            lost, vendor.lose_update = vendor.lose_update, None
            raise lost
        return vendor.answer(id)

    def delete(self, call: ShelfCall, id: str, known: ShelfState) -> None:
        """Take it down."""
        call.client.journal.append(f"delete {id}")
        if call.client.keeps:
            raise VendorError(Refusal("Fake", 500, 1, "not now"))
        if call.client.shelves.pop(id, None) is None:
            raise NotFoundError(Refusal("Fake", 404, 1, "no such shelf"))


SHELF_TYPE = Shelf()


@dataclass
class House:
    """A provider process with one vendor behind it."""

    vendor: Vendor = field(default_factory=Vendor)
    clock: Clock = field(default_factory=Clock)
    claims: Claims = field(default_factory=Claims)
    warnings: list[str] = field(default_factory=list)
    progress: list[str] = field(default_factory=list)
    listings: Listings = field(default_factory=Listings)
    secrets: frozenset[str] = frozenset()
    """The arguments that the program holds as secrets."""
    told: set[str] = field(default_factory=set)
    """The parts of warnings that the user knows."""

    def life(self, urn: str = SHELF, *, seconds: float = 600.0, definition: Shelf = SHELF_TYPE) -> Life:
        """The life of the resource with this URN."""
        call = Call(
            client=self.vendor,
            moment=self.clock.moment(seconds),
            urn=urn,
            progress=self.progress.append,
            warn=self.warnings.append,
            is_news=self.is_news,
            secrets=self.secrets,
        )
        return Life(definition, call, self.claims, listings=self.listings)

    def is_news(self, text: str) -> bool:
        """Whether the user does not know this part of a warning yet."""
        is_news = text not in self.told
        self.told.add(text)
        return is_news

    def requests(self) -> list[str]:
        """What the vendor was asked since the last look."""
        seen, self.vendor.journal = self.vendor.journal, []
        return seen
