"""The bridge to Pulumi's dynamic provider host.

Every resource in every stack's state names `pulumi_switchboard.dynamic.load` as the way to its
provider. This name and the keys given to it are a state format: they never change.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pulumi.dynamic import ResourceProvider


def load(key: str) -> ResourceProvider:
    """The provider of the type with this key; called in the provider process, when it unpickles.

    Loading makes many objects and no garbage. To look for garbage meanwhile takes a tenth of the time.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        from pulumi_switchboard.dynamic.bridge import Bridge  # noqa: PLC0415 - the program imports this module, and needs no provider
    finally:
        if collects:
            gc.enable()
    return Bridge(key)
