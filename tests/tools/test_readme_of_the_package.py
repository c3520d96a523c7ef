"""The description of the package on the index, where links into the repository lead nowhere."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from hatch_build import HIDDEN, LINK, for_the_index
from tests.documents import README, ROOT

TEXT = "[Limits](docs/limits.md#kills) ![up](docs/up.svg)\n<!-- not run -->\n[CLI](https://www.pulumi.com)\n"


def test_links_into_the_repository_are_absolute_if_its_address_is_known() -> None:
    of_file, of_picture = (f"https://example.com/x/{kind}/v0.1.0/docs" for kind in ("blob", "raw"))
    assert for_the_index(TEXT, "https://example.com/x", "0.1.0").splitlines() == [
        f"[Limits]({of_file}/limits.md#kills) ![up]({of_picture}/up.svg)",
        "[CLI](https://www.pulumi.com)",
    ]


def test_without_an_address_they_are_text_and_the_wheel_has_no_link_into_the_repository(
    tmp_path: Path,
) -> None:
    assert for_the_index(TEXT, "", "0.1.0").startswith("Limits \n[CLI](https://www.pulumi.com)\n")

    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index"]
    build = ["--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run([*pip, *build], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as content:
        (name,) = (name for name in content.namelist() if name.endswith("/METADATA"))
        _, _, description = content.read(name).decode().partition("\n\n")
    assert description.startswith(README.read_text().partition("\n")[0])
    assert not LINK.search(description)
    assert not HIDDEN.search(description)
