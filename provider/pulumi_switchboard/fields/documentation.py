"""The docstrings of the fields of a model, read from its source when someone asks for them."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from itertools import pairwise
from textwrap import dedent

from pydantic import BaseModel


def docstring(model: type[BaseModel], name: str) -> str:
    """The docstring of a field, as one line.

    Raises:
        TypeError: The field has none.
    """
    for kind in model.__mro__:
        if issubclass(kind, BaseModel) and name in _docstrings(kind):
            return _docstrings(kind)[name]
    raise TypeError(f"the field {name} of {model.__name__} has no docstring")


@cache
def _docstrings(model: type[BaseModel]) -> dict[str, str]:
    """The docstrings of the fields of this class, without those of its parents."""
    if model is BaseModel:
        return {}
    found: dict[str, str] = {}
    for definition in ast.parse(dedent(inspect.getsource(model))).body:
        for pair in pairwise(getattr(definition, "body", [])):
            match pair:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    found[name] = " ".join(text.split())
    return found
