"""Every mail of every collection becomes a case, an answer, or is kept with its reason; however often, once."""

from __future__ import annotations

from collections import Counter

from django.utils import timezone

from huiying.cases.models import Case
from huiying.channels.models import RawMail
from huiying.intake.receiving import receive_mail
from tests.real_data.conftest import DATA

MAILS = sorted((DATA / "mail").rglob("*.eml"))


def test_every_mail_is_filed_or_kept_with_its_reason(town):
    outcomes = Counter[str]()
    for path in MAILS:
        received = receive_mail(path.read_bytes(), at=timezone.now())
        outcomes[received.outcome] += 1
        assert received.case or received.mail.reason, path
    print(dict(outcomes))  # noqa: T201  (the figures are the point)
    assert outcomes["new_case"] >= 0.8 * len(MAILS)
    assert outcomes["refused"] == 0


def test_brought_twice_they_are_stored_once(town):
    for _time in range(2):
        for path in MAILS[:20]:
            receive_mail(path.read_bytes(), at=timezone.now())
    assert RawMail.objects.count() == len({receive_mail(p.read_bytes(), at=timezone.now()).mail.pk for p in MAILS[:20]})
    assert Case.objects.count() <= 20
