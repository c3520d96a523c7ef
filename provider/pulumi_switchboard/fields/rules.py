"""Rules for values that pydantic's own limits do not express."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError, WrapValidator
from pydantic_core import InitErrorDetails, PydanticCustomError


def matches(pattern: str, requirement: str) -> WrapValidator:
    """The rule that a text as a whole matches a pattern. A text that breaks a limit too is told both.

    An `AfterValidator` sees only a text that keeps the limits.

    Args:
        pattern: The regular expression.
        requirement: What the text must be like, for a message.
    """

    def check(value: Any, keep_limits: Callable[[Any], str]) -> str:
        is_broken = isinstance(value, str) and re.fullmatch(pattern, value) is None
        try:
            text = keep_limits(value)
        except ValidationError as error:
            raise (_with(error, requirement, value) if is_broken else error) from None
        if is_broken:
            raise ValueError(requirement)
        return text

    return WrapValidator(check)


def _with(error: ValidationError, requirement: str, value: Any) -> ValidationError:
    """The error of a limit, with that of the rule."""
    limits = [
        InitErrorDetails(type=item["type"], loc=item["loc"], input=value, ctx=item.get("ctx", {}))
        for item in error.errors()
    ]
    rule = InitErrorDetails(type=PydanticCustomError("rule", "{text}", {"text": requirement}), input=value)
    return ValidationError.from_exception_data(error.title, [*limits, rule])
