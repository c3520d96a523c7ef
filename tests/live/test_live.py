"""`make verify-live` against an emulator behind TLS: its report, and that it leaves an account as it was."""

from __future__ import annotations

import json
import os
import re
import signal
import ssl
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import trustme
from pulumi_switchboard.emulator import Emulator, Switches
from pulumi_switchboard.emulator.faults import Answer, Hold, Operation

from tests.engine.account import Account
from tests.live.__main__ import main
from tests.live.life import PREFIX
from tests.live.report import differences
from tests.samples import every

SID, TOKEN, KEY = "AC" + "1" * 32, "0123456789abcdef" * 2, "abcd1234.SecretOfTheUltravoxKey0123456789"
CLIENT, WEBHOOKS = "twilio/voice:ClientConfiguration", "twilio/conversations:WebhookConfiguration"
CLIENTS = "voice.twilio.com/v2/Configurations/Client"
HOOK = "conversations.twilio.com/v1/Configuration/Webhooks"
ORCHESTRATOR = "conversations.twilio.com/v2/ControlPlane/Configurations"
OPERATION = "GET conversations.twilio.com/v2/ControlPlane/Operations/{id}"
STORES = "memory.twilio.com/v1/ControlPlane/Stores"
TELEPHONY = "api.ultravox.ai/api/telephony_configs/twilio"
THEIR_HOOK = {"Method": "POST", "PostWebhookUrl": "https://theirs.example.com/hook?key=secret-of-theirs"}
THEIR_CLIENT = {"configurationType": "Client", "callnotification": {"url": "https://theirs.example.com"}}
THEIR_CONFIGURATION = {
    "displayName": "theirs",
    "description": "Theirs",
    "conversationGroupingType": "GROUP_BY_PROFILE",
    "memoryStoreId": "mem_store_1",
}


class Forward(BaseHTTPRequestHandler):
    """Hands each request on to the emulator, whose address the server has as `target`."""

    def do_GET(self) -> None:
        inner = HTTPConnection(self.server.target)  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        inner.request(self.command, self.path, body, dict(self.headers))
        answer = inner.getresponse()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):  # the client has gone
            self.wfile.write(answer.read())
        inner.close()

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 - the names of the base class

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def behind_tls(url: str, authority: trustme.CA) -> Iterator[str]:
    """Something that ends TLS in front of the emulator; gives its URL."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(tls)
    with ThreadingHTTPServer(("localhost", 0), Forward) as server:
        server.target = urlsplit(url).netloc  # type: ignore[attr-defined]
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"https://localhost:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Vendors:
    """The emulator behind TLS, with an account that has some objects of its own."""

    folder: Path
    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]

    @contextmanager
    def started(self, **options: Any) -> Iterator[Emulator]:
        authority, bundle = trustme.CA(), self.folder / "bundle.pem"
        authority.cert_pem.write_to_path(str(bundle))
        with Emulator(**options) as self.emulator, behind_tls(self.emulator.url, authority) as url:
            given = {"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": TOKEN, "ULTRAVOX_API_KEY": KEY}
            given |= {"SWITCHBOARD_ENDPOINT": url, "REQUESTS_CA_BUNDLE": str(bundle)}
            for name, value in given.items():
                self.patch.setenv(name, value)
            self.patch.chdir(self.folder)
            self.make(STORES, json={"displayName": "theirs"})
            self.make(ORCHESTRATOR, json=THEIR_CONFIGURATION)
            self.make(HOOK, form=THEIR_HOOK)
            yield self.emulator

    def make(self, path: str, **body: Any) -> None:
        Account(self.emulator, SID, KEY).request("POST", f"/{path}", **body)

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run the command; returns its exit code and what it has shown."""
        code = main([*arguments, "--yes", SID])
        shown = self.capture.readouterr().out
        assert all(secret not in shown for secret in (TOKEN, KEY, "secret-of-theirs"))
        return code, shown


@pytest.fixture
def vendors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Vendors]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield Vendors(tmp_path, monkeypatch, capsys)
    for number, handler in before.items():
        signal.signal(number, handler)


def test_every_type_passes_and_the_account_is_as_before(vendors: Vendors) -> None:
    with vendors.started(switches=Switches(voice_timestamps=False)) as emulator:
        before, since = emulator.state, len(emulator.journal)
        code, shown = vendors.run()
        assert (code, emulator.state) == (0, before)
        writes = {f"{e.host}{e.path}" for e in emulator.journal[since:] if e.method == "POST"}
    assert writes >= {CLIENTS, f"{CLIENTS}/Default", HOOK, ORCHESTRATOR, STORES, TELEPHONY}
    for sample in every():
        assert f"| {sample.type} | second update is empty | passed |" in shown
        assert f"| {sample.type} | destroy | passed |" in shown
    assert f"- {CLIENT}: date_created: the vendor shows nothing, the emulator a text" in shown
    assert f"- {WEBHOOKS}" not in shown
    assert list((vendors.folder / ".live").iterdir()) == []


def test_what_fails_is_reported_and_cleaned_up_then_or_by_the_clean_up(vendors: Vendors) -> None:
    with vendors.started() as emulator:
        before = emulator.state
        with emulator.inject(f"PUT {CLIENTS}/{{id}}", Answer(400)):
            code, shown = vendors.run("--types", CLIENT)
        assert code == 1
        assert f"| {CLIENT} | update | failed |" in shown
        assert re.search(r"Twilio answered: .* \(HTTP 400", shown)
        assert f"| {CLIENT} | clean up | passed |" in shown
        assert emulator.state == before

        with emulator.inject(f"DELETE {CLIENTS}/{{id}}", Answer(400), times=None):
            code, shown = vendors.run("--types", CLIENT)
        assert code == 1
        assert f"| {CLIENT} | clean up | failed |" in shown
        vendors.make(CLIENTS, json={"unique_name": "mine", "configuration": THEIR_CLIENT})
        assert len(emulator.state[SID][CLIENT]) == 2
        vendors.patch.delenv("ULTRAVOX_API_KEY")
        assert vendors.run("--clean")[0] == 0
        assert [one["unique_name"] for one in emulator.state[SID][CLIENT].values()] == ["mine"]


def test_what_was_created_without_an_answer_is_removed(vendors: Vendors) -> None:
    with vendors.started() as emulator:
        with emulator.inject(f"POST {CLIENTS}", Answer(422, after=True)):
            code, shown = vendors.run("--types", CLIENT)
        assert code == 1
        assert re.search(rf"\| {CLIENT} \| delete {PREFIX}[-0-9a-f]+ \| passed \|", shown)
        assert emulator.state[SID].get(CLIENT, {}) == {}


@pytest.mark.parametrize("times", [1, None])
def test_an_account_setting_is_restored_or_its_original_stays_in_a_file(
    vendors: Vendors, times: int | None
) -> None:
    with vendors.started() as emulator:
        before = emulator.state[SID][WEBHOOKS]
        with emulator.inject(f"POST {HOOK}", Answer(400), nth=3, times=times):  # create, update, restore
            code, shown = vendors.run("--types", WEBHOOKS)
        assert (emulator.state[SID][WEBHOOKS] == before) == (times == 1)
    assert code == 1
    assert f"| {WEBHOOKS} | destroy | failed |" in shown
    result = "passed" if times == 1 else "failed"
    assert f"| {WEBHOOKS} | the same is there as before | {result} |" in shown
    files = list((vendors.folder / ".live").iterdir())
    assert len(files) == (times is None)
    for file in files:
        assert str(file.relative_to(vendors.folder)) in shown
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert json.loads(file.read_text())["before"]["post_webhook_url"] == THEIR_HOOK["PostWebhookUrl"]


def test_a_type_is_skipped_if_the_account_lacks_what_it_names_or_hides_what_would_be_lost(
    vendors: Vendors,
) -> None:
    with vendors.started() as emulator:
        emulator.reset()
        vendors.make(TELEPHONY, json={"accountSid": SID, "authToken": TOKEN})
        before = emulator.state
        code, shown = vendors.run("--types", "twilio.orchestrator.Configuration,ultravox.TwilioTelephony")
        assert (code, emulator.state) == (1, before)
    assert "the account has no twilio.memory.Store that this could name" in shown
    assert "the account has this setting, and what it hides could not be restored" in shown


def test_ctrl_c_ends_the_wait_and_cleans_up(vendors: Vendors) -> None:
    type = "twilio/orchestrator:Configuration"
    with vendors.started() as emulator:
        pending = emulator.inject(f"POST {ORCHESTRATOR}", Operation("PENDING"))
        of_the_create, of_the_clean_up = (emulator.inject(OPERATION, Hold()) for _ in range(2))

        def press() -> None:
            of_the_create.wait()
            os.kill(os.getpid(), signal.SIGINT)
            of_the_clean_up.wait()
            pending.release()
            of_the_clean_up.release()

        thread = threading.Thread(target=press)
        thread.start()
        code, shown = vendors.run("--types", type)
        thread.join()
        assert code == 1
        assert f"| {type} | create | failed |" in shown
        assert f"| {type} | clean up | passed |" in shown
        assert [one["displayName"] for one in emulator.state[SID][type].values()] == ["theirs"]


def test_nothing_is_sent_without_credentials_and_the_sid(vendors: Vendors) -> None:
    with vendors.started() as emulator:
        since = len(emulator.journal)
        with pytest.raises(SystemExit, match=r"Nothing was done: that is not AC1"):
            main(["--yes", "AC" + "2" * 32])
        explained = vendors.capture.readouterr().out
        assert f"account {SID} at {os.environ['SWITCHBOARD_ENDPOINT']}" in explained
        assert "GIVES ULTRAVOX YOUR TWILIO AUTH TOKEN" in explained
        vendors.patch.delenv("TWILIO_AUTH_TOKEN")
        with pytest.raises(SystemExit, match=r"twilio:authToken \(TWILIO_AUTH_TOKEN\) is not set"):
            vendors.run("--types", CLIENT)
        with pytest.raises(SystemExit, match="is neither a path nor a type"):
            vendors.run("--types", "twilio/voice:Nothing")
        assert len(emulator.journal) == since


def test_what_the_vendor_lacks_and_has_and_spells_differently_is_told_without_values() -> None:
    vendor = {"a": 1, "b": [{"c": "secret"}], "new": {"d": None}}
    assert differences(vendor, {"a": "1", "b": [{"c": "x"}], "old": True}) == [
        "a: the vendor shows a number, the emulator a text",
        "new: the vendor shows an object, the emulator nothing",
        "new.d: the vendor shows null, the emulator nothing",
        "old: the vendor shows nothing, the emulator a boolean",
    ]
