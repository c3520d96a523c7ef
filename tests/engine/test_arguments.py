"""What a program may say, and what it is told when it may not."""

from __future__ import annotations

from tests.engine.stack import Stack
from tests.engine.vendor import Vendor


def test_all_problems_are_reported_at_once_and_no_value_is_echoed(stack: Stack, vendor: Vendor) -> None:
    stack.secrets += ["canary-url", "canary name", "canary-method", "canary-description"]

    said = stack.up(
        """
        twilio.voice.ClientConfiguration(
            "support",
            unique_name="canary name",
            description=["canary-description"],
            call_notification={
                "url": pulumi.Output.secret("desk.example.com/canary-url"),
                "method": "canary-method",
                "methods": "canary-method",
            },
        )
        """,
        fails=True,
    )

    for problem in (
        "call_notification.url: is not an absolute URL",
        "call_notification.method: must be 'GET' or 'POST'",
        "call_notification.methods: is not known here; known are: url, method",
        "unique_name: must not contain spaces",
        "description: must be a valid string",
    ):
        assert problem in said
    assert vendor.new_requests() == []
    assert stack.resources() == []


def test_what_is_unknown_in_a_preview_is_no_problem(stack: Stack, vendor: Vendor) -> None:
    stack.write("""
        first = twilio.voice.ClientConfiguration("first", call_notification={"url": "https://a.example.com"})
        twilio.voice.ClientConfiguration(
            "second",
            unique_name=first.configuration_id,
            description=first.date_created.apply(lambda date: f"since {date}"),
            call_notification={"url": first.configuration_id.apply(lambda id: f"https://a.example.com/{id}")},
        )
    """)

    assert "+ 4 to create" in stack.preview()
    stack.up()

    names = {client["unique_name"] for client in vendor.clients().values()}
    assert names & stack.ids()
    stack.assert_settled()


def test_plain_http_is_warned_of_once_and_only_when_it_is_new(stack: Stack) -> None:
    program = """
        twilio.voice.ClientConfiguration(
            "support", description="one", call_notification={"url": "http://desk.example.com"}
        )
    """
    warning = "warning: call_notification.url is plain http"

    created = stack.up(program)
    changed = stack.up(program.replace("one", "two"))

    assert created.split("Diagnostics:")[1].count(warning) == 1
    assert warning not in changed
    stack.assert_settled()


def test_values_that_mean_the_same_are_no_change(stack: Stack, vendor: Vendor) -> None:
    stack.up("""
        twilio.voice.ClientConfiguration("support", call_notification={"url": "https://desk.example.com"})
    """)
    vendor.new_requests()

    said = stack.up("""
        twilio.voice.ClientConfiguration(
            "support", description="", call_notification={"method": "POST", "url": "https://desk.example.com"}
        )
    """)

    assert "3 unchanged" in said
    assert vendor.new_writes() == []
    stack.assert_settled()


def test_outputs_are_typed_and_print_the_same_in_every_run(stack: Stack) -> None:
    program = """
        support = twilio.voice.ClientConfiguration(
            "support", call_notification={"url": "https://desk.example.com", "method": "GET"}
        )
        pulumi.export("json", pulumi.Output.json_dumps(support.call_notification))
        pulumi.export("url", support.call_notification["url"])
    """
    stack.up(program)

    assert stack.outputs() == {
        "json": '{"method": "GET", "url": "https://desk.example.com"}',
        "url": "https://desk.example.com",
    }
    stack.assert_settled()
