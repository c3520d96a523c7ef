"""What the tests of the core share."""

import pytest

from tests.core.factory import Works
from tests.core.fakes import House
from tests.core.singleton_stack import Stack


@pytest.fixture
def house() -> House:
    """A provider process with an empty account behind it."""
    return House()


@pytest.fixture
def stack() -> Stack:
    """A stack without resources, and an account without a lamp."""
    return Stack()


@pytest.fixture
def works() -> Works:
    """The first run of a program."""
    return Works()
