"""Rules for values that pydantic's own limits do not express."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError, WrapValidator
from pydantic_core import InitErrorDetails, PydanticCustomError


def text_rule(rule: Callable[[str], str]) -> WrapValidator:
    """A rule for a text that has limits too: a text that breaks both is told both.

    An `AfterValidator` sees only a text that keeps the limits.

    Args:
        rule: Returns the text, or raises a `ValueError` that says what it must be like.
    """

    def check(value: Any, keep_limits: Callable[[Any], str]) -> str:
        try:
            text = keep_limits(value)
        except ValidationError as error:
            raise _and_of_the_rule(error, rule, value) from None
        return rule(text)

    return WrapValidator(check)


def _and_of_the_rule(error: ValidationError, rule: Callable[[str], str], value: Any) -> ValidationError:
    """The error, with that of the rule if the value is a text that breaks it."""
    if not isinstance(value, str):
        return error
    try:
        rule(value)
    except ValueError as broken:
        limits = [
            InitErrorDetails(type=item["type"], loc=item["loc"], input=value, ctx=item.get("ctx", {}))
            for item in error.errors()
        ]
        of_the_rule = InitErrorDetails(
            type=PydanticCustomError("rule", "{text}", {"text": str(broken)}), input=value
        )
        return ValidationError.from_exception_data(error.title, [*limits, of_the_rule])
    return error
