"""Who is away and who stands in: one's own days, and for who manages people everybody's."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiying.kit.guards import DomainError
from huiying.staff.actions.absence import note_absence, take_back_absence
from huiying.staff.forms.absence import AbsenceForm
from huiying.staff.http import DeskRequest
from huiying.staff.models import Absence
from huiying.staff.policies import may_manage_people


def absences(request: DeskRequest) -> HttpResponse:
    everybody = may_manage_people(request.actor)
    own = None if everybody else request.user
    form = AbsenceForm(request.POST if request.method == "POST" else None, of=own)
    if form.is_bound and form.is_valid():
        try:
            noted = note_absence(form.person, form.draft(), by=request.actor)
        except DomainError as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, _("Noted: new cases go round %(name)s on these days.") % {"name": noted.user.name}
            )
            return redirect("absences")
    shown = Absence.objects.not_over(timezone.localdate()).select_related("user", "substitute")
    context = {"form": form, "absences": shown if everybody else shown.filter(user=request.user)}
    return render(request, "staff/absences.html", context, status=422 if form.is_bound else 200)


@require_POST
def absence_removal(request: DeskRequest, pk: int) -> HttpResponse:
    kept = get_object_or_404(Absence.objects.select_related("user__role", "substitute"), pk=pk)
    take_back_absence(kept, by=request.actor)
    messages.success(request, _("Taken back."))
    return redirect("absences")
