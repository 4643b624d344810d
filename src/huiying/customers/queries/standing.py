"""What pages tell of tiers: why a customer has theirs, the rules as they read, and what a trial found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Customer, Override, Round, Ruling, Suggestion, Tier, TierRule, TierTerms, Trial
from huiying.customers.policies import may_see_amounts
from huiying.customers.tiering.conditions import figures_of, figures_read, read_conditions
from huiying.customers.tiering.deciding import Rules
from huiying.customers.tiering.facts import only, subjects_in
from huiying.customers.verbs import TIERED
from huiying.journal.actors import Actor
from huiying.journal.models import Entry
from huiying.kit.guards import Sentence
from huiying.kit.text import in_reader_language

KINDS: tuple[tuple[str, Sentence], ...] = (
    ("raised", _("would be raised")),
    ("lowered", _("would be lowered")),
    ("suggested", _("would be suggested")),
)
Figures = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Why:
    """Why a customer has their tier: set by hand until a day, given by a rule, or entered; and what rules say today."""

    override: Override | None
    ruling: Ruling | None
    figures: Figures
    last: Entry | None
    today: TierRule | None
    today_facts: dict[str, Any]
    today_figures: Figures
    suggestion: Suggestion | None
    suggestion_figures: Figures

    tier: str

    @property
    def leads_away(self) -> bool:
        """Say whether the rules would give another tier today."""
        return self.today is not None and self.today.leads_from(self.tier)


def why(customer: Customer, *, by: Actor, on: date) -> Why:
    """Return why; figures that are money only for whoever may see amounts. Few statements."""
    rules = Rules(TierRule.objects.current())
    subject = next(iter(subjects_in(only(customer.pk), rules.words, last=rules.last, on=on)), None)
    term = rules.deciding(subject.facts) if subject else None
    amounts = may_see_amounts(by)
    ruling = Ruling.objects.filter(customer=customer, tier=customer.tier).select_related("rule").first()
    suggestion = Suggestion.objects.open().filter(customer=customer).select_related("rule").first()
    now = figures_of(term.conditions, subject.facts) if term and subject else {}
    return Why(
        override=Override.objects.standing().filter(customer=customer).select_related("set_by").first(),
        ruling=ruling,
        figures=figures_read(ruling.figures, amounts=amounts) if ruling else [],
        last=Entry.objects.about(customer).filter(verb=TIERED.code).order_by("-id").first(),
        today=term.rule if term else None,
        today_facts=now,
        today_figures=figures_read(now, amounts=amounts),
        suggestion=suggestion,
        suggestion_figures=figures_read(suggestion.figures, amounts=amounts) if suggestion else [],
        tier=customer.tier,
    )


@dataclass(frozen=True)
class RuleRow:
    rule: TierRule
    conditions: list[str]
    is_first: bool


def rule_rows() -> list[RuleRow]:
    """Return the rules in force with their conditions as people read them."""
    rules = list(TierRule.objects.current())
    return [
        RuleRow(rule, [one.reads() for one in read_conditions(rule.conditions)], place == 0)
        for place, rule in enumerate(rules)
    ]


def history_of(rule: TierRule | None = None) -> Sequence[Entry]:
    """Return the last changes of a rule in all its versions, for None of every rule and of the terms."""
    versions = TierRule.objects.filter(code=rule.code) if rule else TierRule.objects.all()
    about = Entry.objects.filter(subject_type=TierRule._meta.label_lower, subject_id__in=versions.values("pk"))
    if rule is None:
        about = about | Entry.objects.filter(subject_type=TierTerms._meta.label_lower)
    return list(about.order_by("-id")[:15])


def last_round() -> Round | None:
    return Round.objects.order_by("-day").first()


@dataclass(frozen=True)
class Line:
    """A customer whom a rule would move."""

    customer: Customer
    old: Sentence
    new: Sentence
    rule: str
    figures: Figures


def trial_lines(trial: Trial, *, by: Actor) -> list[tuple[Sentence, int, list[Line]]]:
    """Return by kind how many customers would move, and the first of them whom the actor may see."""
    keys = {line["customer"] for line in trial.lines}
    customers = Customer.objects.visible_to(by).in_bulk(keys)
    shown = [(line["kind"], line_of(line, customers[line["customer"]], by))
             for line in trial.lines if line["customer"] in customers]  # fmt: skip
    groups = [(label, getattr(trial, kind), [line for of, line in shown if of == kind]) for kind, label in KINDS]
    return [group for group in groups if group[1]]


def line_of(line: dict[str, Any], customer: Customer, by: Actor) -> Line:
    return Line(
        customer,
        Tier(line["old"]).label,
        Tier(line["new"]).label,
        in_reader_language(line["rule"], line["rule_en"]),
        figures_read(line["figures"], amounts=may_see_amounts(by)),
    )


def suggestions_for(actor: Actor) -> QuerySet[Suggestion]:
    """Return the open suggestions of customers whom the actor may see, as the work list shows them."""
    return Suggestion.objects.visible_to(actor).open().for_list()


@dataclass(frozen=True)
class Suggested:
    suggestion: Suggestion
    figures: Figures


def suggested(suggestions: Sequence[Suggestion], *, by: Actor) -> list[Suggested]:
    amounts = may_see_amounts(by)
    return [Suggested(one, figures_read(one.figures, amounts=amounts)) for one in suggestions]
