"""What the templates of cases say in one word."""

from __future__ import annotations

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiying.cases.deeds import Deed
from huiying.cases.lifecycle import Need
from huiying.cases.models import Case
from huiying.cases.queries.page import CasePage
from huiying.customers.models import Tier

register = template.Library()
DEAR = frozenset({Tier.VIP, Tier.HIGH})
ANSWERED_BY = {
    "acceptance": "cases:acceptance",
    "assignment": "cases:assignment",
    "investigation": "cases:investigation",
    "actions": "cases:actions",
    "confirmation": "cases:confirmation",
}


PASSED_OVER = {
    "let-it-lie": _("did not accept it in time"),
    "away": _("away"),
    "off-shift": _("off shift"),
    "lacks-skill": _("lacks the skill"),
    "named": _("named in the complaint"),
    "handled-before": _("handled it before"),
}


@register.filter
def passed_over(code: str) -> str:
    """Say why somebody did not get the case."""
    return str(PASSED_OVER.get(code, code))


@register.simple_tag
def whom(case: Case) -> SafeString:
    """Say whom a case is about, with the mark of who is dear to us."""
    name = case.customer_name or gettext("anonymous")
    if case.customer is None or case.customer.tier not in DEAR:
        return format_html("{}", name)
    look = "pill pill-vip" if case.customer.is_vip else "pill"
    return format_html('{} <span class="{}">{}</span>', name, look, Tier(case.customer.tier).label)


@register.simple_tag
def deed_address(deed: Deed, case: Case) -> str:
    """The address of a deed's form."""
    return deed.address(case)


@register.simple_tag
def need_link(need: Need, case: Case, page: CasePage) -> SafeString:
    """Link what is missing to the form that gives it."""
    address = address_of(need, case, page)
    if not address:
        return format_html("<span>{}</span>", need.sentence)
    return format_html('<button class="btn-link" hx-get="{}" hx-target="#sheet">{}</button>', address, need.sentence)


def address_of(need: Need, case: Case, page: CasePage) -> str:
    if need.anchor in ANSWERED_BY:
        return reverse(ANSWERED_BY[need.anchor], args=[case.number])
    if need.code == "offer":
        return reverse("cases:offers", args=[case.number])
    offered = next((offer for offer in page.offers if offer.state == "offered"), None)
    if need.code == "agreement" and offered is not None:
        return reverse("cases:offer_decision", args=[case.number, offered.version])
    if need.code == "approval" and page.approvable is not None:
        return reverse("cases:offer_approval", args=[case.number, page.approvable.version])
    return ""
