"""`huiying token create --user U --scope S`: make a key for a program and print it, this once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from huiying.kit.commands import SpokenCommand
from huiying.kit.guards import BadInput
from huiying.kit.text import username_key
from huiying.staff.actions.first import COMMAND_LINE
from huiying.staff.actions.tokens import SCOPES, create_token
from huiying.staff.models import User


class Command(SpokenCommand):
    help = "Make a key with which a program acts as somebody; prints it, this once."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("deed", choices=["create"])
        parser.add_argument("--user", required=True, metavar="U", help="the sign-in name it acts as")
        parser.add_argument("--scope", action="append", dest="scopes", choices=SCOPES, help="may be repeated")
        parser.add_argument("--name", default="command line", help="what uses it")

    def work(self, **words: Any) -> None:
        holder = User.objects.working().with_standing().filter(username=username_key(words["user"])).first()
        if holder is None:
            raise BadInput(_("Nobody signs in as %(username)s.") % {"username": words["user"]}, field="user")
        token, secret = create_token(holder, words["name"], scopes=words["scopes"] or ["read"], by=COMMAND_LINE)
        self.say(secret, token=secret, user=holder.username, scopes=token.scopes, name=token.name)
