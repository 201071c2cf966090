"""What is installed carries all that it needs."""

import subprocess
import sys
import zipfile
from pathlib import Path

from support.workspace import Workspace

ROOT = Path(__file__).parents[2]


def test_a_wheel_makes_a_portfolio_that_builds(tmp_path: Path) -> None:
    options = ["--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", str(tmp_path)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("omnigrid-*.whl")
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)

    def omnigrid(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "omnigrid", *arguments],
            cwd=tmp_path,
            env=Workspace(tmp_path).environment | {"PYTHONPATH": str(installed)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout + done.stderr

    omnigrid("init", "brands")
    assert "3 sites" in omnigrid("-C", "brands", "build")
    assert (tmp_path / "brands/build/sites/rainkeep/index.html").is_file()
    assert (installed / "omnigrid/py.typed").is_file()
