"""Putting right whose case it is."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import change_customer
from huiying.cases.forms import CustomerForm
from huiying.cases.views.deed import Sheet, carry_out, visible_case
from huiying.staff.http import DeskRequest

CUSTOMER = Sheet(
    title=_("Correct the caller"),
    button=_("Correct"),
    done=_("Corrected. A link sent to the former customer no longer opens."),
    hint=_("The case moves to the right customer, with deadlines by their tier. What was said and done stays."),
    template="cases/_customer_form.html",
)


def customer(request: DeskRequest, number: str) -> HttpResponse:
    """The same search as at registration."""
    case, by = visible_case(request, number), request.actor
    form = CustomerForm(request.POST, actor=by) if request.method == "POST" else CustomerForm.of(case, actor=by)

    def correct(filled: CustomerForm) -> None:
        change_customer(case, filled.caller(), version=filled.cleaned_data["version"], by=by, at=now())

    return carry_out(request, case, form, CUSTOMER, correct)
