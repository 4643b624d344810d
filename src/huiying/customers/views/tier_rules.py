"""The settings of tiers: the rules, their editor with a dry run, and the numbers around them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiying.customers.actions.tier_rule import add_rule, drop_rule, move_up, revise_rule, set_terms
from huiying.customers.actions.trial import begin_trial, go_on
from huiying.customers.forms.tier_rule import ConditionForm, RuleEditor, TermsForm, new_key
from huiying.customers.models import TierRule, TierTerms, Trial
from huiying.customers.policies import may_set_tier_rules
from huiying.customers.queries.standing import history_of, last_round, rule_rows, trial_lines
from huiying.kit.guards import BadInput, Stale, ensure
from huiying.staff.http import DeskRequest
from huiying.staff.references import key_in

PAGE = "customers/settings/tier_rule.html"
REARRANGING = {"more", "without", "again"}  # buttons by which rows come and go without scripts


@require_GET
def tier_rules(request: DeskRequest) -> HttpResponse:
    ensure(may_set_tier_rules(request.actor))
    return show_rules(request, TermsForm.of(TierTerms.now()))


def show_rules(request: DeskRequest, terms: TermsForm) -> HttpResponse:
    context = {"rows": rule_rows(), "terms": terms, "round": last_round(), "history": history_of()}
    return render(request, "customers/settings/tiers.html", context, status=422 if terms.errors else 200)


@require_POST
def terms(request: DeskRequest) -> HttpResponse:
    ensure(may_set_tier_rules(request.actor))
    form = TermsForm(request.POST)
    if not form.is_valid():
        return show_rules(request, form)
    set_terms(form.terms(), by=request.actor, at=now())
    messages.success(request, _("Saved."))
    return redirect("customers:settings_tiers")


def new_rule(request: DeskRequest) -> HttpResponse:
    ensure(may_set_tier_rules(request.actor))
    return edit(request, None)


def rule(request: DeskRequest, code: str) -> HttpResponse:
    """Show a rule; a POST writes its next version."""
    ensure(may_set_tier_rules(request.actor))
    return edit(request, current(code))


def edit(request: DeskRequest, kept: TierRule | None) -> HttpResponse:
    if request.method == "POST" and REARRANGING & set(request.POST):
        return show_editor(request, kept, RuleEditor.resumed(request.POST))
    editor = RuleEditor.sent(request.POST) if request.method == "POST" else RuleEditor.of(kept)
    if request.method == "POST" and editor.is_valid():
        try:
            saved = save(request, kept, editor)
        except (BadInput, Stale) as refusal:
            editor.form.refuse(refusal)
        else:
            messages.success(request, _("“%(name)s” was saved as version %(n)d.") % {"name": saved, "n": saved.version})
            return redirect("customers:settings_tiers")
    return show_editor(request, kept, editor)


def show_editor(request: DeskRequest, kept: TierRule | None, editor: RuleEditor) -> HttpResponse:
    context = {
        "editor": editor,
        "rule": kept,
        "version": seen_version(request) or (kept.version if kept else 0),
        "history": history_of(kept) if kept else [],
    }
    return render(request, PAGE, context, status=422 if editor.form.is_bound else 200)


def save(request: DeskRequest, kept: TierRule | None, editor: RuleEditor) -> TierRule:
    if kept is None:
        return add_rule(editor.draft(), by=request.actor, at=now())
    return revise_rule(seen(request, kept), editor.draft(), by=request.actor, at=now())


@require_POST
def removal(request: DeskRequest, code: str) -> HttpResponse:
    ensure(may_set_tier_rules(request.actor))
    drop_rule(current(code), by=request.actor, at=now())
    messages.success(request, _("The rule is asked no longer; the tiers it gave stay."))
    return redirect("customers:settings_tiers")


@require_POST
def up(request: DeskRequest, code: str) -> HttpResponse:
    ensure(may_set_tier_rules(request.actor))
    move_up(current(code), by=request.actor, at=now())
    return redirect("customers:settings_tiers")


@require_GET
def condition(request: DeskRequest) -> HttpResponse:
    """One row of the editor: empty, or for the word that was just chosen."""
    ensure(may_set_tier_rules(request.actor))
    key = request.GET.get("row", "")
    key = key if key.isalnum() else new_key()
    row = ConditionForm(key=key, word=request.GET.get(f"{key}-word", ""))
    return render(request, "customers/settings/_condition.html", {"row": row})


@require_POST
def trial(request: DeskRequest) -> HttpResponse:
    """Begin to try what the editor says; `code` names the rule it would replace."""
    ensure(may_set_tier_rules(request.actor))
    code = request.POST.get("code", "")
    editor = RuleEditor.sent(request.POST)
    if not editor.is_valid():
        return render(request, "customers/settings/_trial.html", {"problem": _("Please complete the rule first.")})
    try:
        begun = begin_trial(editor.draft(), of=current(code) if code else None, by=request.actor, at=now())
    except BadInput as refusal:
        return render(request, "customers/settings/_trial.html", {"problem": refusal})
    return show_trial(request, begun)


@require_POST
def trial_further(request: DeskRequest, pk: int) -> HttpResponse:
    """Try further customers; the page asks again until all are through."""
    ensure(may_set_tier_rules(request.actor))
    return show_trial(request, get_object_or_404(Trial, pk=pk, made_by=request.actor.pk))


def show_trial(request: DeskRequest, begun: Trial) -> HttpResponse:
    done = go_on(begun, at=now())
    groups = trial_lines(done, by=request.actor) if done.ended_at else []
    return render(request, "customers/settings/_trial.html", {"trial": done, "groups": groups})


def current(code: str) -> TierRule:
    return get_object_or_404(TierRule.objects.current(), code=code)


def seen(request: DeskRequest, kept: TierRule) -> TierRule:
    """Return the version that the page was made from."""
    return get_object_or_404(TierRule, code=kept.code, version=seen_version(request))


def seen_version(request: DeskRequest) -> int:
    return key_in(request.POST.get("version", ""))
