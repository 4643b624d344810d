"""How old each part of an archive is, and whose archive is to be looked through (SPEC A5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiying.customers.models import Block, Customer, Freshness, ReviewRule, Status
from huiying.customers.models.customer import CustomerQuerySet
from huiying.customers.projects import projects_of
from huiying.customers.reviewing import months_later
from huiying.journal.actors import Actor
from huiying.kit.guards import Sentence


@dataclass(frozen=True)
class Age:
    """How old one part of the archive is: since when it is known to be true, by whom, and whether that is too long."""

    block: Block
    at: datetime
    by: str
    confirmed: bool
    due_on: date | None
    today: date
    entered: bool = False

    @property
    def is_due(self) -> bool:
        return self.due_on is not None and self.due_on <= self.today

    @property
    def words(self) -> str:
        """Say it as people do: “confirmed 8 months ago”."""
        said = ago(localdate(self.at), today=self.today)
        if self.entered:
            return _("entered %(ago)s") % {"ago": said}
        return (_("confirmed %(ago)s") if self.confirmed else _("changed %(ago)s")) % {"ago": said}


@dataclass(frozen=True)
class Ages:
    """The archive of one customer by parts; templates ask for a part by its name. `project` is what is under way."""

    parts: dict[str, Age]
    project: Sentence = ""

    def __getattr__(self, name: str) -> Age:
        return self.parts[name]

    @property
    def oldest(self) -> Age:
        return min(self.parts.values(), key=lambda age: age.at)

    @property
    def due(self) -> list[Age]:
        return [age for age in self.parts.values() if age.is_due]

    @property
    def due_names(self) -> str:
        return "、".join(str(age.block.label) for age in self.due)


def ages_of(customer: Customer, *, today: date) -> Ages:
    """Return the age of every part; three statements."""
    rule, project = ReviewRule.current(), projects_of([customer]).get(customer.pk, "")
    months = rule.months(customer.tier, in_project=bool(project))
    known = {row.block: row for row in Freshness.objects.filter(customer=customer).select_related("by")}
    parts = {}
    for block in Block:
        row = known.get(block)
        at = row.at if row else customer.created_at
        parts[block.value] = Age(
            block=block,
            at=at,
            by=row.by.name if row and row.by else "",
            confirmed=bool(row and row.confirmed),
            due_on=None if customer.status == Status.LOST else months_later(localdate(at), months),
            today=today,
            entered=row is None,
        )
    return Ages(parts, project)


def due_reviews(by: Actor, *, today: date) -> CustomerQuerySet:
    """Return the customers whose archive is to be looked through, as far as the actor may see them."""
    return Customer.objects.visible_to(by).to_review(today)


def ago(day: date, *, today: date) -> str:
    """Say how long ago a day was, in one unit: “today”, “12 days ago”, “8 months ago”."""
    days = (today - day).days
    if days < 1:
        return _("today")
    if days < 45:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    months = round(days / 30.44)
    if days < 2 * 365:
        return ngettext("%(n)s month ago", "%(n)s months ago", months) % {"n": months}
    years = days // 365
    return ngettext("%(n)s year ago", "%(n)s years ago", years) % {"n": years}


@dataclass(frozen=True)
class ReviewRow:
    """One line of the work list: how long it is overdue, how old the archive is and which parts are."""

    customer: Customer
    overdue: str
    age: str
    parts: str
    project: Sentence


def reviews_shown(customers: Sequence[Customer], *, today: date) -> list[ReviewRow]:
    """Return the lines of a page; three further statements for all of them."""
    rule, projects = ReviewRule.current(), projects_of(customers)
    known: dict[int, dict[str, datetime]] = {customer.pk: {} for customer in customers}
    for key, block, at in Freshness.objects.filter(customer__in=known).values_list("customer_id", "block", "at"):
        known[key][block] = at
    return [
        review_row(
            customer,
            known[customer.pk],
            rule.months(customer.tier, in_project=customer.pk in projects),
            project=projects.get(customer.pk, ""),
            today=today,
        )
        for customer in customers
    ]


def review_row(
    customer: Customer, known: dict[str, datetime], months: int, *, project: Sentence, today: date
) -> ReviewRow:
    days = {block: localdate(known.get(block, customer.created_at)) for block in Block}
    parts = [str(block.label) for block, day in days.items() if months_later(day, months) <= today]
    due_on = customer.review_due_on or today
    return ReviewRow(
        customer,
        overdue=since(due_on, today=today),
        age=ago(customer.reviewed_on or due_on, today=today),
        parts=_("everything") if len(parts) == len(Block) else "、".join(parts),
        project=project,
    )


def since(day: date, *, today: date) -> str:
    """Say for how long something is overdue: “since today”, “12 days”, “3 months”."""
    days = (today - day).days
    if days < 1:
        return _("since today")
    if days < 45:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    months = round(days / 30.44)
    return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
