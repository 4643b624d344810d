"""Files of a case, fetched through the case's own visibility and served so that no browser runs them."""

from __future__ import annotations

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from huiying.cases.queries.merged import keys_told_on
from huiying.cases.views.deed import visible_case
from huiying.channels.files import served
from huiying.channels.models import Attachment
from huiying.staff.http import DeskRequest


@require_GET
def attachment(request: DeskRequest, number: str, pk: int) -> FileResponse:
    case = visible_case(request, number)
    of_case = {"message__subject_type": case._meta.label_lower, "message__subject_id__in": keys_told_on(case)}
    return served(get_object_or_404(Attachment, pk=pk, **of_case))
