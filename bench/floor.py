"""The floor: the same rows read and written by bare SQL, one connection for each client."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from uuid import uuid4

import psycopg

from bench.corpus import RARE
from bench.load import Deed, Measure, repeat
from bench.scratch import URL

Statements = Callable[[psycopg.Connection, Random], None]

ENTRY = """INSERT INTO journal_entry (at, recorded_at, verb, subject_type, subject_id, actor_kind, actor_name, facts)
    VALUES (now(), now(), 'case_registered', 'cases.case', %s, 'staff', '王芳', '{}')"""
MESSAGE = """INSERT INTO huiying_channels_message (subject_type, subject_id, direction, channel, at, author_name, text,
    html, is_automatic, header_id, in_reply_to)
    VALUES ('cases.case', %s, 'in', 'phone', now(), '', %s, '', false, '', '')"""
DOCUMENT = "INSERT INTO search_document (subject_type, subject_id, grams) VALUES ('cases.case', %s, %s)"
CASE = """INSERT INTO cases_case (number, kind, stage, episode, version, caller_name, channel, subject, description,
    demand, occurred_where, product, order_number, mood, urgency, level, tags, progress, routing, received_at,
    stage_since, source, external_ref, urged, link_edition)
    VALUES (%s, 'complaint', 'received', 1, 1, '', 'phone', '冰箱不制冷', %s, '', '', '', '', 'calm', 'normal',
    'general', '[]', 0, '{}', now(), now(), '', '', 0, 1) RETURNING id"""
CLOCK = """INSERT INTO deadlines_clock (subject_type, subject_id, part_id, policy_id, kind, episode, round, state,
    started_at, counted_from, used, stint_used, allowance, due_at, rungs_climbed, restarts)
    SELECT 'cases.case', %s, 0, min(id), %s, 1, 1, 'running', now(), now(), '0', '0', '30 minutes', now(), 0, 0
    FROM deadlines_policy"""
TEXT = "冰箱不制冷，师傅约了三次都没来，要求今天解决。"


def measure(statements: Statements, *, clients: int, seconds: float) -> Measure:
    def client(_turn: Callable[[], int]) -> Deed:
        connection, random = psycopg.connect(URL), Random(clients)

        def deed(_number: int) -> None:
            statements(connection, random)
            connection.commit()

        return deed

    return repeat(client, clients=clients, seconds=seconds)


def opener(numbers: list[str]) -> Statements:
    def open_case(connection: psycopg.Connection, random: Random) -> None:
        (key,) = connection.execute("SELECT id FROM cases_case WHERE number = %s", [random.choice(numbers)]).fetchone()
        connection.execute("SELECT * FROM cases_case WHERE id = %s", [key]).fetchall()
        for table in ("journal_entry", "huiying_channels_message", "deadlines_clock"):
            about = f"SELECT * FROM {table} WHERE subject_type = 'cases.case' AND subject_id = %s"
            connection.execute(about, [key]).fetchall()

    return open_case


def list_open(connection: psycopg.Connection, _random: Random) -> None:
    connection.execute(
        "SELECT * FROM cases_case WHERE stage IN ('received', 'accepted', 'investigating', 'drafting', 'agreeing',"
        " 'executing', 'confirming') ORDER BY due_at, id LIMIT 50"
    ).fetchall()


def search(connection: psycopg.Connection, _random: Random) -> None:
    found = connection.execute(
        "SELECT subject_id FROM search_document WHERE string_to_array(grams, ' ') @> ARRAY[%s]"
        " AND subject_type = 'cases.case' LIMIT 500",
        [RARE],
    ).fetchall()
    connection.execute("SELECT * FROM cases_case WHERE id = ANY(%s)", [[key for (key,) in found]]).fetchall()


def register(connection: psycopg.Connection, _random: Random) -> None:
    (key,) = connection.execute(CASE, [uuid4().hex[:20], TEXT]).fetchone()
    for kind in ("accept", "first_answer", "resolve"):
        connection.execute(CLOCK, [key, kind])
    connection.execute(MESSAGE, [key, TEXT])
    connection.execute(DOCUMENT, [key, " ".join(TEXT[place : place + 2] for place in range(len(TEXT)))])
    connection.execute(ENTRY, [key])
