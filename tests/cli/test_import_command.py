"""`switchboard import`: what it writes and says. What the program does is tested with the real CLI."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pulumi_switchboard.cli.project import write_files
from pulumi_switchboard.cli.stack import ConfigValue, Stack, run_pulumi
from pulumi_switchboard.emulator.faults import Answer
from pulumi_switchboard.errors import SettingsError
from pulumi_switchboard.importer.modules import MOST_IN_PROGRAM

from tests.cli.accounts import KEY, NO_SETTINGS, SID, TOKEN, add_clients, export, fill, settings_of
from tests.cli.command import Done, call
from tests.cli.stacks import stack_in
from tests.engine.account import Account
from tests.engine.importing import commands
from tests.programs import write_program
from tests.promises import proves
from tests.samples import every
from tests.samples.twilio.conversations import webhook_configuration
from tests.samples.twilio.voice import client_configuration
from tests.samples.ultravox import twilio_telephony

VOICE = "twilio/voice:ClientConfiguration"
STORES = "GET memory.twilio.com/v1/ControlPlane/Stores"
NEEDED = (
    *(
        (f"webhookConfiguration{key}", f"{path} of twilio.conversations.WebhookConfiguration")
        for key, path in (("PreWebhookUrl", "pre_webhook_url"), ("PostWebhookUrl", "post_webhook_url"))
    ),
    ("supportStatusCallbacksUrl", "status_callbacks[0].url of twilio.orchestrator.Configuration Support"),
    *(
        (f"support{key}Url", f"{path}.url of twilio.voice.{kind}Configuration support")
        for key, path, kind in (
            ("CallNotification", "call_notification", "Client"),
            ("CallRecordingStatusCallback", "call_recording_status_callback", "Recording"),
            ("TranscriptionStatusCallback", "transcription_status_callback", "Transcription"),
        )
    ),
    ("twilioTelephonyAuthToken", "auth_token of ultravox.TwilioTelephony"),
)
"""The secrets of accounts with an object of each type, and what they are for."""
NO = {"code": 20003, "message": "No.", "status": 403}
SECRETS = [TOKEN, KEY, *(secret for sample in every() for secret in sample.secrets)]


def import_(accounts: Account, *arguments: str, code: int = 0) -> Done:
    """Run the command; it changes nothing at the vendors, and shows no secret."""
    since = len(accounts.emulator.journal)
    done = call("import", *arguments, **settings_of(accounts))
    assert done.returncode == code, done.stdout + done.stderr
    assert {entry.method for entry in accounts.emulator.journal[since:]} <= {"GET"}
    assert not [secret for secret in SECRETS if secret in done.stdout + done.stderr]
    return done


@proves("command.import", "command.read-only", "secret.nowhere-in-plain")
def test_it_writes_a_project_and_says_what_to_do_next(accounts: Account, tmp_path: Path) -> None:
    fill(accounts)
    folder = tmp_path / "prod desk"
    done = import_(accounts, "--into", str(folder))
    assert {path.name for path in folder.iterdir()} == {"Pulumi.yaml", "__main__.py", "requirements.txt"}
    assert (folder / "Pulumi.yaml").read_text() == 'name: "prod-desk"\nruntime: python\n'
    program = (folder / "__main__.py").read_text()
    assert not [secret for secret in SECRETS if secret in program]
    assert (program.count("import_="), program.count("protect=True")) == (7, 5)
    assert done.stdout.splitlines() == [
        f"Twilio AC11…11 at {accounts.emulator.url}   conversations 1, memory 1, orchestrator 1, voice 3",
        f"Ultravox key ending 89 at {accounts.emulator.url}   TwilioTelephony 1",
        f"Wrote {folder}/ (7 resources). Nothing was changed at the vendors.",
        f"Next:  cd '{folder}' && pulumi stack init prod-desk &&",
        f"       pulumi config set twilio:accountSid {SID} &&",
        "       pulumi config set twilio:authToken --secret &&",
        "       pulumi config set ultravox:apiKey --secret &&",
        f"       pulumi config set switchboard:endpoint {accounts.emulator.url} &&",
        *(f"       pulumi config set {key} --secret &&" for key, _ in NEEDED),
        "       pulumi up",
        "The first update adopts 7 resources and writes nothing.",
        "twilio:authToken may also stay in the environment, as TWILIO_AUTH_TOKEN.",
        "ultravox:apiKey may also stay in the environment, as ULTRAVOX_API_KEY.",
        *(f"{key} is the {place}." for key, place in NEEDED),
    ]


@proves("command.import")
def test_a_pasted_command_is_not_the_answer_to_the_one_before(accounts: Account, tmp_path: Path) -> None:
    fill(accounts)
    done = import_(accounts, "--into", str(tmp_path / "prod desk"))
    pulumi = write_program(tmp_path / "bin/pulumi", f'echo "pulumi $*" >> {tmp_path}/ran\ncat')
    lines = done.stdout.partition("Next:")[2].partition("The first update")[0]
    path = f"{pulumi.parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(["bash"], input=lines, text=True, check=True, env={"PATH": path}, timeout=60)
    expected = [one.rpartition("&& ")[2] for one in commands(done.stdout)]
    assert (tmp_path / "ran").read_text().splitlines() == expected


@proves("command.import")
def test_types_and_names_choose_what_is_imported_and_a_dry_run_writes_nothing(
    accounts: Account, tmp_path: Path
) -> None:
    add_clients(accounts, "desk-1", "desk-2", "sales")
    options = ("--into", str(tmp_path / "prod"), "--type", "voice", "--name", "desk*")
    done = import_(accounts, *options, "--dry-run")
    would = f"Would write 2 resources: {tmp_path}/prod/Pulumi.yaml, {tmp_path}/prod/requirements.txt, "
    assert done.stdout.splitlines()[-1] == f"{would}{tmp_path}/prod/__main__.py. Nothing was changed."
    shown = json.loads(import_(accounts, *options, "--dry-run", "--json").stdout)
    assert (shown["written"], len(shown["files"]), shown["next"], shown["notes"]) == (False, 3, [], [])
    assert not (tmp_path / "prod").exists()

    shown = json.loads(import_(accounts, *options, "--json").stdout)
    assert [one["name"] for one in shown["objects"]] == ["desk-1", "desk-2"]
    assert shown["accounts"] == [{"vendor": "Twilio", "account": SID, "endpoint": accounts.emulator.url}]
    assert shown["written"]
    assert all(Path(path).is_file() for path in shown["files"])
    assert shown["next"][-1] == "pulumi up"
    assert shown["notes"][0] == "The first update adopts 2 resources and writes nothing."

    nothing = import_(accounts, "--into", str(tmp_path / "none"), "--type", "memory")
    assert nothing.stdout.splitlines()[0].endswith("   memory 0")
    assert (
        nothing.stdout.splitlines()[-1] == "There is nothing to import. Nothing was changed at the vendors."
    )
    assert not (tmp_path / "none").exists()


@proves("command.import-stack", "secret.nowhere-in-plain")
def test_with_a_stack_it_sets_all_that_it_can_read(accounts: Account, tmp_path: Path, state: Path) -> None:
    for sample in (webhook_configuration.sample, twilio_telephony.sample):
        accounts.change(sample, sample.shown)
    folder = tmp_path / "prod"
    done = import_(accounts, "--into", str(folder), "--stack", "live")
    assert not [secret for secret in SECRETS if secret in (folder / "Pulumi.live.yaml").read_text()]
    config = Stack(folder, "live").config()
    assert config["twilio:accountSid"] == ConfigValue(SID, is_secret=False)
    assert "twilio:authToken" not in config
    assert "prod:twilioTelephonyAuthToken" not in config
    live = accounts.objects(webhook_configuration.sample.type)[SID]
    url = ConfigValue(live["pre_webhook_url"], is_secret=True)
    assert config["prod:webhookConfigurationPreWebhookUrl"] == url
    assert commands(done.stdout) == [
        f"cd {folder}",
        "pulumi config set twilio:authToken --secret",
        "pulumi config set ultravox:apiKey --secret",
        "pulumi config set twilioTelephonyAuthToken --secret",
        "pulumi up",
    ]


@proves("command.import")
def test_a_secret_that_several_objects_have_is_to_be_set_once(accounts: Account, tmp_path: Path) -> None:
    for name in ("desk-1", "desk-2", "desk-3"):
        url = "https://desk.example.com/?key=parameter-of-a-url"
        accounts.add(client_configuration.sample, {"unique_name": name, client_configuration.URL: url})
    done = import_(accounts, "--into", str(tmp_path / "prod"), "--type", "voice")
    where = (
        "call_notification.url of twilio.voice.ClientConfiguration desk-1, and of 2 more with the same value"
    )
    assert f"desk1CallNotificationUrl is the {where}.\n" in done.stdout
    assert len([one for one in commands(done.stdout) if "CallNotificationUrl" in one]) == 1


@proves("command.import-stack")
def test_a_folder_of_any_name_becomes_a_project_that_pulumi_accepts(
    accounts: Account, tmp_path: Path, state: Path
) -> None:
    add_clients(accounts, "desk")
    number, odd = tmp_path / "1e3", tmp_path / f"-{'x' * 99}.東京1"
    import_(accounts, "--into", str(number), "--type", "voice")
    import_(accounts, "--into", str(odd), "--type", "voice")
    for folder, name in ((number, "1e3"), (odd, "x" * 99)):
        assert json.loads(run_pulumi(folder, "stack", "ls", "--json")) == []
        assert (folder / "Pulumi.yaml").read_text().startswith(f'name: "{name}"\n')


@proves("command.import-stack")
def test_a_folder_and_a_stack_whose_names_begin_with_a_dash_are_no_options(
    accounts: Account, tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_clients(accounts, "desk")
    monkeypatch.chdir(tmp_path)
    done = import_(accounts, "--into", "-prod", "--stack", "--help", "--type", "voice")
    assert commands(done.stdout)[0] == "cd ./-prod"
    assert f"twilio:accountSid: {SID}" in (tmp_path / "-prod/Pulumi.--help.yaml").read_text()


@proves("command.import-existing", "command.import-stack", "command.unmanaged")
def test_into_a_project_it_brings_what_the_stack_does_not_manage(
    accounts: Account, tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = add_clients(accounts, "desk")
    url = "https://desk.example.com/?key=parameter-of-a-url"
    sales = {"unique_name": "sales", client_configuration.URL: url}
    ids["sales"] = accounts.add(client_configuration.sample, sales)
    (tmp_path / "src").mkdir()
    (tmp_path / "Pulumi.yaml").write_text("name: desk\nruntime: {name: python}\nmain: src/\n")
    (tmp_path / "src" / "imported.py").write_text("# mine")
    urn = "urn:pulumi:dev::desk::pulumi-python:dynamic/twilio/voice:ClientConfiguration::sales"
    resource = {"urn": urn, "type": urn.split("::")[2], "id": ids["desk"], "custom": True}
    outputs = {"_origin": {"account": SID, "endpoint": "http://127.0.0.1"}}
    dev = stack_in(tmp_path, state)
    dev.create({**resource, "outputs": outputs})
    of_the_project = dict.fromkeys(("desk__endpont", "desk__sales2CallNotificationUrl"), "of the project")
    dev.configure_in_plain(twilio__accountSid=SID, twilio__acountSid="x", **of_the_project)
    monkeypatch.setenv("PULUMI_STACK", dev.name)

    done = import_(accounts, "--into", str(tmp_path), "--type", "voice")
    (warning,) = done.stderr.splitlines()
    assert warning.startswith("! ")
    assert warning.endswith("did you mean twilio:accountSid?")
    assert (tmp_path / "src" / "imported.py").read_text() == "# mine"
    program = (tmp_path / "src" / "imported_2.py").read_text()
    assert ids["sales"] in program
    assert ids["desk"] not in program
    assert '"sales-2"' in program, "the stack has a resource of that name"
    assert [line.strip() for line in done.stdout.splitlines()[1:]] == [
        "1 object is left out: a stack manages it",
        f"Wrote {tmp_path}/src/imported_2.py (1 resource). Nothing was changed at the vendors.",
        f"Add `import imported_2` to the program in {tmp_path}/src/.",
        f"Next:  cd {tmp_path} &&",
        "pulumi config set twilio:authToken --secret &&",
        f"pulumi config set switchboard:endpoint {accounts.emulator.url} &&",
        "pulumi config set sales2CallNotificationUrl2 --secret &&",
        "pulumi up",
        "The first update adopts 1 resource and writes nothing.",
        "twilio:authToken may also stay in the environment, as TWILIO_AUTH_TOKEN.",
        "sales2CallNotificationUrl2 is the call_notification.url of twilio.voice.ClientConfiguration sales.",
    ]
    assert {path.name for path in tmp_path.iterdir()} == {"Pulumi.yaml", "Pulumi.dev.yaml", "src", "state"}

    done = import_(accounts, "--into", str(tmp_path), "--type", "voice")
    assert [line.strip() for line in done.stdout.splitlines()[1:]] == [
        "1 object is left out: a stack manages it",
        "1 object is left out: the program has it, for the next `pulumi up`",
        "There is nothing to import. Nothing was changed at the vendors.",
    ]

    (tmp_path / "other.json").write_text(export((VOICE, ids["sales"])))
    stacks = ("--cwd", str(tmp_path), "--stack", "dev", "--type", "voice")
    done = call("unmanaged", str(tmp_path / "other.json"), *stacks, **settings_of(accounts))
    assert done.stdout.splitlines()[-1] == "0 of 2 objects are managed by no stack"

    monkeypatch.delenv("PULUMI_STACK")
    done = import_(accounts, "--into", str(tmp_path), code=1)
    assert "no stack of the project in" in done.stderr
    assert "give --stack" in done.stderr


@proves("command.partial")
def test_what_cannot_be_read_or_declared_is_named_and_the_rest_is_imported(
    accounts: Account, tmp_path: Path
) -> None:
    fill(accounts)
    (client,) = accounts.objects(VOICE)
    path = f"/voice.twilio.com/v2/Configurations/Client/{client}"
    shown = accounts.request("GET", path)
    odd = {**shown, "pacing": 3, "configuration": {"callnotification": {"url": "ftp://x"}}}
    read = "GET voice.twilio.com/v2/Configurations/Client/{id}"
    inject = accounts.emulator.inject
    with inject(STORES, Answer(403, json=NO)), inject(read, Answer(200, json=odd)):
        done = import_(accounts, "--into", str(tmp_path / "prod"), code=3)
    assert "What to do" not in done.stderr, "the remedy is for a program"
    unknown, memory, *access, url = done.stderr.splitlines()
    assert unknown == "! twilio.voice.ClientConfiguration support: pacing: not known here, kept at the vendor"
    assert memory == "✗ twilio.memory.Store: Twilio answered: No. (HTTP 403, code 20003)"
    assert "has to be enabled for the account" in "".join(access)
    assert url.startswith("✗ twilio.voice.ClientConfiguration support is left out: call_notification.url: ")
    assert "(5 resources)" in done.stdout
    with inject(STORES, Answer(403, json=NO)), inject(read, Answer(200, json=odd)):
        shown = json.loads(import_(accounts, "--into", str(tmp_path / "other"), "--json", code=3).stdout)
    assert len(shown["objects"]) == 6
    assert [(one["name"], one["paths"]) for one in shown["unknown"]] == [("support", ["pacing"])]
    assert [one["type"] for one in shown["refused"]] == ["twilio.memory.Store"]
    assert [one["id"] for one in shown["undeclarable"]] == [client]
    secrets = {one["key"]: one["is_readable"] for one in shown["secrets"]}
    assert (secrets["supportStatusCallbacksUrl"], secrets["twilioTelephonyAuthToken"]) == (True, False)


def test_a_name_at_the_vendor_is_no_command_and_no_line_of_its_own(accounts: Account, tmp_path: Path) -> None:
    fill(accounts)
    (client,) = accounts.objects(VOICE)
    shown = accounts.request("GET", f"/voice.twilio.com/v2/Configurations/Client/{client}")
    read = "GET voice.twilio.com/v2/Configurations/Client/{id}"
    options = ("--type", "voice.ClientConfiguration", "--into")
    with accounts.emulator.inject(read, Answer(200, json={**shown, "unique_name": "a$(date)"})):
        done = import_(accounts, *options, str(tmp_path / "prod"))
    assert not [one for one in commands(done.stdout) if "date" in one]
    assert "call_notification.url of twilio.voice.ClientConfiguration a$(date).\n" in done.stdout
    with accounts.emulator.inject(read, Answer(200, json={**shown, "unique_name": "a\npulumi destroy"})):
        done = import_(accounts, *options, str(tmp_path / "none"), code=3)
    left_out = "✗ twilio.voice.ClientConfiguration a pulumi destroy is left out: unique_name: must not "
    assert done.stderr == f"{left_out}contain spaces\n"


@proves("command.import-existing")
def test_what_the_stack_of_another_project_manages_is_left_out_if_its_state_is_given(
    accounts: Account, tmp_path: Path
) -> None:
    ids = add_clients(accounts, "desk", "sales")
    other = tmp_path / "other.json"
    other.write_text(export((VOICE, ids["desk"])))
    options = ("--into", str(tmp_path / "prod"), "--except", str(other), "--type", "voice", "--json")
    shown = json.loads(import_(accounts, *options).stdout)
    assert [one["name"] for one in shown["objects"]] == ["sales"]
    assert shown["managed"] == 1


@proves("command.bad-input", "command.import-existing", "credentials.misspelled")
def test_what_it_cannot_use_is_named_and_nothing_is_written(accounts: Account, tmp_path: Path) -> None:
    add_clients(accounts, "desk")
    taken, node, odd = tmp_path / "taken", tmp_path / "node", tmp_path / "odd"
    for folder in (taken, node, odd):
        folder.mkdir()
    (taken / "__main__.py").write_text("mine")
    (node / "Pulumi.yaml").write_text("name: desk\nruntime: nodejs\n")
    (odd / "Pulumi.yaml").write_text("name: [")
    for arguments, environment, code, text in (
        (
            ["--into", str(taken)],
            settings_of(accounts),
            1,
            "__main__.py would be overwritten; nothing was written",
        ),
        (["--into", str(taken), "--dry-run"], settings_of(accounts), 1, "__main__.py would be overwritten"),
        (["--into", str(node)], settings_of(accounts), 1, "is in nodejs, and an import writes Python"),
        (["--into", str(odd)], settings_of(accounts), 1, "is not the file of a Pulumi project"),
        (["--into", str(taken / "__main__.py")], settings_of(accounts), 2, "is a file"),
        (["--type", "voise"], settings_of(accounts), 2, "did you mean voice?"),
        ([], {}, 1, "there are no credentials for Twilio or Ultravox"),
        ([], {"TWILIO_AUTH_TOKEN": TOKEN}, 1, "twilio:accountSid (TWILIO_ACCOUNT_SID) is not set"),
        (
            [],
            {**settings_of(accounts), "SWITCHBOARD_ENDPOINT": "http://127.0.0.1:1"},
            1,
            "nothing listens at",
        ),
        ([], {**settings_of(accounts), "SWITCHBOARD_ENDPOIN": "x"}, 1, "did you mean SWITCHBOARD_ENDPOINT?"),
    ):
        before = sorted(tmp_path.rglob("*"))
        given = ["--into", str(tmp_path / "new"), *arguments]
        done = call("import", *given, **{**NO_SETTINGS, **environment})
        assert (done.returncode, text in done.stderr) == (code, True), done.stderr
        assert TOKEN not in done.stderr
        assert sorted(tmp_path.rglob("*")) == before


@proves("command.bad-input", "command.import-stack")
def test_without_a_stack_nothing_is_written_and_a_half_done_one_is_named(
    accounts: Account, tmp_path: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_clients(accounts, "desk")
    folder = tmp_path / "prod"
    done = import_(accounts, "--into", str(folder), "--stack", "no name", code=1)
    assert "a stack name may only contain" in done.stderr
    assert "Nothing was written" in done.stderr
    assert not folder.exists()

    def failing(error: BaseException) -> Callable[..., None]:
        def fail(*_arguments: object, **_options: object) -> None:
            raise error

        return fail

    monkeypatch.setattr("pulumi_switchboard.cli.import_write.run_pulumi", lambda *_: "")
    for name, error, code in (("one", KeyboardInterrupt(), 130), ("two", SettingsError("no"), 1)):
        monkeypatch.setattr(Stack, "set_plain", failing(error))
        done = import_(accounts, "--into", str(tmp_path / name), "--stack", "live", code=code)
        assert f"The program is written to {tmp_path / name}, but the stack has only some" in done.stderr
        assert "remove the program and the stack, and import again" in done.stderr

    monkeypatch.setattr("pulumi_switchboard.cli.import_write.run_pulumi", failing(KeyboardInterrupt()))
    import_(accounts, "--into", str(tmp_path / "three"), "--stack", "live", code=130)
    assert not (tmp_path / "three").exists()


@proves("command.import-existing")
def test_a_project_without_any_stack_is_told_to_make_one(accounts: Account, project: Path) -> None:
    add_clients(accounts, *(f"desk-{number}" for number in range(MOST_IN_PROGRAM + 1)))
    done = import_(accounts, "--into", str(project), "--type", "voice")
    assert f"Next:  cd {project} && pulumi stack init " in done.stdout
    modules = {"imported.py", "imported_twilio_voice_client_configuration.py"}
    assert {path.name for path in project.glob("*.py")} == modules


@proves("command.import-existing", "command.import-stack")
def test_the_next_commands_are_for_the_stack_that_is_named(
    accounts: Account, project: Path, state: Path
) -> None:
    add_clients(accounts, "desk")
    live, dev = (stack_in(project, state, name) for name in ("live", "dev"))
    live.create()
    dev.create()
    done = import_(accounts, "--into", str(project), "--stack", "live", "--type", "voice")
    assert commands(done.stdout)[0] == f"cd {project} && pulumi stack select live"
    assert f"twilio:accountSid: {SID}" in live.configuration.read_text()
    assert dev.configuration.read_text() == ""


@proves("command.partial")
def test_where_nothing_can_be_read_it_says_so(accounts: Account, tmp_path: Path) -> None:
    with accounts.emulator.inject("*", Answer(401, json=NO), times=None):
        done = import_(accounts, "--into", str(tmp_path / "prod"), code=1)
    assert done.stdout.splitlines()[-1].startswith("Nothing could be read, so nothing was written.")
    assert "has to be enabled for the account" in done.stderr
    assert "Client configurations are a private beta" in done.stderr
    assert not (tmp_path / "prod").exists()

    nobody = {**settings_of(accounts), "SWITCHBOARD_ENDPOINT": "http://127.0.0.1:1"}
    done = call("import", "--into", str(tmp_path / "prod"), **nobody)
    assert done.returncode == 1
    reason, remedy = done.stderr.splitlines()
    assert reason.startswith("✗ twilio.conversations.WebhookConfiguration, twilio.memory.Store, ")
    assert reason.endswith(", ultravox.TwilioTelephony: nothing listens at http://127.0.0.1:1")
    assert remedy.startswith("  What to do: start the emulator with ")


def test_files_that_do_not_fit_on_the_disk_are_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one.py", tmp_path / "two.py"
    two.symlink_to("/dev/full")
    monkeypatch.setattr(Path, "exists", lambda _path: False)
    real = Path.open
    monkeypatch.setattr(Path, "open", lambda path, _mode="r", **kinds: real(path, "w", **kinds))
    with pytest.raises(
        SettingsError, match=r"two\.py can't be written: No space left on device; nothing was"
    ):
        write_files({one: "pass", two: "pass"})
    assert list(tmp_path.iterdir()) == []


@proves("command.bad-input")
def test_a_folder_that_cannot_be_looked_into_is_one_line(accounts: Account, tmp_path: Path) -> None:
    long = tmp_path / ("x" * 300)
    done = import_(accounts, "--into", str(long), code=1)
    assert done.stderr == f"switchboard: {long}/Pulumi.yaml can't be used: File name too long\n"


@proves("command.bad-input")
def test_a_current_folder_that_is_gone_is_one_line(
    accounts: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_clients(accounts, "desk")
    monkeypatch.chdir(tmp_path)
    tmp_path.rmdir()
    done = import_(accounts, code=1)
    assert done.stderr == "switchboard: the current folder does not exist any more\n"
