"""Draws the picture anew: `python -m tools.picture`, with `.tools/bin` and `.venv/bin` first on PATH."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pulumi_switchboard.emulator import Emulator

from tools.demo.story import demo_environment
from tools.picture.svg import svg
from tools.picture.terminal import last_frame, on_terminal

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs/images/first-program.svg"
COMMAND = ("pulumi", "up", "--yes", "--skip-preview")
OPERATION_SECONDS = 2.0


def main() -> int:
    """Deploy the README's program, and draw what the terminal shows at the end."""
    program = (ROOT / "README.md").read_text().partition("```python\n")[2].partition("```")[0]
    with TemporaryDirectory() as scratch, Emulator(operation_time=OPERATION_SECONDS) as emulator:
        settings = demo_environment(os.environ, Path(scratch)) | {"SWITCHBOARD_ENDPOINT": emulator.url}
        project = Path(scratch, "hello")
        project.mkdir()
        (project / "Pulumi.yaml").write_text("name: hello\nruntime: python\n")
        (project / "__main__.py").write_text(program)
        subprocess.run(["pulumi", "stack", "init", "dev"], cwd=project, env=settings, check=True)
        shown = on_terminal(COMMAND, project, settings)
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(svg(f"$ {' '.join(COMMAND)}\n{last_frame(shown)}"))
    print(f"wrote {PICTURE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
