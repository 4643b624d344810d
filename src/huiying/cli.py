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
    if not sys.argv[1:]:
        sys.stdout.write(overview())
        return
    word, *rest = sys.argv[1:]
    try:
        execute_from_command_line(["huiying", RENAMED.get(word, word.replace("-", "_")), *rest])
    except KeyboardInterrupt:
        sys.stderr.write(f"\n{translation.gettext('Stopped.')}\n")
        sys.exit(INTERRUPTED)


def overview() -> str:
    """Return what `huiying` says without words: its words, the daily ones first."""
    from django.utils.translation import gettext as _

    words = {
        "serve": _("run the pages, the heartbeat and the worker"),
        "migrate": _("bring the database up to date"),
        "check": _("say whether all is in order"),
        "demo": _("fill an empty installation with sample data"),
        "admin create NAME": _("make a first administrator, print a sign-in link"),
        "token create": _("make a key for programs"),
        "import KIND FILE": _("bring in a table of customers, orders or cases"),
        "receive-mail": _("take in mails"),
        "due": _("reckon a deadline"),
        "audit verify": _("verify the chain of the journal"),
        "backup FILE": _("keep everything in one file"),
        "restore FILE": _("bring a backup back"),
    }
    lines = "".join(f"  huiying {word:<19} {said}\n" for word, said in words.items())
    return f"{lines}\n{_('More of each: huiying help WORD')}\n"


def terminal_language() -> str:
    """Return the language of LC_ALL, LC_MESSAGES or LANG as Django names it; English where none is said."""
    said = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    if not said.startswith("zh"):
        return "en"
    return "zh-hant" if said.startswith(("zh_TW", "zh_HK", "zh_MO")) else "zh-hans"


if __name__ == "__main__":
    main()
