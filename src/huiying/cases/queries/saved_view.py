"""The views a person has saved or is shown, beside the ready-made ones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper, Q

from huiying.cases.forms.selection import SelectionForm
from huiying.cases.models import SavedView
from huiying.cases.queries.selection import selected
from huiying.kit.paging import capped_count
from huiying.staff.actors import StaffActor

OFFERED = 20
COUNTED_AT_MOST = 99


def offered_to(actor: StaffActor) -> list[SavedView]:
    """Return the views of the actor's chips, their own first."""
    own = ExpressionWrapper(Q(owner_id=actor.pk), output_field=BooleanField())
    views = SavedView.objects.visible_to(actor).kept().alias(is_own=own).select_related("owner")
    return list(views.order_by("-is_own", "name", "id")[:OFFERED])


def count_in_view(view: SavedView, *, by: StaffActor, at: datetime) -> str:
    """Return how many cases the reader sees in it: "99+" for more than that."""
    selection = SelectionForm(view.filters, actor=by).selection()
    count = capped_count(selected(selection, by=by, at=at), at_most=COUNTED_AT_MOST)
    return f"{COUNTED_AT_MOST}+" if count > COUNTED_AT_MOST else str(count)


def open_view(views: Iterable[SavedView], chosen: object) -> SavedView | None:
    """Return the view that the address names, where it is one of these."""
    return next((view for view in views if str(view.pk) == str(chosen)), None)
