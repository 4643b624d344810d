"""Watching for needs: what is written down is read on from where it was read last; usage and orders once a day.

How far was looked stands in one row and is moved by a conditional update, so that each word is examined once however
many heartbeats run. A need is found once: what backs the same topic is added to it, what was dismissed stays away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F
from django.utils.timezone import localdate

from huiying.cases.models import Case, Kind, Recusal
from huiying.customers.models import Customer, Order, Usage
from huiying.customers.queries.merged import borne_by
from huiying.engagement import need_verbs as verbs
from huiying.engagement.detection import Finding, Rule, due_again, usage_signals, wishes
from huiying.engagement.lifecycle import Stage
from huiying.engagement.models.interaction import Interaction, Means
from huiying.engagement.models.need import Evidence, Need
from huiying.engagement.models.need_rules import NeedRules, NeedWatch, ProductLimit
from huiying.journal.actors import CLOCKWORK
from huiying.journal.entries import record
from huiying.journal.models import Entry
from huiying.journal.tail import newest_id, settled

AT_ONCE = 500
CUSTOMERS_AT_ONCE = 200
LOOKED_BACK = timedelta(days=60)
ORDERS_BACK = timedelta(days=3 * 365)
RESTS_FOR = timedelta(days=90)  # what was declined or has come to its end is suggested again after so long
SAYING = ("engagement.interaction", "cases.case")
Findings = dict[int, list[Finding]]


def watch_for_needs(now: datetime) -> int:
    """Examine what was written down since the last look, and some customers of today's round."""
    watch = NeedWatch.objects.first() or NeedWatch.objects.create(last_entry=newest_id())
    return read_on(watch, now) + go_round(watch, now)


def read_on(watch: NeedWatch, now: datetime) -> int:
    """Examine the contacts and consultations that the next journal entries speak of; return how many were read."""
    entries = settled(watch.last_entry, now=now, at_most=AT_ONCE)
    if not entries:
        return 0
    found = findings_said(keys(entries, "engagement.interaction"))
    for customer, more in findings_asked(keys(entries, "cases.case"), at=now).items():
        found[customer] += more
    with transaction.atomic():
        mine = NeedWatch.objects.filter(pk=watch.pk, last_entry=watch.last_entry)
        if not mine.update(last_entry=entries[-1].pk):
            return 0  # another heartbeat was faster
        suggest(found, at=now)
    return len(entries)


def go_round(watch: NeedWatch, now: datetime) -> int:
    """Examine usage and orders of the next customers, each once a day; return how many."""
    today = localdate(now)
    begin = watch.last_customer if watch.round_on == today else 0
    customers = next_customers(after=begin)
    if watch.round_on == today and not customers:
        return 0
    found = findings_counted(customers, now=now) if customers else {}
    with transaction.atomic():
        mine = NeedWatch.objects.filter(pk=watch.pk, round_on=watch.round_on, last_customer=watch.last_customer)
        if not mine.update(round_on=today, last_customer=customers[-1] if customers else begin):
            return 0
        suggest(found, at=now)
    return len(customers)


def keys(entries: Iterable[Entry], label: str) -> list[int]:
    return sorted({entry.subject_id for entry in entries if entry.subject_type == label})


def next_customers(*, after: int) -> list[int]:
    """Return the next customers of the round, by key."""
    rest = Customer.objects.current().filter(pk__gt=after).order_by("pk")
    return list(rest.values_list("pk", flat=True)[:CUSTOMERS_AT_ONCE])


def findings_said(interactions: Collection[int]) -> Findings:
    """Return the wishes in what was written down of these contacts; mass messages of ours are nobody's wish."""
    found: Findings = defaultdict(list)
    spoken = Interaction.objects.filter(pk__in=interactions).exclude(means=Means.SYSTEM)
    rows = list(spoken.exclude(external_ref__startswith="mailing:"))
    bought = products_of({row.customer_id for row in rows})
    general = NeedRules.now().words.split()
    for row in rows:
        for wish in wishes(f"{row.content}\n{row.feedback}", bought[row.customer_id], general=general):
            ref = f"interaction:{row.pk}"
            made = Finding(rule=Rule.SAID, product=wish.product, ref=ref, at=row.at, quote=wish.quote)
            found[row.customer_id].append(made)
    return found


def products_of(customers: Collection[int]) -> dict[int, list[str]]:
    """Return what each of these customers bought or uses."""
    products: dict[int, list[str]] = defaultdict(list)
    for model in (Order, Usage):
        pairs = model.objects.filter(customer__in=customers).order_by().values_list("customer_id", "product")
        for customer, product in pairs.distinct():
            products[customer].append(product)
    return products


def findings_asked(cases: Collection[int], *, at: datetime) -> Findings:
    """Return who asked about one product or function again and again, of those whose cases these are."""
    found: Findings = defaultdict(list)
    asking = Case.objects.filter(pk__in=cases, kind=Kind.CONSULTATION).values("customer")
    numbers = NeedRules.now().numbers()
    lately = at - timedelta(days=numbers.asked_within)
    asked = Case.objects.filter(customer__in=asking, kind=Kind.CONSULTATION, received_at__gte=lately)
    asked = asked.exclude(pk__in=Recusal.objects.standing().values("case"))  # the count would tell of it (SPEC C15)
    topics = asked.order_by().values("customer_id", "product", "category__name").annotate(times=Count("pk"))
    for row in topics.filter(times__gte=numbers.asked):
        product = row["product"] or row["category__name"]
        if product:
            figures = {
                "times": row["times"],
                "days": numbers.asked_within,
                "by": "product" if row["product"] else "category",
            }
            ref = f"cases:{at:%Y-%m}:{product}"[:80]
            found[row["customer_id"]].append(Finding(rule=Rule.ASKED, product=product, ref=ref, at=at, figures=figures))
    return found


def findings_counted(customers: Collection[int], *, now: datetime) -> Findings:
    """Return what the usage and orders of these customers say."""
    found: Findings = defaultdict(list)
    today, numbers = localdate(now), NeedRules.now().numbers()
    limits = dict(ProductLimit.objects.values_list("product", "times"))
    for customer, days in gathered(Usage, "day", customers, since=today - LOOKED_BACK).items():
        found[customer] += usage_signals(days, limits=limits, numbers=numbers, at=now, today=today)
    for customer, bought in gathered(Order, "ordered_on", customers, since=today - ORDERS_BACK).items():
        pairs = ((product, day) for product, day, _times in bought)
        found[customer] += due_again(pairs, numbers=numbers, at=now, today=today)
    return found


def gathered(model: type[Usage] | type[Order], day: str, customers: Collection[int], *, since: object) -> dict:  # type: ignore[type-arg]
    """Return (product, day, times) of each customer, also what stayed with an entry that was merged into them."""
    stays = borne_by(customers)
    lately = model._default_manager.filter(customer__in=list(stays), **{f"{day}__gte": since}).order_by()
    times = F("times") if model is Usage else F("pk")
    rows: dict[int, list[object]] = defaultdict(list)
    for customer, *row in lately.values_list("customer_id", "product", day, times).iterator(chunk_size=2000):
        rows[stays[customer]].append(row)
    return rows


def suggest(found: Findings, *, at: datetime) -> None:
    """Write down what was found, each topic of a customer once. Two steps may overlap: the constraint decides."""
    known = newest_needs(found)
    for customer, findings in found.items():
        for finding in findings:
            need = known.get((customer, finding.topic))
            if need is None or has_rested(need, at):
                known[customer, finding.topic] = need = begin(customer, finding, at=at)
            elif not need.is_open:
                continue
            back(need, finding)


def newest_needs(found: Findings) -> dict[tuple[int, str], Need]:
    topics = {finding.topic for findings in found.values() for finding in findings}
    needs = Need.objects.filter(customer__in=list(found), topic__in=topics).order_by("pk")
    return {(need.customer_id, need.topic): need for need in needs}


def has_rested(need: Need, at: datetime) -> bool:
    """Say whether what came to an end may be suggested anew; what was dismissed never is."""
    return need.at_stage in {Stage.DECLINED, Stage.FOLLOWED_UP} and need.stage_since < at - RESTS_FOR


def begin(customer: int, finding: Finding, *, at: datetime) -> Need:
    fresh = {"origin": finding.rule.value, "product": finding.product, "stage_since": at, "created_at": at}
    owner = Customer.objects.filter(pk=customer).values_list("owner_id", flat=True).first()
    need, is_new = Need.objects.open().get_or_create(
        customer_id=customer, topic=finding.topic, defaults={**fresh, "owner_id": owner}
    )
    if is_new:
        record(verbs.SUGGESTED, need, by=CLOCKWORK, at=at, origin=finding.rule.value)
    return need


def back(need: Need, finding: Finding) -> None:
    """Add what speaks for the need, once."""
    Evidence.objects.get_or_create(
        need=need,
        ref=finding.ref,
        defaults={
            "rule": finding.rule.value,
            "at": finding.at,
            "quote": finding.quote,
            "figures": finding.figures,
        },
    )
