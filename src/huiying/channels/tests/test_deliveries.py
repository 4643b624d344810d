"""Messages leave over a real socket; what does not arrive is tried again, given up, and seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from huiying.cases.actions.conversation import answer
from huiying.cases.actions.registration import Caller, Draft, register
from huiying.cases.models import Case
from huiying.channels.deliveries import CLAIM_LASTS, deliver, mark_returned, try_again
from huiying.channels.models import Delivery, Message
from huiying.channels.reply_tokens import token_for
from huiying.channels.words import Upload, Words
from huiying.journal.actors import MAIL_ROOM
from huiying.journal.models import Entry
from huiying.kit.guards import DomainError, Refused

from .post_office import free_port

State = Delivery.State


@pytest.fixture
def case(town, actor) -> Case:
    caller = Caller(name="刘洋", email="liu@example.test")
    words = Words(text="少发一件", channel="email", header_id="theirs@example.test")
    draft = Draft(kind="complaint", channel="email", subject="少发", description="少发一件", caller=caller, words=words)
    return register(draft, by=MAIL_ROOM, at=timezone.now())


def say(case: Case, by, text: str = "您好，已补发。", **words) -> Delivery:
    message = answer(case, Words(text=text, channel="email", **words), by=by, at=timezone.now())
    return message.deliveries.get()


def test_an_answer_leaves_as_a_mail_in_its_thread(office, case, town, actor):
    photo = Upload(name="面单.png", content=b"\x89PNG\r\n\x1a\n")
    delivery = say(case, actor(town.wang), uploads=[photo])
    assert deliver(timezone.now()) == 1
    (mail,) = office.mails
    delivery.refresh_from_db()
    assert delivery.state == State.SENT
    assert (mail["Subject"], mail["To"]) == (f"[{case.number}] 少发", "liu@example.test")
    assert mail["In-Reply-To"] == mail["References"] == "<theirs@example.test>"
    assert mail["Message-ID"] == f"<{Message.objects.get(pk=delivery.message_id).header_id}>"
    assert mail.get_body().get_content().strip() == "您好，已补发。"
    assert [part.get_filename() for part in mail.iter_attachments()] == ["面单.png"]
    assert mail["Auto-Submitted"] is None


def test_nothing_leaves_twice(office, case, town, actor):
    say(case, actor(town.wang))
    assert [deliver(timezone.now()), deliver(timezone.now())] == [1, 0]
    assert len(office.mails) == 1


def test_a_mail_put_off_is_tried_again_with_growing_patience(office, case, town, actor, monday_morning):
    delivery, office.reply = say(case, actor(town.wang)), "451 later"
    for attempt in (1, 2, 3):
        deliver(timezone.now())
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == (State.WAITING, attempt)
        assert delivery.next_try_at - timezone.now() <= timedelta(minutes=2**attempt)
        assert deliver(timezone.now()) == 0
        monday_morning.move_to(delivery.next_try_at)
    office.reply = ""
    deliver(timezone.now())
    assert len(office.mails) == 1


def test_a_refused_mail_is_given_up_and_seen_on_the_case(office, case, town, actor, perform_duties):
    delivery, office.reply = say(case, actor(town.wang)), "550 no such person"
    deliver(timezone.now())
    perform_duties()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == (State.FAILED, "550 no such person")
    assert Entry.objects.about(case).filter(verb="message_not_delivered").count() == 1


def test_an_absent_server_is_tried_again_until_we_give_up(case, town, actor, settings, monday_morning):
    settings.EMAIL_URL = f"smtp://127.0.0.1:{free_port()}"
    delivery = say(case, actor(town.wang))
    for _attempt in range(Delivery.GIVE_UP_AFTER):
        deliver(timezone.now())
        delivery.refresh_from_db()
        monday_morning.move_to(max(delivery.next_try_at, timezone.now()))
    assert (delivery.state, delivery.attempts) == (State.FAILED, Delivery.GIVE_UP_AFTER)


def test_without_a_server_everything_waits(case, town, actor, settings):
    settings.EMAIL_URL = ""
    delivery = say(case, actor(town.wang))
    assert deliver(timezone.now()) == 0
    delivery.refresh_from_db()
    assert delivery.state == State.WAITING


def test_what_a_killed_worker_held_is_sent_after_a_while(office, case, town, actor, monday_morning):
    delivery = say(case, actor(town.wang))
    Delivery.objects.filter(pk=delivery.pk).update(state=State.SENDING, claimed_at=timezone.now())
    assert deliver(timezone.now()) == 0
    monday_morning.shift(CLAIM_LASTS + timedelta(seconds=1))
    assert deliver(timezone.now()) == 1
    assert len(office.mails) == 1


def test_a_returned_mail_is_marked_once(office, case, town, actor):
    delivery = say(case, actor(town.wang))
    deliver(timezone.now())
    for _time in range(2):
        mark_returned(delivery.message, ["LIU@example.test"], reason="退信", at=timezone.now())
    delivery.refresh_from_db()
    assert delivery.state == State.FAILED
    assert Entry.objects.filter(verb="delivery_given_up").count() == 1


def test_whoever_may_have_it_sent_once_more(office, case, town, actor):
    delivery, office.reply = say(case, actor(town.wang)), "550 no"
    deliver(timezone.now())
    with pytest.raises(Refused):
        try_again(delivery, by=actor(town.wang), at=timezone.now())
    office.reply = ""
    try_again(delivery, by=actor(town.admin), at=timezone.now())
    deliver(timezone.now())
    assert len(office.mails) == 1
    with pytest.raises(DomainError):
        try_again(delivery, by=actor(town.admin), at=timezone.now())


def test_where_the_mailbox_takes_tags_answers_come_to_a_tagged_address(office, case, town, actor, settings):
    settings.MAIL_REPLY_TAGS = True
    say(case, actor(town.wang))
    deliver(timezone.now())
    (mail,) = office.mails
    assert mail["Reply-To"].addresses[0].username == f"kefu+{token_for('cases.case', case.pk)}"
