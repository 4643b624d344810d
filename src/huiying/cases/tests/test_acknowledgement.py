"""Who writes to us hears at once that we have it; machines do not, and no two machines talk without end."""

from __future__ import annotations

import pytest
from django.utils import timezone

from huiying.cases import reactions
from huiying.cases.actions.registration import Caller, Draft, register
from huiying.cases.models import Case
from huiying.channels.models import Delivery, RawMail
from huiying.channels.models.message import Message
from huiying.journal.actors import MAIL_ROOM


@pytest.fixture(autouse=True)
def mail_server(settings) -> None:
    settings.EMAIL_URL = "smtp://mail.example.test"
    settings.MAIL_FROM = "kefu@example.com"


def written(*, channel: str = "email", email: str = "liu@example.test") -> Case:
    caller = Caller(name="刘洋", email=email)
    draft = Draft(kind="complaint", channel=channel, description="少发一件", caller=caller)
    return register(draft, by=MAIL_ROOM, at=timezone.now())


def test_a_mail_is_acknowledged_with_number_and_link(town, perform_duties):
    case = written()
    perform_duties()
    sent = Delivery.objects.get()
    assert sent.recipient == "liu@example.test"
    assert case.number in sent.message.text
    assert "http" in sent.message.text
    assert sent.message.is_automatic


def test_the_acknowledgement_answers_nobody(town, perform_duties):
    case = written()
    running = set(case_clocks(case))
    perform_duties()
    assert set(case_clocks(case)) == running


def case_clocks(case: Case) -> list[tuple[str, str]]:
    from huiying.deadlines.models import Clock

    return list(Clock.objects.filter(subject_id=case.pk).values_list("kind", "state"))


@pytest.mark.parametrize("words", [{"channel": "phone"}, {"email": "kefu@example.com"}, {"email": ""}])
def test_who_did_not_write_to_us_gets_no_acknowledgement(town, perform_duties, words):
    written(**words)
    perform_duties()
    assert not Delivery.objects.exists()


def test_a_machine_whose_mail_was_made_a_case_gets_none(town, perform_duties):
    case = written()
    RawMail.objects.create(
        received_at=timezone.now(), digest="x", size=1, outcome="new_case", is_auto_reply=True,
        message=Message.objects.about(case).get(),
    )  # fmt: skip
    perform_duties()
    assert not Delivery.objects.exists()


def test_a_flood_is_acknowledged_only_so_often(town, perform_duties):
    for _mail in range(reactions.ACKNOWLEDGED_IN_AN_HOUR + 3):
        written()
    perform_duties()
    assert Delivery.objects.count() == reactions.ACKNOWLEDGED_IN_AN_HOUR


def test_without_a_mail_server_none_is_promised(town, perform_duties, settings):
    settings.EMAIL_URL = ""
    written()
    perform_duties()
    assert not Delivery.objects.exists()
