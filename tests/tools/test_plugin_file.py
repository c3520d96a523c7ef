"""The language host must find our pulumi-plugin.json, or every command looks for a plugin to download."""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import grpc
import pulumi_switchboard
from pulumi.runtime.proto import language_pb2, language_pb2_grpc

from tests.documents import ROOT
from tests.promises import proves
from tests.tools.wheel import NO_PLUGIN, PLUGIN_FILE


@proves("program.no-plugin-download")
def test_an_editable_install_has_the_file_and_imports_the_package_from_the_repository() -> None:
    installed = Path(sysconfig.get_path("purelib"), PLUGIN_FILE)
    assert json.loads(installed.read_text()) == NO_PLUGIN
    assert pulumi_switchboard.__file__
    assert Path(pulumi_switchboard.__file__).is_relative_to(ROOT / "provider")


@proves("program.no-plugin-download")
def test_the_language_host_asks_for_no_plugin_of_ours(tmp_path: Path) -> None:
    tmp_path.joinpath("__main__.py").touch()
    folder = str(tmp_path)
    info = language_pb2.ProgramInfo(root_directory=folder, program_directory=folder, entry_point=".")
    request = language_pb2.GetRequiredPluginsRequest(project="demo", pwd=folder, program=folder, info=info)
    binaries = ROOT / ".tools/bin"
    environment = {**os.environ, "PATH": f"{binaries}:{Path(sys.executable).parent}:{os.environ['PATH']}"}
    command = [str(binaries / "pulumi-language-python"), "127.0.0.1:9"]
    host = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert host.stdout
        with grpc.insecure_channel(f"127.0.0.1:{int(host.stdout.readline())}") as channel:
            answer = language_pb2_grpc.LanguageRuntimeStub(channel).GetRequiredPlugins(request)
    finally:
        host.kill()
        host.communicate()
    assert [plugin.name for plugin in answer.plugins] == []
