"""Importing with the real command, in a process of its own whose memory can be told."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any
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
    told = run("bench.importing", kind, str(path))
    return time.perf_counter() - before, told["mib"]


def run(*words: str) -> dict[str, Any]:
    """Let one of our modules work in a process of its own; return what it told in its last line."""
    done = subprocess.run([sys.executable, "-m", *words], stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def mib_at_most() -> float:
    """Return what this process held at the highest; what its parent held would count in `ru_maxrss`."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) / 1024


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("import", *sys.argv[1:], "--json")
    print(json.dumps({"mib": mib_at_most()}))


if __name__ == "__main__":
    main()
