"""One sample for each configuration type: all that the tests need to know of it.

That of `twilio/voice:ClientConfiguration` is in `twilio/voice/client_configuration.py`, as `sample`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from tests.samples.sample import Sample


@cache
def every() -> tuple[Sample, ...]:
    """All samples, by type."""
    names = (info.name for info in walk_packages(__path__, f"{__name__}.") if not info.ispkg)
    modules = map(import_module, names)
    samples = [module.sample for module in modules if hasattr(module, "sample")]
    return tuple(sorted(samples, key=lambda sample: sample.type))


@cache
def by_type() -> Mapping[str, Sample]:
    """All samples by the keys of their types."""
    return {sample.type: sample for sample in every()}
