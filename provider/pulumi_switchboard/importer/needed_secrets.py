"""The settings of the stack from which a generated program reads its secrets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pulumi_switchboard.accounts.objects import FoundObject
from pulumi_switchboard.fields.paths import Path, path_text
from pulumi_switchboard.importer.declaration import Declaration
from pulumi_switchboard.importer.names import Names


@dataclass(frozen=True)
class NeededSecret:
    """A setting of the stack that the program reads as a secret."""

    key: str
    """The name of the setting, without the project's."""
    found: FoundObject
    path: str
    """The argument that it is for."""
    value: str | None = field(repr=False)
    """The value at the vendor; None if the vendor does not show it."""
    others: int = 0
    """For how many further arguments it is: those with the same value."""


class NeededSecrets:
    """The settings of one program. Arguments with the same secret, such as a webhook's URL, share one."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._by_key: dict[str, NeededSecret] = {}
        self._keys: dict[str, str] = {}

    def keys(self, one: Declaration) -> dict[Path, str]:
        """The settings of a declaration, by the places of its secrets."""
        return {path: self._key(one, path, secret.value) for path, secret in one.secrets.items()}

    def all(self) -> tuple[NeededSecret, ...]:
        """The settings of all declarations so far."""
        return tuple(self._by_key.values())

    def _key(self, one: Declaration, path: Path, value: str | None) -> str:
        if value is not None and (shared := self._keys.get(value)):
            known = self._by_key[shared]
            self._by_key[shared] = replace(known, others=known.others + 1)
            return shared
        key = self._names.setting(one.name, path)
        self._by_key[key] = NeededSecret(key, one.found, path_text(path), value)
        if value is not None:
            self._keys[value] = key
        return key
