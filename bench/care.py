"""`make bench-care`: the public pool and a mailing to many, with a large clientele on PostgreSQL."""

from __future__ import annotations

import argparse
import os
import resource
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

import psycopg
from rich.console import Console
from rich.table import Table

from bench import clientele, scratch, server
from bench.importing import import_file
from bench.load import Ask, Request, ask_server
from bench.pages import statements_of
from bench.people import supervisor

URL = f"{scratch.URL}_care"
MANAGERS, CONTACTS_EACH, POOLED = 200, 2, 0.1
DAY = timedelta(days=1)
Measured = tuple[int, float, int]  # rows, seconds, statements


def main() -> None:
    words = arguments()
    console = Console()
    os.environ["HUIYING_PRIVATE_TARGETS"] = "1"  # the gateway stands on this machine
    made = scratch.settle_in(keep=words.keep, url=URL)
    import django

    django.setup()
    if made:
        fill(words.customers, console)
    with psycopg.connect(URL, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    if words.only in ("", "pool"):
        console.print(rounds(), asked(words.port, words.seconds))
    if words.only in ("", "mailing"):
        console.print(mailing(words.recipients))
    console.print(f"load of the machine: {os.getloadavg()[0]:.1f}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.care", description=__doc__)
    parser.add_argument("--customers", type=int, default=200_000)
    parser.add_argument("--recipients", type=int, default=20_000)
    parser.add_argument("--port", type=int, default=8110)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--keep", action="store_true", help="measure with the clientele of the last run")
    parser.add_argument("--only", default="", choices=["", "pool", "mailing"])
    return parser.parse_args()


def fill(customers: int, console: Console) -> None:
    """Import the customers, give most of them an account manager, and let each be spoken with a few times."""
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    paths = clientele.write_files(Path(scratch.FOLDER), customers, owners=[""], today=timezone.localdate())
    with console.status(f"{customers:,} customers …"):
        import_file("customers", paths["customers"])
    with console.status("account managers and contacts …"):
        give_managers(timezone.now())
        speak(timezone.now())


def give_managers(now: datetime) -> None:
    from huiying.customers.models import Contact, Customer, Status
    from huiying.engagement.models import Holding
    from huiying.staff.models import Role, User

    random, role = Random(7), Role.objects.get(code="account-manager")
    names = [User(username=f"am{n}", name=f"经理{n}", role=role, password="!") for n in range(MANAGERS)]
    people = User.objects.bulk_create(names)
    rows, holdings = list(Customer.objects.only("pk")), []
    for row in rows:
        row.status = random.choices((Status.LEAD, Status.INTERESTED, Status.ACTIVE, Status.LOST), (25, 15, 50, 10))[0]
        row.owner = None if random.random() < POOLED else random.choice(people)
        if row.owner is not None:
            since = now - timedelta(days=random.randint(1, 700))
            holdings.append(Holding(customer=row, owner=row.owner, since=since))
    Customer.objects.bulk_update(rows, ["status", "owner"], batch_size=2_000)
    Holding.objects.bulk_create(holdings, batch_size=5_000)
    Contact.objects.update(consent_at=now - 30 * DAY)


def speak(now: datetime) -> None:
    from huiying.customers.models import Customer
    from huiying.engagement.models import Interaction

    random, keys = Random(11), list(Customer.objects.values_list("pk", flat=True))
    said = (
        Interaction(
            customer_id=key,
            means="phone",
            at=now - timedelta(days=random.expovariate(1 / 120)),
            content="说滤芯用了八个月，问要不要换",
        )
        for key in keys
        for _turn in range(CONTACTS_EACH)
    )
    Interaction.objects.bulk_create(said, batch_size=5_000)


def rounds() -> Table:
    """Go the pool's rounds of three days: who is due is warned of first, and taken back once the warning is over."""
    from django.utils import timezone

    from huiying.engagement.actions.pool_rules import revise_pool_rules, try_rules
    from huiying.engagement.actions.reclaiming import tend_pool
    from huiying.engagement.forms.pool import NUMBERS
    from huiying.engagement.models.pool import USUAL, PoolPolicy
    from huiying.staff.actors import actor_of

    numbers = {name: getattr(PoolPolicy.now(), name) for name in NUMBERS} | {"is_active": True}
    table = Table("", "deeds", "seconds", "statements", title="The pool's rounds")
    now = timezone.now()
    add(table, "rules tried on all", measured(lambda: try_rules(numbers, USUAL, at=now).reclaimed))
    revise_pool_rules(numbers, USUAL, by=actor_of(supervisor().user), at=now)
    for days, name in ((0, "first day: warnings"), (1, "an ordinary day"), (8, "when warnings are over")):
        moment = now + days * DAY
        add(table, name, measured(lambda: whole_round(tend_pool, moment)))  # noqa: B023 — called at once
    return table


def whole_round(tend: Callable[[datetime], int], now: datetime) -> int:
    from huiying.engagement.models import PoolRound

    done = tend(now)
    while not PoolRound.objects.filter(pk=1, is_over=True).exists():
        done += tend(now)
    return done


def asked(port: int, seconds: float) -> Table:
    table = Table("", "p50 ms", "p95 ms", "SQL", title="Pages over HTTP by one client")
    with server.serving(port):
        for name, ask in pages().items():
            told = ask_server(port, ask, clients=1, seconds=seconds)
            table.add_row(name, f"{told.p50:.0f}", f"{told.p95:.0f}", str(statements_of(ask(0))))
    return table


def pages() -> dict[str, Ask]:
    from huiying.staff.models import User

    visitor = supervisor()
    leaver = User.objects.get(username="am0")
    paths = {
        "pool": "/care/pool/",
        "pool, of a tier": "/care/pool/?tier=high&status=active",
        "pool, a region": "/care/pool/?region=杭州",
        "pool, found by name": "/care/pool/?q=商贸",
        "soon taken back": "/care/pool/mine/",
        "hand-over wizard": f"/care/handover/?who={leaver.pk}",
    }
    from urllib.parse import quote

    return {name: getting(quote(path, safe="/?=&"), visitor.cookie) for name, path in paths.items()}


def getting(path: str, cookie: dict[str, str]) -> Ask:
    return lambda _turn: Request(path, headers=cookie)


def mailing(recipients: int) -> Table:
    """Prepare and send a short message to so many, by the heartbeat's step, through a gateway on this machine."""
    from django.utils import timezone

    from huiying.engagement.actions import mailing as deeds
    from huiying.engagement.actions.mailing_sending import send_mailings
    from huiying.engagement.models import LastMassMessage, MailingRules, Recipient
    from huiying.notifications.models import SmsGateway
    from huiying.staff.actors import actor_of

    by, now = actor_of(supervisor().user), timezone.now().replace(hour=4)  # noon in Shanghai
    MailingRules(pk=1, asks_consent=True).save()
    LastMassMessage.objects.all().delete()
    table = Table("", "recipients", "seconds", "rows/s", "statements per 100", "MiB", title="A mailing by SMS")
    with listening() as (port, heard):
        SmsGateway.objects.all().delete()
        SmsGateway.objects.create(pk=1, url=f"http://127.0.0.1:{port}/", template='{"to": "{phone}", "text": "{text}"}')
        chosen = {"tag": tagged(recipients)}
        draft = deeds.MailingDraft(name="测速", means="sms", text="{contact}您好，滤芯该换了", chosen=chosen)
        made = deeds.make_mailing(draft, by=by, at=now)
        deeds.release(made, starts_at=None, by=by, at=now)
        of_it = Recipient.objects.filter(mailing=made)
        add_rate(table, "written down", measured(lambda: beat_until(send_mailings, now, lambda: not filling(made))))
        few = recipients // 10
        sent = measured(lambda: beat_until(send_mailings, now, lambda: len(heard) >= few))
        add_rate(table, "sent, a tenth", (len(heard), *sent[1:]))
        deeds.pause(made, by=by, at=now)
        assert of_it.filter(state="sent").count() == len(heard)
    return table


def tagged(count: int) -> int:
    from huiying.customers.models import Customer, Tag

    tag, _made = Tag.objects.get_or_create(name=f"测速 {count}")
    link = Customer.tags.through
    keys = Customer.objects.order_by("pk").values_list("pk", flat=True)[:count]
    link.objects.bulk_create((link(customer_id=key, tag_id=tag.pk) for key in keys), ignore_conflicts=True)
    return tag.pk


def filling(made: Any) -> bool:
    return type(made).objects.filter(pk=made.pk, state="filling").exists()


def beat_until(work: Callable[[datetime], int], now: datetime, over: Callable[[], bool]) -> int:
    done = 0
    while not over():
        done += work(now)
    return done


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """A gateway on this machine that says yes to everything."""
    heard: list[bytes] = []

    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"OK")

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    gateway = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=gateway.serve_forever, daemon=True).start()
    try:
        yield gateway.server_address[1], heard
    finally:
        gateway.shutdown()


def measured(work: Callable[[], int]) -> Measured:
    from django.db import connection

    statements = 0

    def count(execute: Any, *args: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*args)

    before = time.perf_counter()
    with connection.execute_wrapper(count):
        done = work()
    return done, time.perf_counter() - before, statements


def add(table: Table, name: str, figures: Measured) -> None:
    done, seconds, statements = figures
    table.add_row(name, f"{done:,}", f"{seconds:.1f}", f"{statements:,}")


def add_rate(table: Table, name: str, figures: Measured) -> None:
    done, seconds, statements = figures
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate, each = done / seconds, statements * 100 / max(done, 1)
    table.add_row(name, f"{done:,}", f"{seconds:.1f}", f"{rate:,.0f}", f"{each:.0f}", f"{mib:.0f}")


if __name__ == "__main__":
    main()
