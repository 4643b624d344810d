"""Idempotency-Key: a call that is sent twice is done once, and answered twice alike (SPEC J1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiying.api.callers import caller_of
from huiying.api.models import Reply
from huiying.kit.guards import BadInput
from huiying.kit.http import digest_of
from huiying.kit.turns import take_turns

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(days=2)
CALL = Callable[[], HttpResponse]


def answer_once(request: HttpRequest, call: CALL) -> HttpResponse:
    """Perform the call unless its key was answered before. Deed and answer are kept together, or neither.

    Two calls at once with one key: the second waits for the first. A refused call leaves no trace, so that the key may
    be used again. Raises BadInput when the key was used for something else.
    """
    key, caller = request.headers[HEADER], caller_of(request)
    if caller is None or caller.pk is None:
        return call()
    ensure_usable(key)
    with transaction.atomic():
        take_turns(f"reply {caller.pk} {key}")
        known = Reply.objects.filter(user_id=caller.pk, key=key).first()
        if known is not None:
            return answer_again(known, request)
        answer = call()
        if answer.status_code >= 300:
            transaction.set_rollback(True)
            return answer
        keep(answer, request, user_id=caller.pk, key=key)
    return answer


def ensure_usable(key: str) -> None:
    if not (0 < len(key) <= 255 and key.isascii() and key.isprintable()):
        raise BadInput(_("An Idempotency-Key has 1 to 255 visible ASCII characters."), field=HEADER)


def answer_again(known: Reply, request: HttpRequest) -> HttpResponse:
    if known.digest != digest_of(request):
        raise BadInput(_("This Idempotency-Key was already used for another call."), field=HEADER)
    headers = {"Idempotency-Replayed": "true"}
    return HttpResponse(
        known.body, status=known.status, content_type="application/json; charset=utf-8", headers=headers
    )


def keep(answer: HttpResponse, request: HttpRequest, *, user_id: int, key: str) -> None:
    Reply.objects.create(
        user_id=user_id,
        key=key,
        digest=digest_of(request),
        status=answer.status_code,
        body=answer.content.decode(),
        at=timezone.now(),
    )


def forget_old(now: datetime) -> int:
    """Forget answers older than two days; return how many."""
    return Reply.objects.filter(at__lt=now - KEPT_FOR).delete()[0]
