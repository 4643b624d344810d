"""Records of contact in the customer's story, each when it took place."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiying.customers.story import Item, Strand, Wanted, saying
from huiying.engagement.models import Interaction, Means
from huiying.engagement.verbs import RECORDED
from huiying.journal.actors import Actor

BY_MEANS = {
    "phone": (Means.PHONE,),
    "visit": (Means.VISIT, Means.MEETING),
    "email": (Means.EMAIL,),
    "wechat": (Means.WECHAT, Means.WECOM),
    "sms": (Means.SMS, Means.SYSTEM),
    "interactions": tuple(Means),
}
SAID = ("content", "feedback", "next_step", "participants", "contact__name", "owner__name")


class ContactStrand(Strand):
    """Who spoke with the customer, by what means, and what was written down of it."""

    tells = (RECORDED,)

    def rows(self, keys: Sequence[int], wanted: Wanted) -> QuerySet[Interaction]:
        spoken = Interaction.objects.filter(customer__in=keys).select_related("owner", "contact")
        if wanted.kinds:
            spoken = spoken.filter(means__in=[one for kind in wanted.kinds for one in BY_MEANS.get(kind, ())])
        return saying(spoken, wanted.words, SAID)

    def items(self, rows: Sequence[Interaction], by: Actor) -> dict[int, Item]:
        return {row.pk: self.item(row) for row in rows}

    def item(self, row: Interaction) -> Item:
        people = [row.contact.name] if row.contact else []
        people += [row.participants] if row.participants else []
        text = _("contact by %(means)s") % {"means": row.get_means_display()}
        return Item(
            key=f"i{row.pk}",
            kind="event",
            at=row.at,
            text=" · ".join([text, *people]),
            who=row.owner.name if row.owner else "",
            said=row.words,
        )
