"""Keeping the filters of a list under a name, for oneself or shared (SPEC K6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.models import SavedView
from huiying.cases.policies import may_change_view, may_share_views
from huiying.cases.verbs import VIEW_CHANGED, VIEW_REMOVED, VIEW_REVIVED, VIEW_SAVED
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, ensure
from huiying.staff.actors import StaffActor
from huiying.staff.models import User

AT_MOST = 30
Audience = SavedView.Audience


@dataclass(frozen=True, kw_only=True)
class ViewDraft:
    """How a view is called, whom it is shown to, and the filters it keeps."""

    name: str
    filters: Mapping[str, str]
    audience: str = Audience.ME


@transaction.atomic
def save_view(draft: ViewDraft, *, by: StaffActor, at: datetime) -> SavedView:
    """Keep the filters. Raises BadInput for a name the actor has already, Refused for sharing without the right."""
    ensure(by.can("cases.see"))
    if SavedView.objects.kept().filter(owner_id=by.pk or 0).count() >= AT_MOST:
        raise BadInput(_("You have {count} views already. Delete one first.").format(count=AT_MOST))
    view = SavedView(owner=User.objects.get(pk=by.pk or 0))
    apply(draft, view, by=by)
    view.save()
    record(VIEW_SAVED, view, by=by, at=at, name=view.name, audience=view.audience)
    return view


@transaction.atomic
def revise_view(view: SavedView, draft: ViewDraft, *, by: StaffActor, at: datetime) -> SavedView:
    ensure(may_change_view(by, view))
    before = view.name
    apply(draft, view, by=by)
    view.save()
    record(VIEW_CHANGED, view, by=by, at=at, name=view.name, before=before, audience=view.audience)
    return view


@transaction.atomic
def remove_view(view: SavedView, *, by: StaffActor, at: datetime) -> None:
    """Offer the view no longer; it can be brought back."""
    ensure(may_change_view(by, view))
    if SavedView.objects.kept().filter(pk=view.pk).update(removed_at=at):
        record(VIEW_REMOVED, view, by=by, at=at, name=view.name)


@transaction.atomic
def revive_view(view: SavedView, *, by: StaffActor, at: datetime) -> None:
    """Raises BadInput when another view has taken its name meanwhile."""
    ensure(may_change_view(by, view))
    ensure_free(view)
    if SavedView.objects.filter(pk=view.pk, removed_at__isnull=False).update(removed_at=None):
        record(VIEW_REVIVED, view, by=by, at=at, name=view.name)


def apply(draft: ViewDraft, view: SavedView, *, by: StaffActor) -> None:
    """Put the draft into the view, in memory; sharing something anew needs the right to assign."""
    if draft.audience not in audiences_of(by, view):
        raise BadInput(_("You cannot share a view like this."), field="audience")
    if draft.audience != view.audience:
        view.team_id = by.team_id if draft.audience == Audience.TEAM else None
        view.department_id = by.department_id if draft.audience == Audience.DEPARTMENT else None
    view.name, view.audience, view.filters = draft.name.strip(), draft.audience, dict(draft.filters)
    if not view.name:
        raise BadInput(_("Please give the view a name."), field="name")
    ensure_free(view)


def audiences_of(by: StaffActor, view: SavedView | None = None) -> list[str]:
    """Return whom the actor may show a view to; the audience it has already may stay."""
    allowed = [Audience.ME]
    if may_share_views(by):
        allowed += [Audience.TEAM] if by.team_id else []
        allowed += [Audience.DEPARTMENT] if by.department_id else []
        allowed += [Audience.EVERYBODY]
    return [each.value for each in Audience if each in allowed or (view is not None and each == view.audience)]


def ensure_free(view: SavedView) -> None:
    same = SavedView.objects.kept().filter(owner_id=view.owner_id, name=view.name).exclude(pk=view.pk)
    if same.exists():
        raise BadInput(_("There is a view of this name already."), field="name")
