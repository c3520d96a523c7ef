"""Another account in the same program."""

from __future__ import annotations

from tests.engine.stack import Stack
from tests.engine.vendor import Vendor

OTHER = "AC" + "2" * 32
THIRD = "AC" + "3" * 32


def test_a_provider_serves_its_resources_and_those_of_a_component(stack: Stack, vendor: Vendor) -> None:
    stack.environment["ACME_TOKEN"] = stack.secret("canary-of-acme")
    stack.environment["UMBRELLA_TOKEN"] = stack.secret("canary-of-umbrella")

    stack.up(f"""
        import os

        acme = Provider("acme", twilio_account_sid="{OTHER}", twilio_auth_token=os.environ["ACME_TOKEN"])
        umbrella = Provider(
            "umbrella", twilio_account_sid="{THIRD}", twilio_auth_token=os.environ["UMBRELLA_TOKEN"]
        )

        class Desk(pulumi.ComponentResource):
            def __init__(self, name, opts=None):
                super().__init__("proof:index:Desk", name, None, opts)
                twilio.voice.ClientConfiguration(
                    name,
                    call_notification={{"url": "https://desk.example.com"}},
                    opts=pulumi.ResourceOptions(parent=self),
                )

        own = twilio.voice.ClientConfiguration("own", call_notification={{"url": "https://own.example.com"}})
        theirs = twilio.voice.ClientConfiguration(
            "theirs",
            call_notification={{"url": "https://acme.example.com"}},
            opts=pulumi.ResourceOptions(provider=acme),
        )
        Desk("desk", pulumi.ResourceOptions(providers=[umbrella]))
        Desk("plain")
        pulumi.export("accounts", [own.account_sid, theirs.account_sid])
    """)

    assert stack.outputs()["accounts"] == ["AC" + "1" * 32, OTHER]
    assert {name.rsplit("-", 1)[0] for name in _names(vendor, "AC" + "1" * 32)} == {"own", "plain"}
    assert {name.rsplit("-", 1)[0] for name in _names(vendor, OTHER)} == {"theirs"}
    assert {name.rsplit("-", 1)[0] for name in _names(vendor, THIRD)} == {"desk"}
    assert vendor.new_writes() == ["POST"] * 4
    stack.assert_settled()
    stack.destroy()
    assert [vendor.clients(account) for account in ("AC" + "1" * 32, OTHER, THIRD)] == [{}, {}, {}]


def test_a_provider_with_a_part_of_the_credentials_is_refused(stack: Stack, vendor: Vendor) -> None:
    said = stack.up(
        f"""
        acme = Provider("acme", twilio_account_sid="{OTHER}")
        twilio.voice.ClientConfiguration(
            "theirs",
            call_notification={{"url": "https://acme.example.com"}},
            opts=pulumi.ResourceOptions(provider=acme),
        )
        """,
        fails=True,
    )

    assert "not twilio:authToken" in said
    assert vendor.new_requests() == []


def test_a_new_token_of_a_provider_touches_no_object(stack: Stack, vendor: Vendor) -> None:
    program = f"""
        import os

        acme = Provider("acme", twilio_account_sid="{OTHER}", twilio_auth_token=os.environ["ACME_TOKEN"])
        twilio.voice.ClientConfiguration(
            "theirs",
            call_notification={{"url": "https://acme.example.com"}},
            opts=pulumi.ResourceOptions(provider=acme),
        )
    """
    stack.environment["ACME_TOKEN"] = stack.secret("canary-of-old")
    stack.up(program)
    before = vendor.clients(OTHER)
    vendor.new_requests()

    stack.environment["ACME_TOKEN"] = stack.secret("canary-of-new")
    stack.up(program)

    assert vendor.new_writes() == []
    assert vendor.clients(OTHER) == before
    stack.assert_settled()


def _names(vendor: Vendor, account: str) -> set[str]:
    return {client["unique_name"] for client in vendor.clients(account).values()}
