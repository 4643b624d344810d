"""A form that is sent twice does its deed once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from huiying.cases.actions.once import KEPT_FOR, forget_sent_forms, once
from huiying.cases.customer_link import token_for
from huiying.cases.models import Case, SentForm
from huiying.cases.tests.lodging import lodge
from huiying.channels.models import Message
from huiying.kit.guards import Refused


def test_the_same_form_leads_to_the_same_case(town):
    first = once("a", lambda: lodge(town.wang), at=timezone.now())
    assert once("a", lambda: lodge(town.wang), at=timezone.now()) == first
    assert once("b", lambda: lodge(town.wang), at=timezone.now()) != first
    assert once("", lambda: lodge(town.wang), at=timezone.now()) != once(
        "", lambda: lodge(town.wang), at=timezone.now()
    )


def test_a_refused_form_may_be_sent_again(town):
    def refuse() -> Case:
        raise Refused("先核实，再受理。")

    with pytest.raises(Refused):
        once("a", refuse, at=timezone.now())
    assert once("a", lambda: lodge(town.wang), at=timezone.now()).number


def test_sent_forms_are_forgotten_in_time(town):
    at = timezone.now()
    once("a", lambda: lodge(town.wang), at=at)
    assert forget_sent_forms(at + KEPT_FOR) == 0
    assert forget_sent_forms(at + KEPT_FOR + timedelta(seconds=1)) == 1
    assert not SentForm.objects.exists()


def test_a_customer_who_presses_twice_says_it_once(town):
    address = reverse("portal:words", args=[token_for(lodge(town.wang))])
    browser = Client()
    token = browser.get(reverse("portal:complaint")).context["csrf_token"]
    before = Message.objects.count()
    for _time in range(2):
        sent = browser.post(address, {"text": "门又关不严了", "csrfmiddlewaretoken": str(token)}, follow=True)
        assert "门又关不严了" in sent.content.decode()
    assert Message.objects.count() == before + 1
