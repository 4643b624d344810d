"""A file that is too large: a clear sentence, and what was typed stays."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from huiying.cases.customer_link import token_for
from huiying.cases.models import Case
from huiying.cases.tests.lodging import lodge

WORDS = "照片在这里，冰箱门上有一道很长的划痕。"


def photo():
    return SimpleUploadedFile("photo.jpg", b"x" * 30_000_000, content_type="image/jpeg")


def assert_refused_but_kept(answer):
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert "MB" in answer.content.decode()


def test_the_customer_keeps_the_words(town):
    case = lodge(town.wang)
    address = reverse("portal:words", args=[token_for(case)])
    assert_refused_but_kept(Client().post(address, {"text": WORDS, "attachments": photo()}))


def test_so_do_the_clerk_and_whoever_registers(town, sign_in):
    case, browser = lodge(town.wang), sign_in(town.wang)
    address = reverse("cases:messages", args=[case.number])
    assert_refused_but_kept(browser.post(address, {"text": WORDS, "channel": "phone", "attachments": photo()}))
    draft = {"kind": "complaint", "channel": "phone", "description": WORDS, "mood": "calm"}
    draft |= {"urgency": "normal", "level": "general", "attachments": photo()}
    assert_refused_but_kept(browser.post(reverse("cases:register"), draft))
    assert Case.objects.count() == 1
