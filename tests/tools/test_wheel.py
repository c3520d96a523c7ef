"""What the wheel has besides modules: the plugin file, and a description for the package index."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from hatch_build import HIDDEN, LINK, for_the_index
from tests.documents import README
from tests.promises import proves
from tests.tools.wheel import NO_PLUGIN, PLUGIN_FILE, build_wheel

TEXT = "[Limits](docs/limits.md#kills) ![up](docs/up.svg)\n<!-- not run -->\n[CLI](https://www.pulumi.com)\n"


def test_links_into_the_repository_are_absolute_if_its_address_is_known() -> None:
    of_file, of_picture = (f"https://example.com/x/{kind}/v0.1.0/docs" for kind in ("blob", "raw"))
    assert for_the_index(TEXT, "https://example.com/x", "0.1.0").splitlines() == [
        f"[Limits]({of_file}/limits.md#kills) ![up]({of_picture}/up.svg)",
        "[CLI](https://www.pulumi.com)",
    ]


@proves("program.no-plugin-download")
def test_the_wheel_has_the_plugin_file_and_a_description_in_which_no_link_leads_into_the_repository(
    tmp_path: Path,
) -> None:
    assert for_the_index(TEXT, "", "0.1.0").startswith("Limits \n[CLI](https://www.pulumi.com)\n")

    with zipfile.ZipFile(build_wheel(tmp_path)) as content:
        (name,) = (name for name in content.namelist() if name.endswith("/METADATA"))
        _, _, description = content.read(name).decode().partition("\n\n")
        assert json.loads(content.read(PLUGIN_FILE)) == NO_PLUGIN
    assert description.startswith(README.read_text().partition("\n")[0])
    assert not LINK.search(description)
    assert not HIDDEN.search(description)
