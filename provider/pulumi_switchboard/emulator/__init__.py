"""A local stand-in for the vendors' configuration APIs.

It runs as the command `switchboard emulator`, or inside a test:

    with Emulator() as emulator:
        requests.get(f"{emulator.url}/voice.twilio.com/v2/Configurations/Client", auth=(sid, token))

It shares no code with the rest of the package, so that the same mistake cannot hide on both sides.

To add an API, write a module in `apis/`. It declares a `Collection` (`collection.py`) with the checks of
request bodies (`schema.py`), how it shows an object, and its switches (`switches.py`). What else an API can
have is in `accepted.py` (operations), `paging.py`, `reads.py` and `etag.py`. A request arrives in `app.py`,
where a fault (`faults/`) can act on it; `target.py` finds its host, `dispatcher.py` its account and handler.
"""

from pulumi_switchboard.emulator.emulator import Emulator
from pulumi_switchboard.emulator.journal import JournalEntry
from pulumi_switchboard.emulator.switches import Switches

__all__ = ["Emulator", "JournalEntry", "Switches"]
