"""Importing the corpus with the real command, in a process of its own whose memory can be told."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bench import corpus
from bench.scratch import FOLDER


def import_corpus(count: int) -> tuple[float, float]:
    """Import so many cases; return the seconds and the MiB at the highest."""
    path = Path(FOLDER) / "corpus.csv"
    corpus.write_file(path, count, now=datetime.now(ZoneInfo("Asia/Shanghai")))
    return import_file("cases", path)


def import_file(kind: str, path: Path) -> tuple[float, float]:
    """Import a file; return the seconds and the MiB at the highest."""
    before = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "huiying.cli", "import", kind, str(path), "--json"], stdout=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError("The import failed.")
    return time.perf_counter() - before, usage.ru_maxrss / 1024
