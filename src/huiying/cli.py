"""`huiying …`: the command line. Words with dashes name management commands with underscores."""

from __future__ import annotations

import os
import sys

RENAMED = {"check": "checkup"}  # Django's own `check` looks at the program only; ours at the whole installation
INTERRUPTED = 130  # as shells say it


def main() -> None:
    """Run `huiying WORD …` in the language of the terminal; without words, say what there is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiying.settings")
    import django
    from django.core.management import execute_from_command_line
    from django.utils import translation

    django.setup()
    translation.activate(terminal_language())
    word, *rest = sys.argv[1:] or ["help"]
    try:
        execute_from_command_line(["huiying", RENAMED.get(word, word.replace("-", "_")), *rest])
    except KeyboardInterrupt:
        sys.stderr.write(f"\n{translation.gettext('Stopped.')}\n")
        sys.exit(INTERRUPTED)


def terminal_language() -> str:
    """Return the language of LC_ALL, LC_MESSAGES or LANG as Django names it; English where none is said."""
    said = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    if not said.startswith("zh"):
        return "en"
    return "zh-hant" if said.startswith(("zh_TW", "zh_HK", "zh_MO")) else "zh-hans"


if __name__ == "__main__":
    main()
