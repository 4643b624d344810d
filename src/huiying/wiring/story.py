"""What tells a customer's story, and the kinds to which its filter narrows it, means of speaking first."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from huiying.cases.models import Case
from huiying.customers.story import Kind, Named, Strand
from huiying.customers.strands import JournalStrand, MessageStrand, OrderStrand, ScoreStrand
from huiying.engagement import pool_verbs
from huiying.engagement.models import Need
from huiying.engagement.strand import ContactStrand

STRANDS: tuple[Strand, ...] = (JournalStrand(), MessageStrand(), ContactStrand(), OrderStrand(), ScoreStrand())
KINDS = (
    Kind(code="phone", name=pgettext_lazy("kind of the timeline", "Calls")),
    Kind(code="visit", name=_("Visits")),
    Kind(code="email", name=_("E-mail")),
    Kind(code="wechat", name=_("WeChat")),
    Kind(code="sms", name=_("SMS")),
    Kind(code="online", name=_("Web and others")),
    Kind(code="orders", name=_("Orders"), subjects=("customers.order",)),
    Kind(
        code="cases",
        name=_("Cases"),
        subjects=("cases.",),
        named=(Named(Case, ("number", "subject")),),
    ),
    Kind(code="surveys", name=_("Surveys"), subjects=("customers.score",)),
    Kind(
        code="needs",
        name=_("Needs"),
        subjects=("engagement.need",),
        named=(Named(Need, ("title", "product")),),
    ),
    Kind(
        code="care",
        name=pgettext_lazy("kind of the timeline", "Care"),
        subjects=("engagement.", "insight."),
        verbs=(
            *(pool_verbs.WARNED, pool_verbs.RECLAIMED, pool_verbs.RELEASED, pool_verbs.CLAIMED, pool_verbs.ASSIGNED),
            *(pool_verbs.LOCKED, pool_verbs.UNLOCKED, pool_verbs.EXTENDED, pool_verbs.HANDED_OVER),
        ),
    ),
    Kind(code="archive", name=_("Archive"), subjects=("customers.",)),
)
