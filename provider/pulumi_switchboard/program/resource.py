"""The base class of all resource classes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar

import pulumi
from pulumi import dynamic
from pulumi.runtime.rpc import UNKNOWN
from typing_extensions import Self

from pulumi_switchboard.dynamic import load
from pulumi_switchboard.program.engine import require_engine
from pulumi_switchboard.program.identity import hidden_inputs
from pulumi_switchboard.program.outputs import MissingMemberError
from pulumi_switchboard.program.provider import choose_provider
from pulumi_switchboard.program.type_keys import token_of
from pulumi_switchboard.sensitive import is_sensitive
from pulumi_switchboard.state_keys import IMPORT, SECRET


class _ProviderReference(dynamic.ResourceProvider):
    """Stands for the provider of a type. Its pickle contains only the loader's name and the type's key."""

    serialize_as_secret_always = False

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return load, (self._key,)


class Resource(dynamic.Resource):
    """A configuration at a vendor."""

    _key: ClassVar[str] = ""
    _outputs: ClassVar[tuple[str, ...]] = ()
    _secrets: ClassVar[tuple[str, ...]] = ()
    _urls: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(
        cls,
        module: str = "",
        name: str = "",
        outputs: tuple[str, ...] = (),
        secrets: tuple[str, ...] = (),
        urls: tuple[str, ...] = (),
        **kwargs: Any,
    ) -> None:
        """Describe the type. A subclass without a module has the type of its parent.

        Args:
            module: The module of the type's key.
            name: The name in the type's key.
            outputs: The outputs of the resource.
            secrets: The arguments and outputs that are always secret.
            urls: The arguments that contain URLs.
            kwargs: What other base classes of the subclass take.
        """
        token = getattr(cls, "_resource_type_name", "")
        super().__init_subclass__(module=module, name=name, **kwargs)
        if module:
            cls._key = f"{module}:{name}"
            cls._outputs, cls._secrets, cls._urls = outputs, secrets, urls
        else:
            cls._resource_type_name = token

    def __init__(
        self, resource_name: str, arguments: Mapping[str, Any], opts: pulumi.ResourceOptions | None = None
    ) -> None:
        require_engine()
        opts = pulumi.ResourceOptions.merge(opts, None)
        opts.additional_secret_outputs = [*(opts.additional_secret_outputs or ()), *self._secrets]
        provider = choose_provider(token_of(self._key), opts)
        hidden: dict[str, Any] = {}
        self._adopted: pulumi.Output[Any] | None = None
        if opts.id is None:
            inputs = hidden_inputs(provider, self._key, resource_name, opts.parent, opts.import_)
            self._adopted = pulumi.Output.from_input(inputs[IMPORT])
            hidden = {name: self._if_served_by(provider, value) for name, value in inputs.items()}
            given = {name: _reusable(value) for name, value in arguments.items() if value is not None}
            outputs = {name: pulumi.Output.from_input(value) for name, value in given.items()}
            hidden[SECRET] = _secret_names(outputs)
            arguments = {
                name: _secret_as_a_whole(output, given[name], has_urls=name in self._urls)
                for name, output in outputs.items()
            }
            opts.import_ = None
        secrets = {n: pulumi.Output.secret(v) for n in self._secrets if (v := arguments.get(n)) is not None}
        properties = {**dict.fromkeys(self._outputs), **hidden, **arguments, **secrets}
        super().__init__(_ProviderReference(self._key), resource_name, properties, opts)

    @property
    def _object_id(self) -> pulumi.Output[str]:
        """The id of the object. A preview knows it before the create if that adopts an existing object."""
        adopted = self._adopted
        if adopted is None or not pulumi.runtime.is_dry_run():
            return self.id
        saved = self.id

        async def is_known() -> bool:
            return await saved.is_known() or await adopted.future() not in (None, UNKNOWN)

        async def value() -> str:
            return str(await (saved if await saved.is_known() else adopted).future())

        return pulumi.Output({self}, asyncio.ensure_future(value()), asyncio.ensure_future(is_known()))

    if not TYPE_CHECKING:  # a type checker would take it that every name is an attribute

        def __getattr__(self, name: str) -> Any:
            """Say what a misspelled name was probably meant to be. Copies and Pulumi try private names."""
            if name.startswith("_") or hasattr(type(self), name):
                return object.__getattribute__(self, name)
            known = [attribute for attribute in dir(self) if not attribute.startswith("_")]
            raise MissingMemberError.of(type(self).__name__, name, known)

    async def _if_served_by(self, provider: pulumi.ProviderResource, value: Awaitable[Any]) -> Any:
        """The value, unless a transformation of the program has changed the provider after it was chosen."""
        result = await value
        if self.get_provider(token_of(self._key)) is not provider:
            raise pulumi.RunError(
                f"a transformation changes the provider of {self._key} {self.pulumi_resource_name!r}; "
                "name the provider in the options of the resource or of a parent instead"
            )
        return result

    @classmethod
    def get(
        cls, resource_name: str, id: pulumi.Input[str], opts: pulumi.ResourceOptions | None = None
    ) -> Self:
        """Look up an existing object without managing it.

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


def _reusable(value: Any) -> Any:
    """The value, with an output in place of each part that can be awaited only once."""
    if isinstance(value, Mapping):
        return {name: _reusable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_reusable(item) for item in value]
    return pulumi.Output.from_input(value) if isawaitable(value) else value


async def _secret_names(outputs: Mapping[str, pulumi.Output[Any]]) -> list[str] | None:
    """The secret arguments, because the engine does not tell the provider; None if there are none."""
    return [name for name, output in outputs.items() if await output.is_secret()] or None


async def _secret_as_a_whole(output: pulumi.Output[Any], value: Any, *, has_urls: bool) -> Any:
    """The argument as a secret if any part of it is secret or must not be shown, else the value as given.

    The engine finds a secret inside a map by its key. It no longer finds it once the vendor shows other keys.
    """
    if await output.is_secret():
        return output
    known = await output.future(with_unknowns=True)
    return pulumi.Output.secret(output) if is_sensitive(known, has_urls=has_urls) else value
