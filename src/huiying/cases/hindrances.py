"""What of cases makes it impossible to undo the merge of two customers; wired in `huiying.wiring`."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.cases.models import Case, Merge
from huiying.customers.models import Merge as CustomerMerge
from huiying.customers.models import MergedRow
from huiying.kit.guards import Sentence


def cases_merged_across(merge: CustomerMerge) -> Sentence | None:
    """A case of one customer that was merged into a case of the other goes first: its words stand with the other."""
    theirs = MergedRow.objects.filter(merge=merge, what=f"{Case._meta.label_lower}.customer_id").values("key")
    into, source = Q(into__customer=merge.into_id), Q(source__customer=merge.into_id)
    together = Merge.objects.standing().filter(into & source).select_related("source", "into")
    across = together.filter(source__in=theirs).exclude(into__in=theirs) | together.filter(into__in=theirs).exclude(
        source__in=theirs
    )
    found = across.order_by("pk").first()
    if found is None:
        return None
    return _("Case {number} was merged into {other} meanwhile. Undo the merge of the cases first.").format(
        number=found.source.number, other=found.into.number
    )
