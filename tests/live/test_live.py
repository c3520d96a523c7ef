"""`make verify-live` against an emulator behind TLS: what it reports, and that it leaves an account as it was."""

from __future__ import annotations

import json
import os
import signal
import ssl
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
import trustme
from pulumi_switchboard.emulator import Emulator, Switches
from pulumi_switchboard.emulator.faults import Answer

from tests.live.__main__ import main
from tests.live.life import PREFIX
from tests.live.report import differences
from tests.samples import every

SID, TOKEN, KEY = "AC" + "1" * 32, "0123456789abcdef" * 2, "abcd1234.SecretOfTheUltravoxKey0123456789"
CLIENT, WEBHOOKS = "twilio/voice:ClientConfiguration", "twilio/conversations:WebhookConfiguration"
CLIENTS, HOOK = (
    "voice.twilio.com/v2/Configurations/Client",
    "conversations.twilio.com/v1/Configuration/Webhooks",
)
ORCHESTRATOR = "conversations.twilio.com/v2/ControlPlane/Configurations"
THEIRS = {"Method": "POST", "PostWebhookUrl": "https://theirs.example.com/hook?key=secret-of-theirs"}
SECRETS = (TOKEN, KEY, "secret-of-theirs")


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


@contextmanager
def vendors(folder: Path, patch: pytest.MonkeyPatch, **options: object) -> Iterator[Emulator]:
    """The vendors, with an account that has a memory store, a configuration and webhooks of its own."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    authority, bundle = trustme.CA(), folder / "bundle.pem"
    authority.cert_pem.write_to_path(str(bundle))
    with ExitStack() as stack:
        emulator = stack.enter_context(Emulator(**options))  # type: ignore[arg-type]
        url = stack.enter_context(behind_tls(emulator.url, authority))
        given = {"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": TOKEN, "ULTRAVOX_API_KEY": KEY}
        for name, value in {**given, "SWITCHBOARD_ENDPOINT": url, "REQUESTS_CA_BUNDLE": str(bundle)}.items():
            patch.setenv(name, value)
        patch.chdir(folder)
        store = {"displayName": "theirs"}
        requests.post(
            f"{emulator.url}/memory.twilio.com/v1/ControlPlane/Stores", json=store, auth=(SID, TOKEN)
        )
        theirs = {"displayName": "theirs", "description": "d", "conversationGroupingType": "GROUP_BY_PROFILE"}
        body = {**theirs, "memoryStoreId": "mem_store_1"}
        requests.post(f"{emulator.url}/{ORCHESTRATOR}", json=body, auth=(SID, TOKEN))
        requests.post(f"{emulator.url}/{HOOK}", data=THEIRS, auth=(SID, TOKEN))
        yield emulator
    for number, handler in before.items():
        signal.signal(number, handler)


def test_every_type_passes_and_the_account_is_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with vendors(tmp_path, monkeypatch, switches=Switches(voice_timestamps=False)) as emulator:
        before, since = emulator.state, len(emulator.journal)
        assert main(["--yes", SID]) == 0
        shown = capsys.readouterr().out
        assert emulator.state == before
        writes = [entry for entry in emulator.journal[since:] if entry.method != "GET"]
    for sample in every():
        assert f"| {sample.type} | second update is empty | passed |" in shown
        assert f"| {sample.type} | destroy | passed |" in shown
    assert f"- {CLIENT}: date_created: the vendor shows nothing, the emulator a text" in shown
    assert not any(line.startswith(f"- {WEBHOOKS}") for line in shown.splitlines())
    assert all(secret not in shown for secret in SECRETS)
    assert {f"{entry.host}{entry.path}".split("?")[0] for entry in writes} >= {CLIENTS, HOOK, ORCHESTRATOR}
    assert list((tmp_path / ".live").iterdir()) == []


def test_what_fails_is_reported_and_cleaned_up_then_or_by_the_clean_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = Answer(400)
    with vendors(tmp_path, monkeypatch) as emulator:
        before = emulator.state
        with emulator.inject(f"PUT {CLIENTS}/{{id}}", refused):
            assert main(["--types", CLIENT, "--yes", SID]) == 1
        shown = capsys.readouterr().out
        assert f"| {CLIENT} | update | failed |" in shown
        assert "Twilio answered: " in shown
        assert "HTTP 400" in shown
        assert f"| {CLIENT} | clean up | passed |" in shown
        assert emulator.state == before

        with emulator.inject(f"DELETE {CLIENTS}/{{id}}", refused, times=None):
            assert main(["--types", CLIENT, "--yes", SID]) == 1
        assert f"| {CLIENT} | clean up | failed |" in capsys.readouterr().out
        own = {"unique_name": "mine", "configuration": {"callnotification": {"url": "https://a.example"}}}
        own["configuration"]["configurationType"] = "Client"  # type: ignore[index]
        requests.post(f"{emulator.url}/{CLIENTS}", json=own, auth=(SID, TOKEN)).raise_for_status()
        assert len(emulator.state[SID][CLIENT]) == 2
        assert main(["--types", CLIENT, "--yes", SID, "--clean"]) == 0
        assert [one["unique_name"] for one in emulator.state[SID][CLIENT].values()] == ["mine"]


@pytest.mark.parametrize("times", [1, None])
def test_an_account_setting_is_restored_or_its_original_stays_in_a_file(
    times: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with vendors(tmp_path, monkeypatch) as emulator:
        before = emulator.state[SID][WEBHOOKS]
        with emulator.inject(f"POST {HOOK}", Answer(400), nth=3, times=times):  # create, update, restore
            assert main(["--types", WEBHOOKS, "--yes", SID]) == 1
        assert (emulator.state[SID][WEBHOOKS] == before) == (times == 1)
    shown = capsys.readouterr().out
    assert f"| {WEBHOOKS} | destroy | failed |" in shown
    result = "passed" if times == 1 else "failed"
    assert f"| {WEBHOOKS} | the same is there as before | {result} |" in shown
    assert all(secret not in shown for secret in SECRETS)
    files = list((tmp_path / ".live").iterdir())
    assert len(files) == (times is None)
    for file in files:
        assert str(file.relative_to(tmp_path)) in shown
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert json.loads(file.read_text())["before"]["post_webhook_url"] == THEIRS["PostWebhookUrl"]


def test_ctrl_c_ends_the_wait_and_cleans_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type = "twilio/orchestrator:Configuration"
    with vendors(tmp_path, monkeypatch, operation_time=1.5) as emulator:
        time.sleep(2)  # until the operations that have made the account are over
        since = len(emulator.journal)

        def press() -> None:
            while not any("/Operations/" in entry.path for entry in emulator.journal[since:]):
                time.sleep(0.01)
            os.kill(os.getpid(), signal.SIGINT)

        thread = threading.Thread(target=press)
        thread.start()
        assert main(["--types", type, "--yes", SID]) == 1
        thread.join()
        shown = capsys.readouterr().out
        assert f"| {type} | create | failed |" in shown
        assert f"| {type} | clean up | passed |" in shown
        names = [one["displayName"] for one in emulator.state[SID][type].values()]
        assert not any(name.startswith(PREFIX) for name in names)


def test_nothing_is_sent_without_credentials_and_the_sid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with vendors(tmp_path, monkeypatch) as emulator:
        since = len(emulator.journal)
        with pytest.raises(SystemExit, match=r"Nothing was done: that is not AC1"):
            main(["--yes", "AC" + "2" * 32])
        explained = capsys.readouterr().out
        assert f"account {SID} at https://localhost" in explained
        assert "GIVES ULTRAVOX YOUR TWILIO AUTH TOKEN" in explained
        monkeypatch.delenv("TWILIO_AUTH_TOKEN")
        with pytest.raises(SystemExit, match=r"twilio:authToken \(TWILIO_AUTH_TOKEN\) is not set"):
            main(["--types", CLIENT, "--yes", SID])
        with pytest.raises(SystemExit, match="is neither a path nor a type"):
            main(["--types", "twilio/voice:Nothing", "--yes", SID])
        assert len(emulator.journal) == since


def test_what_the_vendor_lacks_and_has_and_spells_differently_is_told_without_values() -> None:
    vendor = {"a": 1, "b": [{"c": "secret"}], "new": {"d": None}}
    assert differences(vendor, {"a": "1", "b": [{"c": "x"}], "old": True}) == [
        "a: the vendor shows a number, the emulator a text",
        "new: the vendor shows an object, the emulator nothing",
        "new.d: the vendor shows null, the emulator nothing",
        "old: the vendor shows nothing, the emulator a boolean",
    ]
