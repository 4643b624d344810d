"""`make bench-archive`: a large archive from files – how long, how much memory – and how its pages answer after."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from urllib.parse import quote

import psycopg
from rich.console import Console
from rich.table import Table

from bench import clientele, scratch, server
from bench.importing import import_file
from bench.load import Ask, Request, ask_server
from bench.pages import statements_of
from bench.people import Visitor, supervisor

MUST = 150  # ms on the server at the median, SPEC A2
URL = f"{scratch.URL}_archive"


def main() -> None:
    words = arguments()
    console = Console()
    made = scratch.settle_in(keep=words.keep, url=URL)
    import django

    django.setup()
    if made:
        console.print(fill(words.customers, console))
    with psycopg.connect(URL, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    console.print(ask_everything(words.port, words.seconds), f"load of the machine: {os.getloadavg()[0]:.1f}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.archive", description=__doc__)
    parser.add_argument("--customers", type=int, default=200_000, help="five orders and ten records come to each")
    parser.add_argument("--port", type=int, default=8109)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--keep", action="store_true", help="ask the archive of the last run")
    return parser.parse_args()


def fill(customers: int, console: Console) -> Table:
    """Import the files and say what each cost."""
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    table = Table("", "rows", "seconds", "rows/s", "MiB at the highest", title="Importing")
    for kind, path in clientele.write_files(Path(scratch.FOLDER), customers, today=timezone.localdate()).items():
        rows = customers * clientele.EACH[kind]
        with console.status(f"{kind}: {rows:,} rows …"):
            seconds, mib = import_file(kind, path)
        table.add_row(kind, f"{rows:,}", f"{seconds:.0f}", f"{rows / seconds:,.0f}", f"{mib:.0f}")
    return table


def ask_everything(port: int, seconds: float) -> Table:
    table = Table("", "p50 ms", "p95 ms", "must", "SQL", title="Asked over HTTP by one client")
    asks = pages(supervisor())
    with server.serving(port):
        for name, ask in asks.items():
            told = ask_server(port, ask, clients=1, seconds=seconds)
            table.add_row(name, f"{told.p50:.0f}", f"{told.p95:.0f}", f"< {MUST}", str(statements_of(ask(0))))
    return table


def pages(visitor: Visitor) -> dict[str, Ask]:
    from huiying.customers.models import Customer

    busy = Customer.objects.get(external_ref=clientele.BUSY)
    page, name = busy.get_absolute_url(), quote(busy.name[:6])
    paths = {
        "list": "/customers/",
        "list of a tier": "/customers/?tier=vip",
        "list, found by name": f"/customers/?q={name}",
        "list, found by two Han": f"/customers/?q={quote(busy.name[:2])}",
        "list, found by a phone's ending": "/customers/?q=0001",
        "customer with 5,000 items": page,
        "… their timeline": f"{page}timeline/",
        "… their orders in it": f"{page}timeline/?about=orders",
        "desk": "/",
    }
    return {name: getting(path, visitor) for name, path in paths.items()}


def getting(path: str, visitor: Visitor) -> Ask:
    return lambda _turn: Request(path, headers=visitor.cookie)


if __name__ == "__main__":
    main()
