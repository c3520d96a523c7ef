"""The webhook configuration of Conversations v1, which is sent as a form."""

from typing import Any

from tests.emulator import descriptions
from tests.emulator.client import FORM, SID, Webhooks, assert_refused, running, shown
from tests.promises import proves

PRE, POST = "https://desk.example.com/pre", "https://desk.example.com/post"
UNSET: dict[str, Any] = {
    "account_sid": SID,
    **dict.fromkeys(("filters", "pre_webhook_url", "post_webhook_url")),
    "target": "webhook",
    "url": "https://conversations.twilio.com/v1/Configuration/Webhooks",
}
"""The configuration of an account that has never written it."""
FILTERS = ["onMessageAdded", "onConversationAdd"]
URLS = {"pre_webhook_url": PRE, "post_webhook_url": POST}
SET: dict[str, Any] = {**UNSET, **URLS, "method": "GET", "filters": FILTERS, "target": "flex"}
EVERYTHING: dict[str, Any] = {"Method": "GET", "Filters": FILTERS, "Target": "flex"}
EVERYTHING |= {"PreWebhookUrl": PRE, "PostWebhookUrl": POST}
"""A form with every parameter."""


@proves("emulator.strict")
def test_an_update_answers_the_whole_configuration(webhooks: Webhooks) -> None:
    assert shown(webhooks.get(Webhooks.path)) == UNSET
    assert webhooks.emulator.state == {}
    assert webhooks.update() == UNSET
    assert webhooks.emulator.state == {SID: {Webhooks.type: {SID: UNSET}}}
    assert webhooks.update(**EVERYTHING) == SET
    assert webhooks.update(Filters="onUserAdded", Target="") == {
        **SET,
        "filters": ["onUserAdded"],
        "target": "webhook",
    }
    assert webhooks.update(**dict.fromkeys(EVERYTHING, "")) == UNSET
    for method in ("get", "Get", "GET"):
        assert webhooks.update(Method=method)["method"] == "GET"
    url = "http://user:pass@desk.example.com:8080/päth?a=b&c=%20+d#e"
    assert webhooks.update(PreWebhookUrl=url)["pre_webhook_url"] == url
    filters = ["onMessageSend", "onTomorrow", "onMessageAdded", "onMessageAdded", "zu später Stunde, &=+%"]
    assert webhooks.update(Filters=filters)["filters"] == filters


@proves("emulator.strict")
def test_a_wrong_parameter_is_refused_by_its_name_and_changes_nothing(webhooks: Webhooks) -> None:
    webhooks.update(**EVERYTHING)
    before = webhooks.emulator.state
    once, url = "must be given once", "must be an http or https URL"
    for name, value, message in (
        *(("Method", value, "must be GET or POST") for value in ("PUT", "po\u017ft", " GET")),
        *(("Target", value, "must be webhook or flex") for value in ("studio", "Flex")),
        ("Method", ["GET", "GET"], once),
        ("Target", ["flex", "webhook"], once),
        *(("PreWebhookUrl", value, once) for value in ([PRE, PRE], [PRE, ""], ["", ""])),
        ("PreWebhookUrl", "/pre", url),
        *(("PostWebhookUrl", value, url) for value in ("ftp://a.example", "a.example", "https://")),
        *(
            ("Filters", value, "must not be empty and have other values")
            for value in (["onMessageAdded", ""], ["", ""])
        ),
        *((name, "", "is unknown") for name in ("method", "Filters[]", "WebhookUrl", "Configuration.Method")),
    ):
        for others in ({"Method": "POST"}, {"Filters": "onUserAdded"}):
            assert_refused(webhooks.send({**others, name: value}), 400, f"{name}: {message}")
    for data in (b"Method", b"Method=GET&", b"&Method=GET", b"&", b"PreWebhookUrl=\xff", b"%ff=x"):
        assert_refused(webhooks.send(data), 400, "not a valid form")
    assert webhooks.emulator.state == before


@proves("emulator.strict")
def test_older_clients_find_the_same_configuration_at_its_older_path(webhooks: Webhooks) -> None:
    older = Webhooks.path.replace("/Configuration/", "/Conversations/")
    url = {"url": f"https://{older.removeprefix('/')}"}
    assert shown(webhooks.get(older)) == {**UNSET, **url}
    sent = webhooks.request("POST", older, data=EVERYTHING, headers={"Content-Type": FORM})
    assert shown(sent) == shown(webhooks.get(older)) == {**SET, **url}
    assert shown(webhooks.get(Webhooks.path)) == SET
    assert webhooks.emulator.state == {SID: {Webhooks.type: {SID: SET}}}
    assert_refused(
        webhooks.request("POST", older, data={"Method": "PUT"}), 400, "Method: must be GET or POST"
    )
    assert_refused(webhooks.delete(older), 405)


@proves("emulator.switches")
def test_each_switch_has_its_other_values() -> None:
    operation = descriptions.find("conversations.twilio.com", "GET", ["", *Webhooks.path.split("/")[2:]])
    assert operation is not None
    schemas = operation.document["components"]["schemas"]
    (described,) = (schema for name, schema in schemas.items() if name.endswith("configuration_webhook"))
    named = described["properties"]["filters"]["description"].split("`")[1::2]
    assert len(named) == 23
    with running(Webhooks, conversations_unknown_filters="refuse") as webhooks:
        assert webhooks.update(Filters=named)["filters"] == named, "those that the vendor names"
        refused = webhooks.send({"Filters": ["onMessageAdded", "onMessageSend"]})
        assert_refused(refused, 400, "Filters[1]: must be onMessageAdd or ")
    filters = ["onUserAdded", "onMessageAdded", "onUserUpdate"]
    for order, expected in (("sorted", sorted(filters)), ("reversed", filters[::-1])):
        with running(Webhooks, conversations_filter_order=order) as webhooks:
            assert webhooks.update(Filters=filters)["filters"] == expected
            assert webhooks.update(Method="GET")["filters"] == expected
    cleared = dict.fromkeys(EVERYTHING, "")
    with running(Webhooks, conversations_empty_value="empty") as webhooks:
        webhooks.update(**EVERYTHING)
        texts = {"method": "", "filters": [], "pre_webhook_url": "", "post_webhook_url": ""}
        assert webhooks.update(**cleared) == {**UNSET, **texts}
    with running(Webhooks, conversations_empty_value="ignore") as webhooks:
        webhooks.update(**EVERYTHING)
        assert webhooks.update(**cleared) == SET
        assert webhooks.update(Method="POST", Filters="") == {**SET, "method": "POST"}
    for case, sent, method in (("lower", "POST", "post"), ("lower", "Get", "get"), ("kept", "pOsT", "pOsT")):
        with running(Webhooks, conversations_method_case=case) as webhooks:
            assert webhooks.update(Method=sent)["method"] == method
    for empty in ("null", "empty"):
        options = {"conversations_unset_target": "null", "conversations_empty_value": empty}
        with running(Webhooks, **options) as webhooks:
            assert shown(webhooks.get(Webhooks.path)) == {**UNSET, "target": None}
            assert webhooks.update(Target="webhook")["target"] == "webhook"
            assert webhooks.update(Target="")["target"] is None
    with running(Webhooks, conversations_unset_method="null") as webhooks:
        assert shown(webhooks.get(Webhooks.path)) == {**UNSET, "method": None}
