"""What customers would hear of their new account managers, were they handed over so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiying.channels.models.endpoint import Channel
from huiying.customers.models import Contact, Customer
from huiying.engagement.models import Means
from huiying.engagement.models.introduction import IntroductionRule
from huiying.engagement.models.mailing import Mailing, MailingRules, Recipient
from huiying.engagement.models.template import Template
from huiying.engagement.placeholders import filled_in
from huiying.engagement.queries.recipients import Candidate, judged
from huiying.engagement.shares import Share
from huiying.journal.actors import CLOCKWORK, Actor
from huiying.kit.guards import Sentence

AT_ONCE = 500
Way, Reason = IntroductionRule.Way, Recipient.Reason


@dataclass(frozen=True)
class Telling:
    """A customer whom somebody new looks after, `customer.owner`, and how they hear of it; `words` and `to` by message.

    Whoever cannot be written to has the reason in `to`.
    """

    customer: Customer
    rule: IntroductionRule
    words: Template | None = None
    to: Candidate | None = None


def tellings(customers: Sequence[Customer], *, by: Actor = CLOCKWORK, now: datetime) -> list[Telling]:
    """Return who hears what; each customer comes with the new account manager as owner. Few statements for a tier."""
    rules = IntroductionRule.by_tier()
    told = [Telling(one, rules[one.tier]) for one in customers if rules[one.tier].way == Way.CALL]
    writing: dict[str, list[Customer]] = defaultdict(list)
    for one in customers:
        if rules[one.tier].way == Way.MESSAGE and rules[one.tier].templates:
            writing[one.tier].append(one)
    for tier, some in writing.items():
        for at in range(0, len(some), AT_ONCE):
            told += written_to(some[at : at + AT_ONCE], rules[tier], by=by, now=now)
    return told


def written_to(customers: Sequence[Customer], rule: IntroductionRule, *, by: Actor, now: datetime) -> list[Telling]:
    """Choose for each the template of the way they prefer, or the other where they cannot be reached so."""
    mailing_rules, ways = MailingRules.now(), {}
    for words in rule.templates:
        draft = mailing_of(words)
        found = judged(draft, customers, rules=mailing_rules, by=by, now=now)
        ways[words.means] = {one.customer.pk: (words, one) for one in found}
    prefer = preferences(customers)
    told = []
    for customer in customers:
        order = sorted(ways, key=lambda means: means != prefer.get(customer.pk, Means.EMAIL))
        choices = [ways[means][customer.pk] for means in order]
        fine = [choice for choice in choices if not choice[1].reason]
        has_opted_out = any(one.reason == Reason.OPTED_OUT for _words, one in choices)
        words, to = fine[0] if fine and not has_opted_out else refusal_of(choices)
        told.append(Telling(customer, rule, words, to))
    return told


def refusal_of(choices: Sequence[tuple[Template, Candidate]]) -> tuple[Template, Candidate]:
    """Return the choice whose reason says most: an opt-out before all others, a missing address last."""
    weight = {Reason.OPTED_OUT: 0, Reason.NO_ADDRESS: 2}
    return min(choices, key=lambda choice: weight.get(Reason(choice[1].reason), 1) if choice[1].reason else 3)


def preferences(customers: Sequence[Customer]) -> dict[int, str]:
    """Return by customer how the main contact wants to be written to, where they said it: by e-mail or SMS."""
    means = {Channel.EMAIL.value: Means.EMAIL.value, Channel.PHONE.value: Means.SMS.value}
    rows = Contact.objects.filter(customer__in=customers, is_main=True, preferred_channel__in=means)
    return {customer: means[code] for customer, code in rows.values_list("customer_id", "preferred_channel")}


def mailing_of(words: Template) -> Mailing:
    return Mailing(
        name=words.name,
        means=words.means,
        template=words,
        product=words.product,
        subject=words.subject,
        text=words.text,
    )


@dataclass
class Sample:
    """What one customer would read."""

    customer: str
    means: Sentence
    subject: str
    text: str


@dataclass
class Forecast:
    """How many are called, how many are written to, and how many not for each reason; one message as an example."""

    calls: int = 0
    messages: int = 0
    reasons: list[tuple[Sentence, int]] = field(default_factory=list)
    sample: Sample | None = None

    @property
    def says_something(self) -> bool:
        return bool(self.calls or self.messages or self.reasons)


def forecast(given: Sequence[Share], *, by: Actor, now: datetime) -> Forecast:
    """Tell what the customers among these would hear, as the actor may know."""
    customers = []
    for share in given:
        if isinstance(share.row, Customer):
            share.row.owner = share.to
            customers.append(share.row)
    told, reasons = Forecast(), Counter[str]()
    for one in tellings(customers, by=by, now=now):
        if one.words is None or one.to is None:
            told.calls += 1
        elif one.to.reason:
            reasons[one.to.reason] += 1
        else:
            told.messages += 1
            told.sample = told.sample or sample_of(one.words, one.to)
    told.reasons = [(Reason(code).label, count) for code, count in reasons.most_common()]
    return told


def sample_of(words: Template, to: Candidate) -> Sample:
    means = Means(words.means).label if words.means in Means else _("message")
    said = {name: filled_in(getattr(words, name), to.values) for name in ("subject", "text")}
    return Sample(customer=to.customer.name, means=means, **said)
