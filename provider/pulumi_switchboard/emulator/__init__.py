"""A local stand-in for the vendors' configuration APIs.

It runs as the command `switchboard emulator`, or inside a test:

    with Emulator() as emulator:
        requests.get(f"{emulator.url}/voice.twilio.com/v2/Configurations/Client", auth=(sid, token))

It shares no code with the rest of the package, so that the same mistake cannot hide on both sides.
"""

from pulumi_switchboard.emulator.emulator import Emulator
from pulumi_switchboard.emulator.journal import JournalEntry
from pulumi_switchboard.emulator.switches import Switches

__all__ = ["Emulator", "JournalEntry", "Switches"]
