"""The base of all resource classes."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import isawaitable
from typing import Any, ClassVar

import pulumi
from pulumi import dynamic
from typing_extensions import Self

from pulumi_switchboard.dynamic import load
from pulumi_switchboard.program.identity import hidden_inputs
from pulumi_switchboard.program.provider import settle_provider
from pulumi_switchboard.program.type_keys import token_of
from pulumi_switchboard.program.values import tidy
from pulumi_switchboard.sensitive import is_sensitive
from pulumi_switchboard.state_keys import SECRET


class _ProviderReference(dynamic.ResourceProvider):
    """Stands for the provider of a type. Pickled, it is the loader's name and the type's key, no more."""

    serialize_as_secret_always = False

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return load, (self._key,)


class Resource(dynamic.Resource):
    """A configuration at a vendor. A subclass that names no module and name is of its parent's type."""

    _key: ClassVar[str] = ""
    _outputs: ClassVar[tuple[str, ...]] = ()
    _secrets: ClassVar[tuple[str, ...]] = ()
    _urls: ClassVar[tuple[str, ...]] = ()
    """The arguments that hold URLs."""

    def __init_subclass__(cls, module: str = "", name: str = "", **kwargs: Any) -> None:
        token = getattr(cls, "_resource_type_name", "")
        super().__init_subclass__(module=module, name=name, **kwargs)
        if module:
            cls._key = f"{module}:{name}"
        else:
            cls._resource_type_name = token

    def __init__(
        self, resource_name: str, arguments: Mapping[str, Any], opts: pulumi.ResourceOptions | None = None
    ) -> None:
        opts = pulumi.ResourceOptions.merge(opts, None)
        opts.additional_secret_outputs = [*(opts.additional_secret_outputs or ()), *self._secrets]
        provider = settle_provider(token_of(self._key), opts)
        hidden: dict[str, Any] = {}
        if opts.id is None:
            hidden = {**hidden_inputs(provider, self._key, resource_name, opts.parent, opts.import_)}
            given = {name: _reusable(value) for name, value in arguments.items() if value is not None}
            wholes = {name: pulumi.Output.from_input(value) for name, value in given.items()}
            hidden[SECRET] = _secret_among(wholes)
            arguments = {
                name: _secret_as_a_whole(whole, given[name], has_urls=name in self._urls)
                for name, whole in wholes.items()
            }
            opts.import_ = None
        secrets = {n: pulumi.Output.secret(v) for n in self._secrets if (v := arguments.get(n)) is not None}
        properties = {**dict.fromkeys(self._outputs), **hidden, **arguments, **secrets}
        super().__init__(_ProviderReference(self._key), resource_name, properties, opts)

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Self:
        """Look up an object that exists, without managing it.

        Args:
            resource_name: The name of the look-up in the program.
            id: The id of the object at the vendor.
            opts: Options of the resource, such as its provider.
        """
        resource = cls.__new__(cls)
        Resource.__init__(
            resource, resource_name, {}, pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(id=id))
        )
        return resource

    def _output(self, name: str) -> pulumi.Output[Any]:
        """An output as its type says: the engine makes every number a float and loses the order of keys."""
        output: pulumi.Output[Any] = self.__dict__[name]
        return output.apply(tidy)


def _reusable(value: Any) -> Any:
    """The value, with an output in place of all in it that can be awaited only once."""
    if isinstance(value, Mapping):
        return {name: _reusable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_reusable(item) for item in value]
    return pulumi.Output.from_input(value) if isawaitable(value) else value


async def _secret_among(wholes: Mapping[str, pulumi.Output[Any]]) -> list[str] | None:
    """The arguments that are secret, which the engine keeps from the provider; None if there are none."""
    return [name for name, whole in wholes.items() if await whole.is_secret()] or None


async def _secret_as_a_whole(whole: pulumi.Output[Any], value: Any, *, has_urls: bool) -> Any:
    """The argument, as a secret if anything in it is one or must not be shown; else the value as it is given.

    The engine finds a secret in a map by its key, and loses sight of it once the vendor has shown others.
    """
    if await whole.is_secret():
        return whole
    known = await whole.future(with_unknowns=True)
    return pulumi.Output.secret(whole) if is_sensitive(known, has_urls=has_urls) else value
