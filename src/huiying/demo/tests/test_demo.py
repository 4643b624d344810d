from __future__ import annotations

import json
import re
from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from conftest import MONDAY_MORNING
from huiying.cases.lifecycle import OPEN
from huiying.cases.models import Case, Category, Handover, Recusal, Route, Split, Suspicion, TaskForce
from huiying.channels.models import Delivery, Message
from huiying.customers.actions.pairing import look_for_pairs
from huiying.customers.models import Customer, Freshness, Pair, Reach, Round, Score, Usage
from huiying.deadlines.models import Clock
from huiying.demo import record
from huiying.demo.winning import lose
from huiying.engagement.models import Mailing, Need, Recipient
from huiying.engagement.models.pool import Holding
from huiying.insight.models import ChurnWarning, Play
from huiying.journal.models import Duty, Entry
from huiying.staff.actors import actor_of
from huiying.staff.models import Role, User

pytestmark = pytest.mark.django_db

CASES = 60


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker, tmp_path_factory):
    """The sample company on Monday morning, seeded once for all tests here; yields what the command told."""
    told = StringIO()
    with (
        django_db_blocker.unblock(),
        time_machine.travel(MONDAY_MORNING, tick=False),
        override_settings(DATA_DIR=tmp_path_factory.mktemp("data")),
        transaction.atomic(),
    ):
        call_command("demo", "--json", "--cases", str(CASES), stdout=told)
        yield [json.loads(line) for line in told.getvalue().splitlines()]
        transaction.set_rollback(True)


def test_the_company_has_people_customers_and_cases_at_every_stage(sample):
    assert sample[0]["cases"] == Case.objects.count() == CASES
    assert Customer.objects.count() >= 30
    assert Counter(Case.objects.values_list("stage", flat=True))["closed"] > CASES / 2
    assert Case.objects.filter(stage__in=OPEN).count() == sample[0]["open"] > 5


def test_a_few_cases_are_split_handed_over_worked_on_together_or_kept_from_somebody(sample):
    assert Split.objects.get().part.owner.name == "叶欣"
    assert {one.outcome for one in Handover.objects.all()} == {"", "returned"}
    assert TaskForce.objects.standing().count() == Recusal.objects.standing().count() == 1


def test_customers_want_things_and_many_were_written_to(sample):
    assert len(set(Need.objects.values_list("stage", flat=True))) >= 4
    assert Need.objects.filter(origin="said", evidence__isnull=False).exists()
    assert Mailing.objects.get().state == "done"
    assert Recipient.objects.filter(state="sent").count() > 3


def test_most_archives_were_looked_through_in_time_and_some_are_overdue(sample):
    overdue = Customer.objects.to_review(MONDAY_MORNING.date()).count()
    assert 1 <= overdue < Customer.objects.count() / 3
    assert Freshness.objects.filter(confirmed=True, by__isnull=False).exists()


def test_prospects_lie_in_the_pool_some_taken_back_and_some_are_warned_of(sample):
    pool = Customer.objects.current().filter(owner=None, status="lead")
    assert pool.filter(holdings__end="reclaimed").count() >= 3
    assert pool.filter(holdings__end="released").exists()
    assert Holding.objects.open().filter(warned_on__isnull=False).exists()
    team = Customer.objects.filter(owner__team__lead__username="guotao")
    assert team.count() >= 2


def test_somebody_is_being_won_back(sample):
    play = Play.objects.running().get()
    assert [bool(step.done_at) for step in play.steps.all()][:3] == [True, True, False]
    assert play.owner == play.customer.owner


def test_somebody_was_lost_in_spite_of_it(sample):
    warning = ChurnWarning.objects.standing().exclude(plays__result="").first()
    owner = User.objects.with_standing().get(pk=warning.customer.owner_id)
    lose(warning, actor_of(owner), until=MONDAY_MORNING)
    play = warning.plays.get()
    assert (play.result, play.customer.status) == ("lost", "lost")
    assert warning not in ChurnWarning.objects.standing()


def test_some_customers_are_entered_twice_and_found(sample):
    while look_for_pairs(MONDAY_MORNING + timedelta(minutes=5)):
        pass
    reasons = [set(pair.reasons) for pair in Pair.objects.waiting()]
    assert sum("phone" in each for each in reasons) == 2
    assert any("near_name" in each for each in reasons)


def test_rules_have_been_asked_for_tiers_and_signals_were_told(sample):
    night = Round.objects.get()
    assert night.ended_at is not None
    assert night.considered == Customer.objects.count()
    assert Score.objects.exists()
    assert Usage.objects.filter(question="").exists()


def test_everybody_has_a_password_of_this_installation_alone(sample, client):
    sign_ins = sample[1:]
    assert len({one["password"] for one in sign_ins}) == User.objects.count()
    wang = next(one for one in sign_ins if one["username"] == "wangfang")
    assert client.login(username="wangfang", password=wang["password"])


@pytest.mark.parametrize("word", ["--sign-ins", "--if-empty"])
def test_the_sign_ins_are_printed_again(sample, word):
    told = StringIO()
    call_command("demo", "--json", word, stdout=told)
    assert [json.loads(line) for line in told.getvalue().splitlines()] == sample[1:]


def test_the_past_is_quiet_but_what_is_overdue_shows(sample):
    assert not Clock.objects.to_ring(MONDAY_MORNING).exists()
    assert Clock.objects.running().filter(due_at__lt=MONDAY_MORNING).exists()
    assert not Duty.objects.filter(entry__at__lt=MONDAY_MORNING - timedelta(hours=3)).exists()
    assert not Delivery.objects.filter(state=Delivery.State.WAITING).exists()


def test_something_falls_due_within_the_hour(sample):
    soon = Clock.objects.running().filter(due_at__gt=MONDAY_MORNING)
    assert soon.filter(due_at__lte=MONDAY_MORNING + timedelta(hours=1)).exists()


def test_nothing_happens_in_the_future_and_words_go_both_ways(sample):
    assert not Entry.objects.filter(at__gt=MONDAY_MORNING, actor_kind__in=["staff", "customer"]).exists()
    assert set(Message.objects.values_list("direction", flat=True)) == {"in", "out"}


def test_no_blank_is_left_unfilled_and_no_number_is_anybodys(sample):
    texts = [*Message.objects.values_list("text", flat=True), *Case.objects.values_list("subject", flat=True)]
    assert not [text for text in texts if re.search(r"[{}]", text)]
    assert all(key.startswith("199000") for key in Reach.objects.phones().values_list("key", flat=True))


@pytest.mark.parametrize("words", [[], ["--add"], ["--cases", "3"]])
def test_it_comes_once_and_into_an_empty_installation(sample, words):
    with pytest.raises(SystemExit):
        call_command("demo", "--json", *words, stdout=StringIO())
    assert Case.objects.count() == CASES


def test_wiping_leaves_the_starter_pack(sample):
    connection.check_constraints()  # the seeding above is one transaction with this test
    call_command("demo", "--wipe", "--json", stdout=StringIO())
    assert not User.objects.exists()
    assert Category.objects.exists()
    assert Route.objects.exists()


def test_a_sample_that_was_broken_off_is_begun_afresh(sample):
    connection.check_constraints()
    record.begin()
    told = StringIO()
    call_command("demo", "--json", "--if-empty", "--cases", "20", stdout=told)
    assert json.loads(told.getvalue().splitlines()[1])["cases"] == Case.objects.count() == 20
    assert not record.is_unfinished()


def test_it_is_not_wiped_where_somebody_else_works(sample):
    User.objects.create(username="newcomer", name="新同事", role=Role.objects.first())
    with pytest.raises(SystemExit):
        call_command("demo", "--wipe", "--json", stdout=StringIO())
    assert Case.objects.count() == CASES


def test_a_suspected_group_incident_waits_to_be_looked_at(sample):
    suspicion = Suspicion.objects.get()
    assert suspicion.state == Suspicion.State.WAITING
    assert suspicion.people == suspicion.cases.count() >= 4
    assert "塑料味" in "".join(suspicion.words)
