"""The settings page of the causes: one tree, found by Chinese or pinyin initials."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiying.cases.actions.category import (
    add_category,
    move_category,
    retire_category,
    revise_category,
    revive_category,
)
from huiying.cases.forms.category import CategoryForm
from huiying.cases.models import Category
from huiying.cases.policies import may_arrange
from huiying.cases.queries.category import shown_tree, uses_of
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, ensure
from huiying.staff.http import DeskRequest

HOME = "cases:settings_categories"


@require_GET
def categories(request: DeskRequest) -> HttpResponse:
    ensure(may_arrange(request.actor))
    query = request.GET.get("q", "")
    return render(request, "cases/settings/categories.html", {"tree": shown_tree(query), "query": query})


def new_category(request: DeskRequest) -> HttpResponse:
    ensure(may_arrange(request.actor))
    if request.method != "POST":
        form = CategoryForm(initial={"parent": request.GET.get("under")})
        return render(request, "cases/settings/category.html", {"form": form})
    form = CategoryForm(request.POST)
    if form.is_valid():
        try:
            added = add_category(form.draft(), under=form.cleaned_data["parent"], by=request.actor, at=now())
        except BadInput as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("“%(name)s” was added.") % {"name": added.name})
            return redirect(HOME)
    return render(request, "cases/settings/category.html", {"form": form}, status=422)


def category(request: DeskRequest, pk: int) -> HttpResponse:
    ensure(may_arrange(request.actor))
    kept = get_object_or_404(Category.objects.select_related("parent"), pk=pk)
    form = CategoryForm(request.POST, category=kept) if request.method == "POST" else CategoryForm.of(kept)
    if form.is_bound and form.is_valid() and save(form, kept, request):
        messages.success(request, _("“%(name)s” was saved.") % {"name": kept.name})
        return redirect(HOME)
    context = {
        "form": form,
        "category": kept,
        "uses": uses_of(kept),
        "history": Entry.objects.about(kept).order_by("-id")[:10],
    }
    return render(request, "cases/settings/category.html", context, status=422 if form.is_bound else 200)


def save(form: CategoryForm, kept: Category, request: DeskRequest) -> bool:
    """Carry out what the form says; False with the reason on the form when it is refused."""
    under, at = form.cleaned_data["parent"], now()
    try:
        if under != kept.parent:
            move_category(kept, under=under, by=request.actor, at=at)
        revise_category(kept, form.draft(), by=request.actor, at=at)
    except BadInput as refusal:
        form.refuse(refusal)
        return False
    return True


@require_POST
def retirement(request: DeskRequest, pk: int) -> HttpResponse:
    kept = retire_category(get_object_or_404(Category, pk=pk), by=request.actor, at=now())
    messages.success(request, _("“%(name)s” is no longer offered.") % {"name": kept.name})
    return redirect(HOME)


@require_POST
def revival(request: DeskRequest, pk: int) -> HttpResponse:
    kept = revive_category(get_object_or_404(Category, pk=pk), by=request.actor, at=now())
    messages.success(request, _("“%(name)s” is offered again.") % {"name": kept.name})
    return redirect(HOME)
