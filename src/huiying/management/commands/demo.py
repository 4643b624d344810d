"""`huiying demo`: fill an empty installation with a made-up company's half year, or empty it again."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from huiying.cases.models import Case
from huiying.deadlines.catalogue import forget as forget_policies
from huiying.demo import company, record
from huiying.demo.cast import CAST, SignIn
from huiying.demo.seeding import FEWEST, Plan, seed
from huiying.kit.commands import SpokenCommand
from huiying.kit.guards import BadInput, DomainError
from huiying.readiness import ensure_up_to_date
from huiying.staff.models import User
from huiying.starter import install_starter_pack

CASES = 2000


class Command(SpokenCommand):
    help = "Fill an empty installation with sample data, print its sign-ins again, or empty it again."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--cases", type=int, default=CASES, help=f"how many cases; default {CASES}")
        parser.add_argument("--seed", type=int, default=1, help="draw other customers and cases")
        parser.add_argument("--add", action="store_true", help="add to what is there instead of refusing")
        parser.add_argument(
            "--if-empty", action="store_true", help="fill where nothing is; else print the sign-ins again"
        )
        parser.add_argument("--wipe", action="store_true", help="empty an installation that holds only sample data")
        parser.add_argument("--sign-ins", action="store_true", help="print the sample's sign-ins again")

    def work(self, **words: Any) -> None:
        ensure_up_to_date()
        if words["wipe"]:
            self.wipe()
            return
        if words["if_empty"] and record.is_unfinished():
            self.wipe()
        if words["sign_ins"] or (words["if_empty"] and not record.is_empty()):
            self.tell(record.kept())
        else:
            self.fill(words)

    def fill(self, words: dict[str, Any]) -> None:
        ensure_room(words)
        record.begin()
        plan = Plan(cases=words["cases"], seed=words["seed"], until=timezone.localtime())
        with self.progress() as bar:
            steps = len(CAST) + plan.customers + plan.cases
            task = bar.add_task(_("Half a year at %(company)s") % {"company": company.NAME}, total=steps)
            sign_ins = seed(plan, done=lambda: bar.advance(task))
            bar.update(task, completed=steps)
        record.keep(sign_ins)
        open_cases = Case.objects.open().count()
        facts = {"cases": Case.objects.count(), "open": open_cases}
        self.say(_("%(cases)s cases, %(open)s of them open.") % facts, **facts)
        self.tell(sign_ins)

    def progress(self) -> Progress:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        return Progress(*columns, console=Console(stderr=True), disable=self.as_json)

    def tell(self, sign_ins: list[SignIn]) -> None:
        """Print who can sign in, and with what; nothing where no sample is."""
        if self.as_json:
            for sign_in in sign_ins:
                self.say("", **asdict(sign_in))
            return
        if not sign_ins:
            return
        table = Table(_("name"), _("role"), _("sign-in name"), _("password"))
        for sign_in in sign_ins:
            table.add_row(sign_in.name, sign_in.role, sign_in.username, sign_in.password)
        Console().print(table)

    def wipe(self) -> None:
        if not record.holds_only_the_sample():
            raise DomainError(_("There is more here than sample data; nothing was removed."))
        call_command("flush", interactive=False, verbosity=0)
        forget_policies()
        install_starter_pack()
        record.forget()
        self.say(_("The sample data is gone; the installation is empty again."), wiped=True)


def ensure_room(words: dict[str, Any]) -> None:
    """Raise a sentence where the sample cannot be added."""
    if words["cases"] < FEWEST:
        raise BadInput(_("Ask for at least %(count)s cases.") % {"count": FEWEST})
    if not (words["add"] or record.is_empty()):
        raise DomainError(_("The installation is not empty. Use --add to add sample data to what is there."))
    if User.objects.filter(username__in=[part.username for part in CAST]).exists():
        raise DomainError(_("Somebody of the sample's people is here already; it can be added once."))
