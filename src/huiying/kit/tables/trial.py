"""Opening a workbook in a process of its own: one that claims sixteen thousand columns ends that process, not ours."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

MEMORY = 3 * 1024**3  # bytes; a full sheet of a million rows and sixty columns
SECONDS = 60


def is_bearable(path: Path) -> bool:
    """Say whether the sheets fit in MEMORY and open in SECONDS. A file that cannot be read at all is bearable."""
    command = [sys.executable, "-I", __file__, str(path)]
    try:
        trial = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - our own file
    except subprocess.TimeoutExpired:
        return False
    return trial.returncode == 0


def open_all(path: str) -> None:
    from python_calamine import CalamineError, CalamineWorkbook  # only where memory is bounded

    try:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name)
    except CalamineError:
        return


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    open_all(sys.argv[1])
