"""What the documents show: their programs and shell commands, the examples, and the demo."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pulumi_switchboard.emulator import Emulator

from tests.documents import EMULATOR, README, Block, blocks
from tests.engine.account import Account
from tests.engine.processes import assert_no_provider_is_left
from tests.engine.programs import (
    DEFAULT,
    ORCHESTRATOR,
    RECORDINGS,
    STORES,
    TELEPHONY,
    TRANSCRIPTIONS,
    VOICE,
    WEBHOOKS,
    ids_in_state,
)
from tests.engine.stack import ROOT, SECRET, Stack
from tests.promises import proves
from tests.samples import by_type
from tests.samples.twilio.voice import client_configuration
from tools.picture.__main__ import PICTURE


def on_other_pages(language: str) -> list[Block]:
    """What is to be run, but for the page of the emulator: `tests/emulator/test_page.py` runs that."""
    return [block for block in blocks(language) if block.page != EMULATOR and not block.reason]


SHELL_BLOCKS = [block.text for block in on_other_pages("sh")]
EXAMPLES = {
    found[1]: block
    for block in SHELL_BLOCKS
    if (found := re.search(r"^cd examples/(\S+)", block, re.MULTILINE))
}
"""What the documents type to run an example."""
(HELLO,) = (block for block in SHELL_BLOCKS if "cd hello" in block)
(IMPORT,) = (block for block in SHELL_BLOCKS if "switchboard import" in block)
(UNMANAGED,) = (block for block in SHELL_BLOCKS if "switchboard unmanaged" in block)
(DOCTOR,) = (block for block in SHELL_BLOCKS if "switchboard doctor" in block)
(CREDENTIALS,) = (block for block in SHELL_BLOCKS if block.startswith("pip install"))
PROGRAMS = on_other_pages("python")
FIRST_PROGRAM = next(block.text for block in PROGRAMS if block.page == README)
NOT_TYPED = re.compile(r"^(switchboard emulator|pip install).*\n", re.MULTILINE)
"""Lines that the tests do not type: the emulator runs already, and the package is installed."""
OWN, ACME = "AC" + "0" * 32, "AC" + "1" * 32
"""The accounts in the documents."""
KEY = f"canary00.{'k' * 32}"
DESK = "https://desk.example.com/canary-of-the-desk"
TYPED = {"twilio:authToken": SECRET, "ultravox:apiKey": KEY, "deskUrl": DESK}
"""What the user types where `pulumi config set` asks for a secret."""
SHELL = """
pulumi() {
    case "$1 $2" in
        "config set") command pulumi "$@" < "$TYPED/$3" ;;
        *) command pulumi "$@" < /dev/null ;;
    esac
}
"""
"""Answers what `pulumi` asks, as no one sits there."""


@pytest.fixture
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what is typed for each key."""
    folder = tmp_path_factory.mktemp("typed")
    for key, value in TYPED.items():
        (folder / key).write_text(value)
    return folder


def run(block: str, stack: Stack, typed: Path) -> str:
    """Type the block in the folder of the stack, with the emulator's real port; returns what is said."""
    commands = NOT_TYPED.sub("", block)
    commands = commands.replace("http://127.0.0.1:8080", stack.endpoint)
    for key in re.findall(r"config set (\S+)", commands):
        (typed / key).touch()
    settings = {
        **stack.settings(),
        "TMPDIR": str(stack.folder),
        "TYPED": str(typed),
        "PULUMI_SKIP_CONFIRMATIONS": "true",
    }
    done = subprocess.run(
        ["sh", "-e", "-c", SHELL + commands],
        check=False,
        cwd=stack.folder,
        env=settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert_no_provider_is_left(stack.folder)
    stack.assert_clean(done.stdout)
    return done.stdout


def example(stack: Stack, typed: Path, name: str) -> Stack:
    """Run an example as the documents show it; returns its stack."""
    folder = stack.folder / "examples"
    shutil.copytree(ROOT / "examples", folder, ignore=shutil.ignore_patterns("Pulumi.*.yaml", "__pycache__"))
    stack.environment |= {"TWILIO_ACCOUNT_SID": "", "TWILIO_AUTH_TOKEN": ""}
    stack.secrets += [TYPED[key] for key in re.findall(r"config set (\S+).*--secret", EXAMPLES[name])]

    said = run(EXAMPLES[name], stack, typed)

    assert "Outputs:" in said
    assert "warning" not in said
    (state,) = stack.folder.glob("tmp.*")
    exported = dict(re.findall(r"export (TWILIO_\w+)=(\S+)", EXAMPLES[name]))
    settings = {"PULUMI_BACKEND_URL": f"file://{state}", "PULUMI_CONFIG_PASSPHRASE": "example"}
    environment = {**stack.environment, **exported, **settings}
    return Stack(folder / name, stack.endpoint, project=name, environment=environment, secrets=stack.secrets)


def masked(text: str) -> list[str]:
    """The lines, without what differs from run to run: the ends of ids, and times."""
    text = re.sub(r"_\w{26}\b", "_…", re.sub(r"(\d+m)?[\d.]+m?s\b", "…", text))
    return [line.rstrip() for line in text.strip().splitlines()]


@proves("documents.programs", "documents.picture")
def test_the_first_program_prints_what_the_picture_shows_and_is_removed_as_the_readme_says(
    stack: Stack, emulator: Emulator, typed: Path
) -> None:
    stack.environment |= {"TWILIO_ACCOUNT_SID": "", "TWILIO_AUTH_TOKEN": "", "SWITCHBOARD_ENDPOINT": ""}
    (stack.folder / "hello").mkdir()
    (stack.folder / "hello/__main__.py").write_text(FIRST_PROGRAM)

    said = run(HELLO, stack, typed)

    account = Account(emulator, OWN)
    assert account.only(ORCHESTRATOR)["memoryStoreId"] == account.only(STORES)["id"]
    picture = ET.parse(PICTURE).getroot()  # noqa: S314 - our own
    shown = "\n".join("".join(line.itertext()) for line in picture.findall("{*}text"))
    rows, _, end = shown.partition("Outputs:")
    made = re.findall(r"\+[ ├└─]+(\S+) +(\S+) +created", rows)
    assert len(made) == rows.count(" created ") == said.count(" created") - 1, "and those in the summary"
    for kind, name in made:
        assert f" {kind} {name} created" in said
    assert masked(said.rpartition("Outputs:")[2]) == masked(end)

    (given,) = re.findall(r"^The store .* `(\w+=\w+)` ", README.read_text(), re.MULTILINE)
    environment = {
        "PULUMI_BACKEND_URL": f"file://{stack.folder}/hello/state",
        "PULUMI_CONFIG_PASSPHRASE": "example",
        "TWILIO_ACCOUNT_SID": OWN,
    }
    hello = Stack(stack.folder / "hello", stack.endpoint, project="hello", environment=environment)
    hello.write(FIRST_PROGRAM.replace('Store("customers",', f'Store("customers", {given},'), head=False)
    hello.up()
    hello.destroy()
    assert account.objects(ORCHESTRATOR) == account.objects(STORES) == {}


@proves("documents.programs")
def test_the_doctor_finds_what_the_page_shows(stack: Stack, typed: Path) -> None:
    said = run(DOCTOR, stack, typed).replace(stack.endpoint, "http://127.0.0.1:8080")
    (shown,) = on_other_pages("text")
    for line in shown.text.splitlines():
        words = re.escape(line).replace("\\ ", " ")
        pattern = re.sub(r"\d+\\\.\d+(\\\.\d+)?(?=,)", r"[\\d.]+", re.sub(" {2,}", " +", words))
        assert re.search(f"^{pattern}$", said, re.MULTILINE), line
    assert " 0)" in said.splitlines()[-1]


@proves("documents.programs")
def test_the_other_programs_run_together(stack: Stack, emulator: Emulator, typed: Path) -> None:
    stack.secrets.append(KEY)
    stack.configure_in_plain(proof__eventsUrl="https://desk.example.com/events", acme__authToken="token")
    own, acme = Account(emulator, OWN, key=KEY), Account(emulator, ACME)
    store = own.add(by_type()[STORES], {"displayName": "customers"})
    others = [block.text for block in PROGRAMS if block.text != FIRST_PROGRAM]
    for place, program in enumerate(others):
        (stack.folder / f"program_{place}.txt").write_text(program)

    run(CREDENTIALS, stack, typed)
    stack.up(f"""
        import runpy

        for place in range({len(others)}):
            runpy.run_path(f"program_{{place}}.txt")
    """)

    assert own.only(ORCHESTRATOR)["memoryStoreId"] == store
    assert ids_in_state(stack, VOICE) == {"desk": acme.only(VOICE)["id"]}
    webhooks = own.only(WEBHOOKS)
    assert (webhooks["filters"], webhooks["pre_webhook_url"]) == (["onMessageAdded"], None)
    assert own.only(TELEPHONY)["accountSid"] == OWN
    stack.assert_settled()


@proves("documents.examples", "documents.programs")
def test_the_contact_center_runs_and_its_ids_reach_another_project(stack: Stack, typed: Path) -> None:
    with Emulator(operation_time=0.3) as emulator:
        stack.endpoint = emulator.url
        center = example(stack, typed, "contact-center")
        account = Account(emulator, OWN)
        made, calls = ids_in_state(center, ORCHESTRATOR), account.only(VOICE)["id"]
        shown = account.objects(ORCHESTRATOR)
        assert shown.keys() == set(made.values())
        assert shown[made["sales"]]["description"].endswith(made["support"])
        recordings = account.only(RECORDINGS)
        assert center.outputs() == {
            "callsConfigurationId": calls,
            "conversationConfigurationIds": made,
            "recordingConfigurationId": recordings["id"],
        }
        (feature,) = recordings["configuration"]["features"]
        transcriptions = account.only(TRANSCRIPTIONS)
        assert feature["featureId"] == transcriptions["id"]
        assert transcriptions["configuration"]["conversationConfigurationId"] == made["support"]
        assert {one["memoryStoreId"] for one in shown.values()} == {account.only(STORES)["id"]}
        center.assert_settled()

        consumer = Stack(
            center.folder / "consumer",
            emulator.url,
            project="contact-center-bot",
            environment=center.environment,
        )
        assert f'conversationConfiguration="{made["support"]}"' in consumer.outputs()["twiml"]
        assert consumer.outputs()["callsConfigurationId"] == calls


@proves("documents.examples", "documents.programs", "secret.nowhere-in-plain")
def test_the_voice_agents_run_and_leave_nothing(stack: Stack, emulator: Emulator, typed: Path) -> None:
    agents = example(stack, typed, "voice-agents")
    account = Account(emulator, OWN, key=KEY)
    (agent,) = re.findall(r"config set agentId (\S+)", EXAMPLES["voice-agents"])
    calls, support = account.only(VOICE), account.only(ORCHESTRATOR)
    assert agents.outputs() == {
        "callsConfigurationId": calls["id"],
        "supportConfigurationId": support["id"],
        "numberWebhookUrl": f"https://api.ultravox.ai/api/agents/{agent}/telephony_xml",
    }
    assert calls["configuration"]["callnotification"]["url"] == f"{DESK}/calls"
    assert support["statusCallbacks"] == [{"method": "POST", "url": f"{DESK}/status"}]
    assert account.only(DEFAULT)["configuration_id"] == calls["id"]
    webhooks, telephony = account.only(WEBHOOKS), account.only(TELEPHONY)
    assert webhooks["post_webhook_url"] == f"{DESK}/events"
    assert webhooks["filters"] == ["onMessageAdded", "onConversationStateUpdated"]
    assert telephony["accountSid"] == OWN
    assert telephony["callCreationAllowedAgentIds"] == [agent]
    agents.assert_settled()

    agents.destroy()
    assert set(emulator.state) == {OWN}
    assert set(emulator.state[OWN]) == {WEBHOOKS}, "an account always has webhooks"
    assert account.only(WEBHOOKS)["post_webhook_url"] is None


@proves("documents.programs", "command.import")
def test_an_account_is_imported_as_the_documents_show(stack: Stack, emulator: Emulator, typed: Path) -> None:
    account = Account(emulator, OWN)
    for name in ("desk", "sales"):
        account.add(client_configuration.sample, {"unique_name": name})

    said = run(f"unset PULUMI_STACK\n{IMPORT}", stack, typed)
    assert "warning: this resource adopts" in said
    said = run(f"unset PULUMI_STACK\ncd desk\n{UNMANAGED}", stack, typed)

    assert account.new_writes() == []
    assert "0 of 3 objects are managed by no stack" in said
    assert '"unmanaged": []' in said


@proves("make.demo", "documents.examples")
def test_the_demo_shows_the_id_and_leaves_nothing_behind() -> None:
    demo = subprocess.run(
        [sys.executable, "-m", "tools.demo"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )

    assert re.search(r"configurationId\W+voice_clientconfiguration_\w{26}", demo.stdout)
    assert "All is removed and stopped" in demo.stdout


def test_every_example_and_every_command_of_the_documents_is_run_by_one_of_these_tests() -> None:
    found = {path.name for path in (ROOT / "examples").iterdir() if path.is_dir()}
    assert found - {"__pycache__"} == {*EXAMPLES, "quickstart"}
    others = [HELLO, DOCTOR, CREDENTIALS, IMPORT, UNMANAGED]
    assert sorted(SHELL_BLOCKS) == sorted([*EXAMPLES.values(), *others])
