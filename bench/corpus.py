"""Cases to measure with: complaints in Chinese as a file to import, and a past written straight into the tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import psycopg

IMPORTED_AT_MOST = 100_000
HEADER = ("编号", "标题", "投诉内容", "时间", "姓名", "电话", "类别", "产品", "结案时间")
RARE = "琉璃"  # two characters that few texts hold
RARE_ONE_IN = 20_000
OPEN_SHARE = 0.3
EVENTS = 30  # of a case that is opened; every other case has PAST entries
RICH = 400
PAST = 8


def write_file(path: Path, count: int, *, now: datetime) -> None:
    """Write so many cases of the last two years; three in ten are open and came this month."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows(count, now=now))


def rows(count: int, *, now: datetime) -> Iterator[tuple[str, ...]]:
    from huiying.demo import company, words
    from huiying.demo.matters import MATTERS

    random = Random(7)
    for number in range(count):
        matter, product = random.choice(MATTERS), random.choice(company.PRODUCTS)
        blanks = {
            "short": product.name,
            "product": str(product),
            "part": random.choice(product.parts),
            "days": random.randint(2, 20),
            "n": random.randint(2, 9),
            "date": "上周",
            "time": "下午三点",
            "order": f"D{number:07}",
            "amount": random.randint(50, 900),
        }
        said = "，".join([random.choice(matter.happened), random.choice(company.EFFECTS[product.group])])
        said = f"{said}。{random.choice(words.EFFORTS)}。{random.choice(matter.wishes)}。".format_map(blanks)
        is_open = random.random() < OPEN_SHARE
        age = timedelta(minutes=random.randint(1, 40_000 if is_open else 1_000_000))
        received = now - age
        yield (
            f"B{number}",
            random.choice(matter.subjects).format_map(blanks),
            said + (RARE if number % RARE_ONE_IN == 0 else ""),
            f"{received:%Y-%m-%d %H:%M:%S}",
            random.choice(company.SURNAMES) + random.choice(company.GIVEN_FIRST) + random.choice(company.GIVEN_SECOND),
            f"199{number % max(count // 5, 1):08}",
            matter.category,
            str(product),
            "" if is_open else f"{received + age / 2:%Y-%m-%d %H:%M:%S}",
        )


def multiply(connection: psycopg.Connection, times: int) -> None:
    """Copy the imported cases with clocks, words and search terms so many times, straight in the database."""
    top = connection.execute("SELECT max(id) FROM cases_case").fetchone()[0]
    for turn in range(1, times):
        shift = turn * (top + 1)
        copy_rows(
            connection, "cases_case", {"id": f"id + {shift}", "number": f"'X{turn}-' || id", "external_ref": "''"}
        )
        for table in ("deadlines_clock", "search_document", "huiying_channels_message"):
            key = f"nextval(pg_get_serial_sequence('{table}', 'id'))"
            own = f"subject_type = 'cases.case' AND subject_id <= {top}"
            copy_rows(connection, table, {"id": key, "subject_id": f"subject_id + {shift}"}, own)
        connection.commit()


def copy_rows(connection: psycopg.Connection, table: str, changed: dict[str, str], where: str = "") -> None:
    found = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_identity = ANY(%s)",
        [table, ["YES", "NO"]],
    )
    columns = [column for (column,) in found]
    values = ", ".join(changed.get(column, f'"{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    condition = where or f"id <= (SELECT min(id) + {IMPORTED_AT_MOST} FROM {table}) AND number LIKE 'C%'"
    connection.execute(
        f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE SELECT {values} FROM {table} WHERE {condition}"
    )


def give_a_past(connection: psycopg.Connection) -> list[str]:
    """Write journal entries and messages for every case, many for a few; return the numbers of those few."""
    keys = rich_keys(connection)
    entry = """
        INSERT INTO journal_entry (at, recorded_at, verb, subject_type, subject_id, customer_id,
                                   actor_kind, actor_id, actor_name, facts)
        SELECT received_at + n * interval '1 minute', now(),
               (ARRAY['case_accepted', 'case_assigned', 'case_revised', 'promise_made'])[1 + n %% 4],
               'cases.case', id, customer_id, 'staff', 1, '王芳', '{"to": "王芳", "fields": ["level"]}'
        FROM cases_case, generate_series(1, %s) AS n WHERE (id = ANY(%s)) = %s"""
    connection.execute(entry, [PAST, keys, False])
    connection.execute(entry, [EVENTS // 2, keys, True])
    connection.execute(
        """
        INSERT INTO huiying_channels_message (subject_type, subject_id, customer_id, direction, channel, at, author_id,
            author_name, text, html, is_automatic, header_id, in_reply_to)
        SELECT 'cases.case', id, customer_id, (ARRAY['in', 'out'])[1 + n %% 2], 'phone',
               received_at + n * interval '2 minutes', NULL, '王芳', description, '', false, '', ''
        FROM cases_case, generate_series(1, %s) AS n WHERE id = ANY(%s)""",
        [EVENTS - EVENTS // 2 - 1, keys],
    )
    connection.commit()
    return rich_numbers(connection)


def rich_keys(connection: psycopg.Connection) -> list[int]:
    rich = connection.execute("SELECT id FROM cases_case WHERE stage = 'received' ORDER BY id LIMIT %s", [RICH])
    return [key for (key,) in rich]


def rich_numbers(connection: psycopg.Connection) -> list[str]:
    """Return the numbers of the cases with many events."""
    rich = connection.execute("SELECT number FROM cases_case WHERE id = ANY(%s)", [rich_keys(connection)])
    return [number for (number,) in rich]
