"""The fixtures of the tests of generated programs."""

from tests.conformance.conftest import world

__all__ = ["world"]
