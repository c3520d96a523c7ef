"""What the program of a project adopts already."""

from pathlib import Path

from pulumi_switchboard.cli.adopted import adopted_objects

from tests.promises import proves


def declare(path: Path, id: str) -> None:
    """Write a file of a program that adopts the object with this id."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'twilio.memory.Store("desk", opts=pulumi.ResourceOptions(import_="{id}"))\n')


@proves("command.import-existing")
def test_a_program_adopts_what_its_files_and_those_of_its_packages_declare(tmp_path: Path) -> None:
    declare(tmp_path / "__main__.py", "main")
    declare(tmp_path / "desk/support/stores.py", "package")
    declare(tmp_path / "notes.txt", "no Python")
    declare(tmp_path / ".tox/hidden.py", "hidden")
    declare(tmp_path / "venv/lib/module.py", "virtual environment")
    (tmp_path / "venv/pyvenv.cfg").touch()
    declare(tmp_path / "sales/__main__.py", "another project")
    (tmp_path / "sales/Pulumi.yaml").touch()
    (tmp_path / "desk/broken.py").write_text("def")
    stores = sorted(id for kind, id in adopted_objects(tmp_path) if kind == "Store")
    assert stores == ["main", "package"]
