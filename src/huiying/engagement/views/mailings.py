"""Mailings: list, preparing, what would become of it, sending with progress, each recipient's result."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huiying.engagement.actions import mailing as deeds
from huiying.engagement.actions.mailing_trial import try_on_myself
from huiying.engagement.forms.mailing import MailingForm, MailingRulesForm, ReleaseForm
from huiying.engagement.models.mailing import Mailing, MailingRules, Recipient
from huiying.engagement.models.template import Template
from huiying.engagement.placeholders import PLACEHOLDERS
from huiying.engagement.policies import may_lead
from huiying.engagement.queries.recipients import candidates, chosen_customers, first_reader, listed, tally, told_to
from huiying.journal.actors import Actor
from huiying.journal.models import Entry
from huiying.kit.guards import DomainError, ensure
from huiying.kit.paging import neighbours, page_of, query_with
from huiying.staff.http import DeskRequest
from huiying.staff.references import key_in

PAGE = 50
KEPT = ("name", "status", "owner", "region", "quiet_since")  # typed before a template was chosen
Reason = Recipient.Reason


@require_GET
def mailings(request: DeskRequest) -> HttpResponse:
    ensure(may_lead(request.actor))
    page = page_of(
        Mailing.objects.select_related("made_by"), by="-id", cursor=request.GET.get("cursor", ""), limit=PAGE
    )
    sent = Recipient.objects.filter(mailing__in=page.items, state=Recipient.State.SENT).order_by()
    counts = dict(sent.values_list("mailing").annotate(n=Count("pk")))
    rows = [(one, counts.get(one.pk, 0)) for one in page.items]
    return render(request, "engagement/mailings.html", {"rows": rows, **neighbours(request.GET, page)})


def new_mailing(request: DeskRequest) -> HttpResponse:
    ensure(may_lead(request.actor))
    if request.method == "POST":
        form = MailingForm(request.POST)
        return saved(request, form, lambda by: deeds.make_mailing(form.draft(), by=by, at=now()))
    template = Template.objects.active().filter(pk=key_in(request.GET.get("template", ""))).first()
    words = {name: getattr(template, name) for name in ("means", "subject", "text", "tier", "tag")} if template else {}
    named = {"template": template, "name": template.name, "product": template.product} if template else {}
    typed = {name: value for name in KEPT if (value := request.GET.get(name, ""))}
    return shown(request, MailingForm(initial={**words, **named, **typed}))


def revision(request: DeskRequest, pk: int) -> HttpResponse:
    ensure(may_lead(request.actor))
    kept = get_object_or_404(Mailing, pk=pk)
    if request.method != "POST":
        return shown(request, MailingForm.of(kept), kept)
    form = MailingForm(request.POST)

    def revise(by: Actor) -> Mailing:
        deeds.revise_mailing(kept, form.draft(), by=by, at=now())
        return kept

    return saved(request, form, revise, kept)


def saved(
    request: DeskRequest, form: MailingForm, deed: Callable[[Actor], Mailing], kept: Mailing | None = None
) -> HttpResponse:
    if form.is_valid():
        try:
            return redirect(deed(request.actor))
        except DomainError as refusal:
            form.refuse(refusal)
    return shown(request, form, kept)


def shown(request: DeskRequest, form: MailingForm, kept: Mailing | None = None) -> HttpResponse:
    context = {"form": form, "mailing": kept, "placeholders": PLACEHOLDERS, "templates": Template.objects.active()}
    return render(request, "engagement/mailing_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def draft_preview(request: DeskRequest) -> HttpResponse:
    """How many customers fit what the form says now, and what the first of them would read."""
    ensure(may_lead(request.actor))
    form = MailingForm(request.POST)
    form.is_valid()
    chosen = form.chosen()
    words = {name: request.POST.get(name, "") for name in ("means", "subject", "text")}
    context: dict[str, object] = {"is_chosen": any(chosen.values()), "words": words}
    if context["is_chosen"]:
        customers = chosen_customers(chosen, by=request.actor)
        template = form.cleaned_data.get("template")
        tried = Mailing(**words, product=template.product if template else "")
        context |= {"count": customers.count(), "sample": first_reader(tried, customers, by=request.actor, now=now())}
    return render(request, "engagement/_mailing_draft.html", context)


@require_GET
def mailing(request: DeskRequest, pk: int) -> HttpResponse:
    """The mailing with its progress; a draft shows what would become of it."""
    ensure(may_lead(request.actor))
    kept = get_object_or_404(Mailing.objects.select_related("made_by", "template"), pk=pk)
    context = {"mailing": kept, "form": ReleaseForm(), "rules": MailingRules.now(), **progress(kept)}
    if request.htmx:
        return render(request, "engagement/_mailing_progress.html", context)
    context |= recipients_of(request, kept)
    context["history"] = Entry.objects.about(kept).order_by("-id")[:10]
    return render(request, "engagement/mailing.html", context)


def progress(kept: Mailing) -> dict[str, object]:
    states = Recipient.objects.filter(mailing=kept).order_by()
    counts = dict(states.values_list("state").annotate(n=Count("pk")))
    labels = [(state.value, state.label, counts.get(state.value, 0)) for state in Recipient.State]
    total = sum(counts.values())
    ended = total - counts.get("waiting", 0) - counts.get("sending", 0)
    return {"counts": labels, "total": total, "ended": ended, "failed": counts.get("failed", 0)}


def recipients_of(request: DeskRequest, kept: Mailing) -> dict[str, object]:
    """Return one page of the recipients whom the reader may see, narrowed by state."""
    rows = Recipient.objects.visible_to(request.actor).filter(mailing=kept).select_related("customer", "contact")
    state = request.GET.get("state", "")
    if state in Recipient.State.values:
        rows = rows.filter(state=state)
    page = page_of(rows, by="id", cursor=request.GET.get("cursor", ""), limit=PAGE)
    others = {"state": state, "query": query_with(request.GET, cursor="", state="")}
    return {"recipients": told_to(request.actor, page.items), **others, **neighbours(request.GET, page)}


@require_GET
def preview(request: DeskRequest, pk: int) -> HttpResponse:
    """What would become of each customer of the choice; with `reason` those of one line."""
    ensure(may_lead(request.actor))
    kept = get_object_or_404(Mailing, pk=pk)
    customers = chosen_customers(kept.chosen, by=request.actor)
    found = candidates(kept, customers, by=request.actor, now=now())
    reason = request.GET.get("reason")
    if reason is None:
        return render(request, "engagement/_mailing_tally.html", {"mailing": kept, "tally": tally(found)})
    return render(request, "engagement/_mailing_listed.html", {"candidates": listed(found, reason)})


@require_POST
def release(request: DeskRequest, pk: int) -> HttpResponse:
    return deed(request, pk, _("Released. Progress is shown here."), released)


def released(kept: Mailing, request: DeskRequest) -> None:
    form = ReleaseForm(request.POST)
    starts_at = form.cleaned_data["starts_at"] if form.is_valid() else None
    deeds.release(kept, starts_at=starts_at, by=request.actor, at=now())


@require_POST
def trial(request: DeskRequest, pk: int) -> HttpResponse:
    return deed(
        request, pk, _("The test is on its way to you."), lambda kept, r: try_on_myself(kept, by=r.actor, at=now())
    )


@require_POST
def pausing(request: DeskRequest, pk: int) -> HttpResponse:
    return deed(request, pk, _("Paused."), lambda kept, r: deeds.pause(kept, by=r.actor, at=now()))


@require_POST
def resumption(request: DeskRequest, pk: int) -> HttpResponse:
    return deed(request, pk, _("It goes on."), lambda kept, r: deeds.resume(kept, by=r.actor, at=now()))


@require_POST
def cancelling(request: DeskRequest, pk: int) -> HttpResponse:
    return deed(
        request,
        pk,
        _("Cancelled: nobody else is written to."),
        lambda kept, r: deeds.cancel(kept, by=r.actor, at=now()),
    )


@require_POST
def retrying(request: DeskRequest, pk: int) -> HttpResponse:
    return deed(request, pk, _("What failed is tried again."), lambda kept, r: deeds.retry(kept, by=r.actor, at=now()))


def deed(request: DeskRequest, pk: int, sentence: str, do: Callable[[Mailing, DeskRequest], object]) -> HttpResponse:
    """Do it, say so, and show the mailing again; a refusal is said there, too."""
    ensure(may_lead(request.actor))
    kept = get_object_or_404(Mailing, pk=pk)
    try:
        do(kept, request)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect(kept)


def rules(request: DeskRequest) -> HttpResponse:
    ensure(may_lead(request.actor))
    form = MailingRulesForm(request.POST) if request.method == "POST" else MailingRulesForm.of(MailingRules.now())
    if form.is_bound and form.is_valid():
        deeds.revise_mailing_rules(form.cleaned_data, by=request.actor, at=now())
        messages.success(request, _("The rules are saved."))
        return redirect("engagement:mailing_rules")
    history = Entry.objects.filter(subject_type="engagement.mailingrules").order_by("-id")[:10]
    context = {"form": form, "history": history}
    return render(request, "engagement/settings/mailing_rules.html", context, status=422 if form.is_bound else 200)
