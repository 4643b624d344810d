"""`make bench-archive`: a large archive from files, its nights, and how its pages answer; time, memory, statements."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from urllib.parse import quote

import psycopg
from rich.console import Console
from rich.table import Table

from bench import clientele, people, scratch, server
from bench.importing import import_file
from bench.load import Ask, Request, ask_server
from bench.nights import nights
from bench.pages import captured, statements_of

MUST = 150  # ms on the server at the median, SPEC A2
MANAGERS = 100
URL = f"{scratch.URL}_archive"


def main() -> None:
    words = arguments()
    console = Console()
    made = scratch.settle_in(keep=words.keep, url=URL)
    import django

    django.setup()
    if made:
        console.print(fill(words.customers, console))
        tidy()
    if made or words.nights:
        console.print(pass_nights(console))
        tidy()
    console.print(ask_everything(words, console), f"load of the machine: {os.getloadavg()[0]:.1f}")


def tidy() -> None:
    with psycopg.connect(URL, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.archive", description=__doc__)
    parser.add_argument("--customers", type=int, default=200_000, help="five orders and ten records come to each")
    parser.add_argument("--port", type=int, default=8109)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--keep", action="store_true", help="ask the archive of the last run")
    parser.add_argument("--nights", action="store_true", help="with --keep: let its nights pass once more")
    parser.add_argument("--only", default="", help="only pages whose name holds this word")
    parser.add_argument("--statements", action="store_true", help="print each page's statements")
    return parser.parse_args()


def fill(customers: int, console: Console) -> Table:
    """Import the files and say what each cost."""
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    table = Table("", "rows", "seconds", "rows/s", "MiB at the highest", title="Importing")
    owners = [manager.name for manager in people.managers(MANAGERS)]
    folder, today = Path(scratch.FOLDER), timezone.localdate()
    for kind, path in clientele.write_files(folder, customers, owners=owners, today=today).items():
        rows = customers * clientele.EACH[kind]
        with console.status(f"{kind}: {rows:,} rows …"):
            seconds, mib = import_file(kind, path)
        table.add_row(kind, f"{rows:,}", f"{seconds:.0f}", f"{rows / seconds:,.0f}", f"{mib:.0f}")
    return table


def pass_nights(console: Console) -> Table:
    table = Table("", "how many", "seconds", "a second", "MiB at the highest", title="At night")
    with console.status("At night …"):
        for night in nights():
            rate = night.count / night.seconds
            table.add_row(night.name, f"{night.count:,}", f"{night.seconds:.1f}", f"{rate:,.0f}", f"{night.mib:.0f}")
    return table


def ask_everything(words: argparse.Namespace, console: Console) -> Table:
    table = Table("", "p50 ms", "p95 ms", "must", "SQL", title="Asked over HTTP by one client")
    asks = {name: ask for name, ask in pages().items() if words.only in name}
    with server.serving(words.port):
        for name, ask in asks.items():
            told = ask_server(words.port, ask, clients=1, seconds=words.seconds)
            table.add_row(name, f"{told.p50:.0f}", f"{told.p95:.0f}", f"< {MUST}", str(statements_of(ask(0))))
            if words.statements:
                console.print(name, *(f"  {line[:400]}" for line in captured(ask(0))), sep="\n", markup=False)
    return table


def pages() -> dict[str, Ask]:
    """Return what is asked: by who sees everything, and by an account manager."""
    leader, manager = people.supervisor(), people.manager()
    asks = {name: getting(path, leader) for name, path in {**customer_paths(), **care_paths()}.items()}
    own = {"list": "/customers/", "care, the week": "/care/", "desk": "/", "pool": "/care/pool/"}
    return asks | {f"a manager's {name}": getting(path, manager) for name, path in own.items()}


def customer_paths() -> dict[str, str]:
    from huiying.customers.models import Customer

    busy = Customer.objects.get(external_ref=clientele.BUSY)
    page, name = busy.get_absolute_url(), quote(busy.name[:6])
    return {
        "list": "/customers/",
        "list of a tier": "/customers/?tier=vip",
        "list, at risk": "/customers/?risk=75",
        "list, of high value and without manager": "/customers/?value=95&owner=nobody",
        "list, found by name": f"/customers/?q={name}",
        "list, found by two Han": f"/customers/?q={quote(busy.name[:2])}",
        "list, found by a phone": f"/customers/?q={busy.reaches.phones()[0].value}",
        "list, found by a phone's ending": "/customers/?q=0001",
        "customer with 5,000 items": page,
        "… their timeline": f"{page}timeline/",
        "… their orders in it": f"{page}timeline/?about=orders",
        "… a word in it": f"{page}timeline/?find={quote('报价')}",
        "… their orders": f"{page}orders/",
    }


def care_paths() -> dict[str, str]:
    return {
        "desk": "/",
        "care, the week": "/care/?whose=all",
        "care, coverage": "/care/coverage/",
        "care, due": "/care/due/",
        "care, overdue": "/care/contacts/?whose=all",
        "pool": "/care/pool/",
        "tiers suggested": "/customers/suggestions/",
        "archives to look through": "/customers/reviews/",
        "duplicates": "/customers/duplicates/review/",
        "value": "/insight/",
        "churn": "/insight/churn/",
        "occasions": "/occasions/",
        "needs": "/care/needs/",
    }


def getting(path: str, visitor: people.Visitor) -> Ask:
    return lambda _turn: Request(path, headers=visitor.cookie)


if __name__ == "__main__":
    main()
