"""What is written once for each type and never again: a saved state, and the format of its hidden members.

Both are in every user's stacks. `make generate` writes them for a type that has none.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pulumi_switchboard.resource.definition import type_name

STATES = Path(__file__).parent / "saved_states"
"""For each type the arguments of a resource, and what the engine has saved of it."""
FORMATS = Path(__file__).parent / "state_formats"
"""For each type the kinds of hidden members: after a create, and while an operation is pending."""


def path_in(folder: Path, type: str) -> Path:
    """The file of a type."""
    return folder / f"{type_name(type)}.json"


def states() -> dict[str, Any]:
    """The saved states, by type."""
    read = [json.loads(path.read_text()) for path in sorted(STATES.glob("*.json"))]
    return {state["inputs"]["_resource"].rpartition("::")[0]: state for state in read}


PROVIDERS: dict[str, str] = {type: state["outputs"]["__provider"] for type, state in states().items()}
"""What every state has as `__provider` of each type, unchanged from the first release on."""
