"""`huiying admin create U`: make an administrator, or let one in again who lost access."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from huiying.kit.commands import SpokenCommand
from huiying.staff.actions.first import appoint_administrator
from huiying.staff.links import sign_in_link


class Command(SpokenCommand):
    help = "Make an administrator, or let one in again who lost access; prints a one-time sign-in link."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("deed", choices=["create"])
        parser.add_argument("username", metavar="U", help="the name to sign in with")
        parser.add_argument("--name", default="", help="the person's name, as colleagues see it")

    def work(self, **words: Any) -> None:
        user = appoint_administrator(words["username"], words["name"])
        link = sign_in_link(user)
        sentence = _("%(name)s chooses a password here, once, within three days:\n%(link)s")
        self.say(sentence % {"name": user.name, "link": link}, username=user.username, link=link)
