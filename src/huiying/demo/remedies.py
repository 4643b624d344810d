"""What is offered and what is then to be done, worked out from the matter's drafts."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from huiying.cases.actions import ActionDraft, OfferDraft, RemedyDraft
from huiying.demo.cast import Company
from huiying.demo.hours import working_later
from huiying.demo.matters import Remedy
from huiying.demo.telling import Telling

SWEETER = Decimal("1.3")
VALID_DAYS = 30  # longer than any holiday
ONE_IS_ENOUGH = 0.6
PAID_BY_ORGANISATIONS_AT_MOST = Decimal(6000)


def offer_draft(telling: Telling, *, version: int, at: datetime) -> OfferDraft:
    """Return the offer; a later version gives a little more."""
    matter, random = telling.matter, telling.random
    chosen = random.sample(matter.remedies, k=random.randint(1, len(matter.remedies))) if matter.remedies else ()
    return OfferDraft(
        text=telling.one_of(matter.offers),
        remedies=[remedy_draft(remedy, telling, version=version) for remedy in chosen],
        improvement="已纳入本月质量例会跟踪。" if random.random() < 0.2 else "",
        valid_until=at + timedelta(days=VALID_DAYS),
    )


def remedy_draft(remedy: Remedy, telling: Telling, *, version: int) -> RemedyDraft:
    price = Decimal(telling.product.price)
    share = price * Decimal(str(remedy.share))
    amount = share or Decimal(telling.random.randint(remedy.least, remedy.most)) * SWEETER**version
    return RemedyDraft(
        kind=remedy.kind,
        amount=min(amount, PAID_BY_ORGANISATIONS_AT_MOST).quantize(Decimal(1)),
        detail=telling.say(remedy.detail),
    )


def action_drafts(telling: Telling, company: Company, *, at: datetime) -> list[ActionDraft]:
    """Return what the departments shall do, each with somebody who does it."""
    drafts = []
    wanted = 1 if telling.random.random() < ONE_IS_ENOUGH else len(telling.matter.actions)
    for title, department in telling.matter.actions[:wanted]:
        head = company.heads.get(department)
        drafts.append(
            ActionDraft(
                title=telling.say(title),
                department=company.departments[department],
                due_at=working_later(at, telling.random.choice((180, 240, 480, 480, 960))),
                owner=company.users[head.pk] if head is not None else None,
            )
        )
    return drafts
