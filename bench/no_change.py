"""An update that has nothing to do, beside one of trivial dynamic resources."""

from __future__ import annotations

from pulumi_switchboard.emulator import Emulator

from bench.result import Result, in_turns
from bench.stacks import stack

MANY = 100
ROUNDS = 7
BUDGET = 1.15
OURS = f"""
    for number in range({MANY}):
        twilio.voice.ClientConfiguration(
            f"desk-{{number}}", call_notification={{"url": f"https://example.com/{{number}}"}}
        )
"""
THING = """
    from pulumi import dynamic

    class Nothing(dynamic.ResourceProvider):
        def create(self, props):
            return dynamic.CreateResult("id", props)

    class Thing(dynamic.Resource):
        def __init__(self, name, url, opts=None):
            super().__init__(Nothing(), name, {"call_notification": {"url": url}}, opts)
"""
"""A trivial dynamic resource."""
TRIVIAL = f"""{THING}
    for number in range({MANY}):
        Thing(f"desk-{{number}}", f"https://example.com/{{number}}")
"""


def measure() -> list[Result]:
    """The time of the update."""
    with Emulator() as emulator, stack(OURS, emulator.url) as ours, stack(TRIVIAL) as trivial:
        ours.up()
        trivial.up()
        own, other = in_turns([ours.up, trivial.up], ROUNDS)
    ratio = own / other
    return [
        Result(
            f"no-op `pulumi up` of {MANY} configurations",
            f"{own:.2f} s",
            f"trivial dynamic resources {other:.2f} s: ratio {ratio:.2f}",
            f"<= {BUDGET}",
            ratio <= BUDGET,
        )
    ]
