"""What is wrong with settings: misspelled names, and credentials in plain text."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pulumi_switchboard.settings import GROUPS, KEYS, VARIABLES
from pulumi_switchboard.similar_names import OWN, misspelled, owner_of

CORRECT_THE_NAME = "correct the name, or remove it"
"""What to do about a misspelling."""


@dataclass(frozen=True)
class Misspelling:
    """A name that is not read, but resembles one that is."""

    name: str
    place: str
    """Where it is given."""
    meant: str

    @property
    def is_error(self) -> bool:
        """Whether no other package can use the name."""
        return self.name.startswith(OWN)

    @property
    def text(self) -> str:
        """What is wrong."""
        return f"pulumi-switchboard does not read {self.name} in {self.place}; did you mean {self.meant}?"


def misspellings(keys: Iterable[str], variables: Iterable[str], project: str) -> list[Misspelling]:
    """The misspelled names.

    Args:
        keys: The keys in the stack's configuration.
        variables: The names in the environment.
        project: The project of the stack, whose own keys may have any name.
    """
    foreign = {key for key in keys if owner_of(key, ":") != project}
    found = {
        "the stack's configuration": misspelled(foreign, KEYS, ":"),
        "the environment": misspelled(variables, VARIABLES, "_"),
    }
    return [
        Misspelling(name, place, meant) for place, names in found.items() for name, meant in names.items()
    ]


@dataclass(frozen=True)
class PlainCredential:
    """A credential that the stack's configuration holds in plain text."""

    key: str

    @property
    def text(self) -> str:
        """What is wrong."""
        return f"{self.key} is in plain text in the stack's configuration"

    @property
    def remedy(self) -> str:
        """What to do."""
        return (
            f"run `pulumi config set --secret {self.key}` to encrypt it; if others can read the file, also "
            "replace the credential at the vendor"
        )


def credentials_in_plain_text(plain_keys: Collection[str]) -> list[PlainCredential]:
    """Those of the keys with a value in plain text that should be secrets."""
    secret = [setting.config for group in GROUPS for setting in group if setting.secret]
    return [PlainCredential(key) for key in secret if key in plain_keys]
