"""Views: the filters of the list of cases under a name, for oneself or shared."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router, Schema
from ninja import Status as Answer
from pydantic import StringConstraints

from huiying.cases.actions.saved_view import ViewDraft, remove_view, revise_view, save_view
from huiying.cases.forms.selection import SelectionForm
from huiying.cases.lifecycle import Stage
from huiying.cases.models import Kind, Level, SavedView
from huiying.cases.policies import may_change_view
from huiying.cases.queries.selection import Sort, View
from huiying.kit.guards import BadInput
from huiying.kit.paging import page_of
from huiying.kit.rest import Ask, Code, Day, Key, Line, Page, PageOf
from huiying.staff.actors import StaffActor
from huiying.staff.api import Person, person
from huiying.staff.http import ApiRequest

router = Router(tags=["views"])


class FiltersAsk(Ask):
    """What a view keeps; what is left out does not narrow it. `owner` is a sign-in name, `category` a code."""

    view: Code[View] | None = None
    q: Annotated[str, StringConstraints(max_length=100)] = ""
    stage: Code[Stage] | None = None
    kind: Code[Kind] | None = None
    level: Code[Level] | None = None
    owner: Line = ""
    category: Line = ""
    since: Day | None = None
    until: Day | None = None
    sort: Code[Sort] | None = None


class ViewAsk(Ask):
    """A view as it shall be: its name, its filters, and whom it is shown to."""

    name: Annotated[str, StringConstraints(max_length=30)]
    filters: FiltersAsk = FiltersAsk()
    audience: Code[SavedView.Audience] = SavedView.Audience.ME


class ViewShown(Schema):
    """A view. Its filters are those of the list's address; "mine" is whoever reads it."""

    id: Key
    name: str
    filters: dict[str, str]
    audience: Code[SavedView.Audience]
    owner: Person | None
    may_change: bool


@router.get("/views", response=Page[ViewShown], summary=_("List the saved views"))
def views(request: ApiRequest, ask: Query[PageOf]) -> Page[ViewShown]:
    shown = SavedView.objects.visible_to(request.actor).kept().select_related("owner")
    page = page_of(shown, by="id", cursor=ask.cursor, limit=ask.limit)
    return Page(items=[view_shown(view, request.actor) for view in page.items], next_cursor=page.next_cursor)


@router.post("/views", response={201: ViewShown}, summary=_("Save a view"))
def save(request: ApiRequest, ask: ViewAsk) -> Answer[ViewShown]:
    view = save_view(draft_of(ask, request.actor), by=request.actor, at=timezone.now())
    return Answer(201, view_shown(view, request.actor))


@router.put("/views/{view_id}", response=ViewShown, summary=_("Change a saved view"))
def change(request: ApiRequest, view_id: Path[Key], ask: ViewAsk) -> ViewShown:
    view = own_view(view_id, request.actor)
    revise_view(view, draft_of(ask, request.actor), by=request.actor, at=timezone.now())
    return view_shown(view, request.actor)


@router.delete("/views/{view_id}", response={204: None}, summary=_("Delete a saved view"))
def remove(request: ApiRequest, view_id: Path[Key]) -> Answer[None]:
    remove_view(own_view(view_id, request.actor), by=request.actor, at=timezone.now())
    return Answer(204, None)


def draft_of(ask: ViewAsk, actor: StaffActor) -> ViewDraft:
    """Return the draft. Raises BadInput for an owner or a category that the caller cannot choose."""
    given = {name: str(value) for name, value in ask.filters.model_dump(mode="json").items() if value}
    form = SelectionForm(given, actor=actor)
    filters = form.filters()
    for name, problems in form.errors.items():
        raise BadInput(str(problems[0]), field=name)
    return ViewDraft(name=ask.name, filters=filters, audience=ask.audience)


def own_view(key: int, actor: StaffActor) -> SavedView:
    """Return a view that the caller may change; any other is not to be known of here."""
    view = visible_view(key, actor)
    if not may_change_view(actor, view):
        raise Http404
    return view


def visible_view(key: int, actor: StaffActor) -> SavedView:
    return get_object_or_404(SavedView.objects.visible_to(actor).kept().select_related("owner"), pk=key)


def view_shown(view: SavedView, actor: StaffActor) -> ViewShown:
    return ViewShown(
        id=view.pk,
        name=view.name,
        filters=view.filters,
        audience=SavedView.Audience(view.audience),
        owner=person(view.owner),
        may_change=may_change_view(actor, view),
    )
