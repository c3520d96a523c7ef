"""Remembers which steps of the setup are done, by the content of what they depend on."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


def fingerprint(*parts: str | Path) -> str:
    """Return a hash of texts and of the contents of files."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else part.encode()
        digest.update(b"%d " % len(content))
        digest.update(content)
    return digest.hexdigest()


@dataclass(frozen=True)
class Step:
    """One thing that the setup leaves behind.

    `stamp` lies where the thing lies, so that both go together. `present` looks for the thing itself. `do`
    makes it and returns what there is to say about it.
    """

    name: str
    stamp: Path
    fingerprint: str
    present: Callable[[], bool]
    do: Callable[[], str]

    def is_done(self) -> bool:
        """Say whether the thing is there and made from what the repository holds now."""
        return self.stamp.is_file() and self.stamp.read_text() == self.fingerprint and self.present()

    def ensure(self) -> None:
        """Do the step unless it is done; an interrupted step counts as not done."""
        if self.is_done():
            print(f"{self.name}: up to date", flush=True)
            return
        print(f"{self.name} ...", flush=True)
        self.stamp.unlink(missing_ok=True)
        said = self.do()
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(self.fingerprint)
        print(f"{self.name}: {said}", flush=True)
