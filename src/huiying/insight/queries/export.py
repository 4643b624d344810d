"""Value and warnings as rows of a sheet; amounts only for who may see them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from huiying.customers.models import Figures
from huiying.insight.models import ChurnWarning, Terms
from huiying.insight.queries.segments import segment_of
from huiying.insight.queries.sentences import percent, reason_sentences
from huiying.kit.sheets import Row

AT_ONCE = 2_000


def sheet_rows(figures: QuerySet[Figures], *, terms: Terms, amounts: bool) -> Iterator[Row]:
    """Yield the heading and one row a customer, the most valuable first where amounts are shown."""
    money = (
        [_("monetary value"), _("worth more than this share of repeat buyers"), _("amount of all orders")]
        if amounts
        else []
    )
    money += [_("amount of the last year"), _("lifetime value")] if amounts else []
    yield [
        *(_("number"), _("name"), _("tier"), _("account manager"), _("segment"), _("orders"), _("first order")),
        *(_("last order"), _("recency"), _("frequency"), _("chance that they still buy")),
        *(_("orders expected"), _("churn risk"), *money),
    ]
    first = F("value_percentile" if amounts else "last_order_on").desc(nulls_last=True)
    rows = figures.select_related("customer__owner").order_by(first, "-pk")
    for one in rows.iterator(chunk_size=AT_ONCE):
        yield row_of(one, terms=terms, amounts=amounts)


def row_of(one: Figures, *, terms: Terms, amounts: bool) -> Row:
    customer, segment = one.customer, segment_of(one, high_from=terms.high_from)
    share = "" if one.value_percentile is None else f"{one.value_percentile:.0f}%"
    expected = "" if one.expected_orders is None else f"{one.expected_orders:.1f}"
    plain = [
        *(customer.number, customer.name, customer.get_tier_display(), customer.owner.name if customer.owner else ""),
        *(str(segment.name) if segment else "", one.orders, one.first_order_on, one.last_order_on),
        *(one.recency_score, one.frequency_score, percent(one.alive), expected, one.churn),
    ]
    money = [one.monetary_score, share, one.amount, one.amount_year, one.lifetime_value]
    return plain + (money if amounts else [])


def warning_rows(warnings: QuerySet[ChurnWarning], *, amounts: bool) -> Iterator[Row]:
    """Yield the heading and one row a warning, the greatest risk first."""
    money = [_("value at risk")] if amounts else []
    yield [
        *(_("number"), _("name"), _("tier"), _("account manager"), _("risk"), _("reasons"), _("raised")),
        *(_("what became of it"), *money),
    ]
    for one in warnings.select_related("customer__owner").order_by("-risk", "-pk").iterator(chunk_size=AT_ONCE):
        customer = one.customer
        owner = customer.owner.name if customer.owner else ""
        why = "；".join(reason_sentences(one.known_reasons))
        plain = [customer.number, customer.name, customer.get_tier_display(), owner, one.risk, why, one.raised_on]
        yield [*plain, one.get_end_display(), *([one.value_at_risk] if amounts else [])]
