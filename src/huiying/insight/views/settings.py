"""The settings pages of value and churn: the numbers, tried before they hold; the ways to win customers back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from huiying.insight import verbs
from huiying.insight.actions.recipe import keep_recipe
from huiying.insight.actions.terms import revise_terms, with_values
from huiying.insight.forms import RecipeForm, TermsForm
from huiying.insight.models import Recipe
from huiying.insight.policies import may_arrange
from huiying.insight.queries.terms import terms_now
from huiying.journal.models import Entry
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.staff.http import DeskRequest

SAVED = gettext_lazy("Saved as version %(n)d; it holds from the next night on.")


def terms(request: DeskRequest) -> HttpResponse:
    ensure(may_arrange(request.actor))
    form = TermsForm(request.POST) if request.method == "POST" else TermsForm.of(terms_now())
    if form.is_bound and form.is_valid():
        try:
            saved = revise_terms(form.values(), version=form.cleaned_data["version"], by=request.actor, at=now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, SAVED % {"n": saved.version})
            return redirect("insight:settings")
    history = Entry.objects.filter(verb=verbs.TERMS_CHANGED.code).order_by("-id")[:10]
    context = {"form": form, "history": history}
    return render(request, "insight/settings/terms.html", context, status=422 if form.is_bound else 200)


@require_POST
def effect(request: DeskRequest) -> HttpResponse:
    """Answer how many customers would be warned of with the numbers in the form."""
    from huiying.insight.actions.trial import try_terms  # numpy and scipy are loaded where they are needed

    ensure(may_arrange(request.actor))
    form = TermsForm(request.POST)
    context: dict[str, object] = {}
    if form.is_valid():
        try:
            context["trial"] = try_terms(with_values(form.values()), today=localdate())
        except BadInput as refusal:
            context["refusal"] = refusal
    return render(request, "insight/settings/_effect.html", context)


@require_GET
def recipes(request: DeskRequest) -> HttpResponse:
    ensure(may_arrange(request.actor))
    shown = Recipe.objects.prefetch_related("steps")
    return render(request, "insight/settings/recipes.html", {"recipes": shown})


def new_recipe(request: DeskRequest) -> HttpResponse:
    ensure(may_arrange(request.actor))
    return kept(request, Recipe(), RecipeForm(request.POST if request.method == "POST" else None))


def recipe(request: DeskRequest, pk: int) -> HttpResponse:
    ensure(may_arrange(request.actor))
    known = get_object_or_404(Recipe.objects.prefetch_related("steps"), pk=pk)
    return kept(request, known, RecipeForm(request.POST) if request.method == "POST" else RecipeForm.of(known))


def kept(request: DeskRequest, known: Recipe, form: RecipeForm) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            saved = keep_recipe(known, form.draft(), by=request.actor, at=now())
        except BadInput as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("“%(name)s” was saved.") % {"name": saved.name})
            return redirect("insight:recipes")
    context = {"form": form, "recipe": known}
    return render(request, "insight/settings/recipe.html", context, status=422 if form.is_bound else 200)
