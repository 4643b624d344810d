"""Taking another matter out of a case, by the words that speak of it."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from huiying.cases.actions import split
from huiying.cases.actions.once import once
from huiying.cases.forms.splitting import SplitForm
from huiying.cases.queries.splits import splittable_words
from huiying.cases.views.deed import Sheet, carry_out, visible_case
from huiying.kit.http import form_digest
from huiying.staff.http import DeskRequest
from huiying.staff.references import key_in

SPLIT = Sheet(
    title=_("Split off another matter"),
    button=_("Split off"),
    done=_("Split off. The new case stands under “Linked cases”."),
    hint=_(
        "The other matter becomes a case of its own, with these words and their files. It is routed like a new one; "
        "clocks that run here run there from the same start. To undo it, merge the new case back or withdraw it."
    ),
    template="cases/_split_form.html",
)


def splits(request: DeskRequest, number: str) -> HttpResponse:
    case = visible_case(request, number)
    words, chosen = splittable_words(case), key_in(request.GET.get("message", ""))
    form = (
        SplitForm(request.POST, words=words) if request.method == "POST" else SplitForm.of(case, words, chosen=chosen)
    )

    def split_off(filled: SplitForm) -> None:
        at = now()
        once(form_digest(request), lambda: split(case, filled.draft(), by=request.actor, at=at), at=at)

    return carry_out(request, case, form, SPLIT, split_off)
