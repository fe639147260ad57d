"""The example of docs/api.md runs as it stands."""

import os
import re
import subprocess
import sys
from pathlib import Path

from checktool.samples.trial import shipped


def test_the_example_runs(root: Path, tmp_path: Path) -> None:
    text = (root / "docs" / "api.md").read_text(encoding="utf-8")
    found = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert found is not None
    trial = shipped()
    trial.copy_to(tmp_path / "出力フォルダ")
    on = f"date({trial.on.year}, {trial.on.month}, {trial.on.day})"
    example = found[1].replace("date.today()", f"{on}, jobs=1")
    script = tmp_path / "example.py"
    script.write_text(example, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-X", "utf8", script],
        cwd=tmp_path,
        env=_environment(root),
        capture_output=True,
        check=True,
    )
    lines = ran.stdout.decode("utf-8").splitlines()
    assert lines[-1] == "correct"
    assert [line.split()[1] for line in lines[:-1]] == ["T203", "T203", "D609", "N301"]


def _environment(root: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(root)}
