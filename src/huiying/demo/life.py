"""The life of one case, from the first word to the verified cure or to wherever it has got by now.

A life is a generator: it yields the moment at which it goes on and does its next deed when it is called again. One
that would go on after the present is simply left there, so open cases stand at every stage without being put there.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from huiying.cases import actions
from huiying.cases.models import ActionItem, Case, Category, Confirmation, Level, Offer, Urgency
from huiying.channels.models.endpoint import Channel
from huiying.channels.words import Words
from huiying.demo import words
from huiying.demo.cast import Company
from huiying.demo.hours import working_later
from huiying.demo.remedies import action_drafts, offer_draft
from huiying.demo.telling import Telling
from huiying.journal.actors import Actor, customer_actor
from huiying.staff.actors import StaffActor

NEVER = timedelta(days=4000)
OPEN_DOORS = {Channel.WEB, Channel.EMAIL, Channel.SOCIAL, Channel.API}
CHANNELS = {
    Channel.PHONE: 45,
    Channel.WECHAT: 15,
    Channel.WEB: 12,
    Channel.EMAIL: 8,
    Channel.CHAT: 9,
    Channel.MANAGER: 4,
    Channel.SOCIAL: 3,
    Channel.WECOM: 3,
    Channel.API: 1,
}
Moments = Iterator[datetime]


@dataclass(frozen=True, kw_only=True)
class Temper:
    """How a case goes: `pace` stretches every wait, `neglect` is the chance that somebody forgets it at a step."""

    pace: float = 1.0
    neglect: float = 0.0
    urgent: bool = False


class Life:
    """One case and those around it."""

    case: Case

    def __init__(self, company: Company, telling: Telling, temper: Temper, categories: dict[str, Category]) -> None:
        self.company, self.telling, self.temper, self.categories = company, telling, temper, categories
        self.random: Random = telling.random
        self.now = telling.at
        self.matter, self.customer = telling.matter, telling.patron.customer
        self.channel = self.random.choices(list(CHANNELS), weights=list(CHANNELS.values()))[0]
        self.planned: list[ActionItem] = []

    def story(self) -> Moments:
        """Tell the whole life; each yield is a moment to wait for."""
        yield self.now
        self.register()
        if self.chance(0.035):
            yield from self.leave_by_the_side()
            return
        yield from self.take_on()
        yield from self.work()
        yield from self.finish()
        if self.chance(0.04):
            yield self.days_later(2, 9)
            head = self.company.named("zhaomin")
            self.case = actions.reopen(self.case, reason=self.pick(words.REOPENED), by=head, at=self.now)
            yield from self.work()
            yield from self.finish()

    def work(self) -> Moments:
        """Find out, offer, agree, carry out and ask, until the customer says that it is solved."""
        self.planned = []
        yield from self.investigate()
        for attempt in range(3):
            yield from self.agree(attempt)
            items = self.planned or [self.plan(draft) for draft in self.drafted_actions()]
            yield from self.carry_out(items)
            solved = yield from self.ask_the_customer()
            if solved:
                return

    # The steps, in order.

    def register(self) -> None:
        telling, wish = self.telling, self.telling.wish
        by_themselves = self.channel in OPEN_DOORS
        by: Actor = (
            self.customer_actor() if by_themselves else self.company.named(self.pick(("wangfang", "zhouting", "xunuo")))
        )
        heard = None if by_themselves else actions.ListeningSteps(read_back=True, understanding=self.chance(0.9))
        promised = None
        if not by_themselves and (self.temper.urgent or self.chance(0.4)):
            promised = self.promise()
        draft = actions.Draft(
            kind=self.matter.kind,
            channel=self.channel,
            subject=telling.subject,
            description=telling.description(wish),
            demand=wish,
            caller=actions.Caller(customer=self.customer, name=telling.patron.called),
            category=self.categories[self.matter.category],
            level=self.level(),
            urgency=self.urgency(),
            mood=telling.mood,
            product=str(telling.product),
            order=telling.order,
            occurred_at=self.now - timedelta(hours=self.random.randint(1, 60)),
            listening=heard,
            promise=promised,
        )
        self.case = actions.register(draft, by=by, at=self.now)

    def take_on(self) -> Moments:
        yield self.soon(12)
        owner = self.owner()
        self.case = actions.accept(self.case, by=owner, at=self.now)
        yield self.soon(7)
        self.answer(self.greeting(owner))
        if self.chance(0.35):
            yield self.soon(20)
            self.note(words.NOTES)

    def investigate(self) -> Moments:
        telling = self.telling
        if self.chance(0.5) and self.case.stage == "accepted":
            self.case = actions.investigate(self.case, by=self.owner(), at=self.now)
        if self.chance(0.4):
            yield self.soon(60)
            self.hear(telling.one_of(words.PUSHES))
            yield self.soon(25)
            self.answer(telling.one_of(words.PROGRESS, hour=self.coming_hour()))
        yield self.soon(70)
        findings = actions.Findings(
            facts=telling.one_of(self.matter.facts),
            cause=self.categories[self.matter.category],
            root_cause=telling.one_of(self.matter.root_causes),
            department=self.company.departments[self.matter.department],
        )
        self.case = actions.record_findings(self.case, findings, by=self.owner(), at=self.now).case

    def agree(self, attempt: int) -> Moments:
        """Offer until the customer agrees; each refusal brings a better version."""
        telling = self.telling
        for version in range(attempt, attempt + 3):
            yield self.soon(35)
            made = actions.offer(
                self.case, offer_draft(telling, version=version, at=self.now), by=self.owner(), at=self.now
            )
            self.case = made.case
            if made.state == Offer.State.WAITING:
                made = yield from self.approval(made)
            if made.state == Offer.State.REFUSED:
                continue
            self.answer(f"{telling.patron.called}您好，处理方案：{made.text}您看可以吗？")
            yield self.soon(55)
            if self.chance(0.86 + 0.1 * version):
                self.planned = [self.plan(draft) for draft in self.drafted_actions()] if attempt else []
                self.accept(made)
                return
            comment = self.pick(words.DECLINES)
            self.case = actions.decline_offer(made, comment=comment, by=self.customer_actor(), at=self.now)
        yield self.now + NEVER  # a customer whom nothing satisfies: it waits for the supervisor

    def accept(self, made: Offer) -> None:
        by = self.customer_actor() if self.chance(0.5) else self.owner()
        self.case = actions.accept_offer(made, comment=self.pick(words.THANKS), by=by, at=self.now)

    def approval(self, made: Offer) -> Generator[datetime, None, Offer]:
        approver = self.company.approver_for(self.owner(), float(made.amount))
        yield self.soon(45)
        if approver is None:
            yield self.now + NEVER
        elif self.chance(0.92):
            made = actions.approve(made, comment=self.pick(words.APPROVAL_YES), by=approver, at=self.now)
        else:
            made = actions.refuse(made, comment=self.pick(words.APPROVAL_NO), by=approver, at=self.now)
        self.case = made.case
        return made

    def drafted_actions(self) -> list[actions.ActionDraft]:
        return action_drafts(self.telling, self.company, at=self.now)

    def carry_out(self, items: list[ActionItem]) -> Moments:
        if self.chance(0.3):
            yield self.soon(90)
            self.answer(self.telling.one_of(words.PROGRESS, hour=self.coming_hour()))
        for item in items:
            yield self.soon(110)
            serial = f"AJ{self.random.randrange(10**7, 10**8)}"
            actor = self.company.actors[item.owner_id] if item.owner_id else self.owner()
            self.case = actions.complete(
                item, self.pick(words.PROOFS).format(serial=serial), by=actor, at=self.now
            ).case

    def plan(self, draft: actions.ActionDraft) -> ActionItem:
        item = actions.plan_action(self.case, draft, by=self.owner(), at=self.now)
        self.case = item.case
        return item

    def ask_the_customer(self) -> Generator[datetime, None, bool]:
        """Return whether they say it is solved; whom nobody reaches counts as solved after three attempts."""
        yield self.soon(60)
        if self.chance(0.05):
            for _attempt in range(3):
                yield self.soon(200)
                self.attempt()
            return True
        result = self.random.choices(list(Confirmation.Result), weights=(88, 8, 4))[0]
        word = actions.Word(result=result, rating=self.rating(result), comment=self.comment(result))
        by = self.customer_actor() if self.chance(0.4) else self.owner()
        self.case = actions.confirm(self.case, word, by=by, at=self.now).case
        return result == Confirmation.Result.SOLVED

    def finish(self) -> Moments:
        yield self.soon(25)
        if self.case.stage == "confirming":
            self.case = actions.close(self.case, lesson=self.pick(words.LESSONS), by=self.owner(), at=self.now)

    def leave_by_the_side(self) -> Moments:
        yield self.soon(90)
        lead, head = self.company.named("liqiang"), self.company.named("zhaomin")
        if self.chance(0.65):
            self.case = actions.withdraw(self.case, reason=self.pick(words.WITHDRAWN), by=head, at=self.now)
            return
        asked = actions.ask_to_discard(self.case, reason=self.pick(words.INVALID), by=lead, at=self.now)
        yield self.soon(120)
        self.case = actions.second_discard(asked, agreed=True, by=head, at=self.now)

    # Small deeds.

    def answer(self, text: str) -> None:
        actions.answer(self.case, Words(text=text, channel=self.own_channel()), by=self.owner(), at=self.now)

    def hear(self, text: str) -> None:
        said = Words(text=text, channel=self.own_channel())
        actions.hear(self.case, said, by=self.customer_actor(), author_name=self.telling.patron.called, at=self.now)

    def note(self, texts: tuple[str, ...]) -> None:
        self.case = actions.note(self.case, self.telling.one_of(texts), by=self.owner(), at=self.now).case

    def attempt(self) -> None:
        tried = self.pick(words.TRIED)
        self.case = actions.note_attempt(self.case, channel="phone", what=tried, by=self.owner(), at=self.now).case

    def promise(self) -> actions.PromiseDraft:
        due = self.now + timedelta(minutes=self.random.randint(20, 55) if self.temper.urgent else 240)
        return actions.PromiseDraft(text=f"{due:%H:%M} 前告诉您处理进展", due_at=due)

    # What they say and who they are.

    def greeting(self, owner: StaffActor) -> str:
        pledge = self.pick(words.PLEDGES).format(hour=self.coming_hour())
        if not self.matter.heat:
            return self.telling.one_of(words.PLAIN_ANSWERS)
        return self.telling.one_of(words.APOLOGIES[self.telling.mood], agent=owner.name) + pledge

    def rating(self, result: str) -> str:
        if result == Confirmation.Result.SOLVED:
            return self.random.choices(("satisfied", "fair"), weights=(75, 25))[0]
        return self.random.choices(("fair", "dissatisfied"), weights=(45, 55))[0]

    def comment(self, result: str) -> str:
        if result == Confirmation.Result.SOLVED:
            return self.pick(words.SOLVED_COMMENTS)
        return self.pick(words.PARTLY_COMMENTS if result == Confirmation.Result.PARTLY else words.UNSOLVED_COMMENTS)

    def level(self) -> str:
        if self.matter.category == "quality-safety":
            return Level.MAJOR
        return self.random.choices((Level.GENERAL, Level.COMPLEX, Level.MAJOR), weights=(86, 12, 2))[0]

    def urgency(self) -> str:
        weights = {"angry": (45, 52, 3), "worried": (20, 72, 8), "calm": (3, 72, 25)}[self.telling.mood]
        return self.random.choices((Urgency.URGENT, Urgency.NORMAL, Urgency.LOW), weights=weights)[0]

    def owner(self) -> StaffActor:
        return self.company.actor(self.case.owner_id)

    def customer_actor(self) -> Actor:
        return customer_actor(pk=self.customer.pk, name=self.telling.patron.called)

    def own_channel(self) -> str:
        mailable = self.channel == Channel.EMAIL and self.telling.patron.email
        return (
            self.channel if mailable or self.channel in {Channel.WECHAT, Channel.CHAT, Channel.WECOM} else Channel.PHONE
        )

    # Chance and time.

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def pick(self, among: tuple[str, ...]) -> str:
        return self.random.choice(among)

    def soon(self, minutes: float) -> datetime:
        """Return about so many minutes of working time later; or never, when it is forgotten here."""
        if self.chance(self.temper.neglect):
            return self.now + NEVER
        self.now = working_later(self.now, self.random.triangular(0.2, 2, 0.8) * minutes * self.temper.pace)
        return self.now

    def days_later(self, least: int, most: int) -> datetime:
        self.now = working_later(self.now + timedelta(days=self.random.randint(least, most)), 30)
        return self.now

    def coming_hour(self) -> int:
        return min(working_later(self.now, 90).hour + 1, 18)
