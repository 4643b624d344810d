"""What moves with a customer who is merged into another, and what stays."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import ngettext_lazy

from huiying.cases.hindrances import cases_merged_across
from huiying.cases.models import Case
from huiying.channels.models import Message
from huiying.customers.following import Following, Hindrance
from huiying.customers.models import Contact, Customer, Order, Override, Reach, Score, Suggestion, Usage
from huiying.deadlines.models import Clock
from huiying.engagement.models import Interaction, Need, Occasion, Onboarding, PlannedContact
from huiying.insight.models import ChurnWarning, Play

# What moves with a customer who is merged into another, with the words that count it on the page.
FOLLOWS_CUSTOMER = (
    Following(Case, ngettext_lazy("%(n)s case", "%(n)s cases", "n")),
    Following(Order, ngettext_lazy("%(n)s order", "%(n)s orders", "n")),
    Following(Contact, ngettext_lazy("%(n)s contact", "%(n)s contacts", "n"), yields="is_main"),
    Following(Reach, ngettext_lazy("%(n)s phone number or address", "%(n)s phone numbers and addresses", "n")),
    Following(Message, ngettext_lazy("%(n)s message", "%(n)s messages", "n")),
    Following(Interaction, ngettext_lazy("%(n)s conversation record", "%(n)s conversation records", "n")),
    Following(PlannedContact, ngettext_lazy("%(n)s planned contact", "%(n)s planned contacts", "n"), only=Q(slot="")),
    Following(Onboarding, ngettext_lazy("%(n)s onboarding", "%(n)s onboardings", "n")),
    Following(Need, ngettext_lazy("%(n)s need", "%(n)s needs", "n")),
    Following(Score, ngettext_lazy("%(n)s survey score", "%(n)s survey scores", "n")),
    Following(Usage, ngettext_lazy("%(n)s line of usage", "%(n)s lines of usage", "n")),
    Following(ChurnWarning, ngettext_lazy("%(n)s churn warning", "%(n)s churn warnings", "n")),
    Following(Play, ngettext_lazy("%(n)s win-back plan", "%(n)s win-back plans", "n")),
    Following(Customer.tags.through, ngettext_lazy("%(n)s tag", "%(n)s tags", "n")),
    Following(Override),
    Following(Suggestion),
    Following(Occasion),
    Following(Clock),
)
# What stays where it is, and why.
STAYS_WITH_CUSTOMER = {
    "engagement.successionline.customer_id": "it tells which entry was handed over",
    "engagement.introduction.customer_id": "it tells to whom this very entry was introduced",
    "engagement.holding.customer_id": "it tells who looked after this very entry",
    "engagement.lock.customer_id": "it was set for this very entry",
    "journal.entry.customer_id": "the journal is sealed; it is read through the pointer",
    "customers.customer.merged_into_id": "the pointer itself",
    "customers.merge.source_id": "the merge itself",
    "customers.merge.into_id": "the merge itself",
    "customers.pair.first_id": "a suspicion about who it is",
    "customers.pair.second_id": "a suspicion about who it is",
    "customers.namekey.customer_id": "the name stays, and leads to who stays",
    "engagement.caremark.customer_id": "says how far the plan was made",
    "engagement.recipient.customer_id": "the entry to which a mailing went, as its result says",
    "customers.freshness.customer_id": "how old each archive is; the parts that came along count from the merge",
    "customers.figures.customer_id": "reckoned anew each night",
    "customers.ruling.customer_id": "it tells how this very entry came to its tier",
}
UNDO_HINDRANCES: tuple[Hindrance, ...] = (cases_merged_across,)
