"""`python -m bench`: how fast Huiying is on this machine, beside the same work in bare SQL."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

import psycopg
from rich.console import Console
from rich.table import Table

from bench import corpus, scratch, server
from bench.importing import import_corpus
from bench.pages import Result, captured, measure, pages
from bench.people import supervisor
from bench.ringing import DUE, ring_due, ring_in_crowds

IMPORT_MUST = (120, 300)
RING_MUST = 3.0
START_MUST = 2.0
RINGING = "ringing"


def main() -> None:
    words = arguments()
    if words.only == RINGING:
        ring_in_crowds()
        return
    console = Console()
    made = scratch.settle_in(keep=words.keep)
    import django

    django.setup()
    facts = Table("", "figure", "must", title=f"Huiying, {server.WORKERS} workers")
    if made:
        make_corpus(words.size, facts, console)
    with psycopg.connect(scratch.URL) as connection:
        numbers = corpus.give_a_past(connection) if made else corpus.rich_numbers(connection)
        tidy(connection)
    ask_everything(words, numbers, facts, console)
    subprocess.run([sys.executable, "-m", "bench", "--only", RINGING], check=True)  # a database of its own


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="how many cases; from 100,000 on they are copied")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--port", type=int, default=8108)
    parser.add_argument("--keep", action="store_true", help="measure in the database of the last run")
    parser.add_argument("--only", default="", help=f"only pages whose name holds this word, or: {RINGING}")
    parser.add_argument("--statements", action="store_true", help="print each page's statements")
    return parser.parse_args()


def make_corpus(size: int, facts: Table, console: Console) -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    imported = min(size, corpus.IMPORTED_AT_MOST)
    with console.status(f"Importing {imported:,} cases …"):
        seconds, mib = import_corpus(imported)
    scale = imported / corpus.IMPORTED_AT_MOST
    facts.add_row(f"import {imported:,} cases", f"{seconds:.0f} s", f"≤ {IMPORT_MUST[0] * scale:.0f} s")
    facts.add_row("… memory at its highest", f"{mib:.0f} MiB", f"< {IMPORT_MUST[1]} MiB")
    if size > imported:
        with console.status("Copying …"), psycopg.connect(scratch.URL) as connection:
            corpus.multiply(connection, size // imported)


def tidy(connection: psycopg.Connection) -> None:
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE")


def ask_everything(words: argparse.Namespace, numbers: list[str], facts: Table, console: Console) -> None:
    from huiying.cases.models import Case

    wanted = [page for page in pages(numbers, supervisor()) if words.only in page.name]
    results = Table(
        *("", "p50", "p95", "must", f"/s at {words.clients}", "must", "SQL", "must", "floor", "floor/s", "× floor"),
        title="Asked over HTTP, in ms; the floor is the same rows by bare SQL",
    )
    with server.serving(words.port) as (leader, first_answer):
        for page in wanted:
            with console.status(page.name):
                result = measure(page, words.port, clients=words.clients, seconds=words.seconds)
            results.add_row(*line_of(result))
            if words.statements:
                console.print(page.name, *(f"  {line[:200]}" for line in captured(page.ask(0))), sep="\n", markup=False)
        facts.add_row("memory of the server", f"{server.memory(leader):.0f} MiB", "")
        facts.add_row("start to first answer", f"{first_answer:.1f} s", f"≤ {START_MUST:.0f} s")
    seconds, clocks = ring_due()
    facts.add_row(f"ring {DUE:,} due among {clocks:,} clocks", f"{seconds:.2f} s", f"≤ {RING_MUST:.0f} s")
    facts.add_row("cases there are", f"{Case.objects.count():,}", "")
    facts.add_row("load of the machine", f"{os.getloadavg()[0]:.1f}", "< 3, or wait for a quiet one")
    console.print(results)
    console.print(facts)


def line_of(result: Result) -> tuple[str, ...]:
    page, alone = result.page, result.alone
    return (
        page.name,
        f"{alone.p50:.1f}",
        f"{alone.p95:.1f}",
        f"≤ {page.must[0]:.0f}",
        f"{result.crowd.rate:.0f}",
        f"≥ {page.must[1]:.0f}",
        f"{result.statements}",
        f"≤ {page.statements_at_most}",
        f"{result.floor_alone.p50:.2f}",
        f"{result.floor_crowd.rate:,.0f}",
        f"{alone.p50 / result.floor_alone.p50:.0f}",
    )


if __name__ == "__main__":
    main()
