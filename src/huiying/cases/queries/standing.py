"""What a case has by now, for the stage contract."""

from __future__ import annotations

from django.db.models import Count, Q

from huiying.cases.lifecycle import Stage, Standing
from huiying.cases.models import ActionItem, Attempt, Case, Confirmation, Investigation, Offer


def standing(case: Case) -> Standing:
    """Count what the present episode of the case has, in five small look-ups."""
    this = {"case_id": case.pk, "episode": case.episode}
    found = Investigation.objects.filter(**this).exists()
    offers = set(Offer.objects.filter(**this).values_list("state", flat=True))
    items = ActionItem.objects.of_present_round(case).aggregate(
        open=Count("id", filter=Q(done_at=None)), done=Count("id", filter=Q(done_at__isnull=False))
    )
    word = Confirmation.objects.filter(**this).order_by("-id").values_list("result", flat=True).first()
    return Standing(
        is_accepted=case.stage != Stage.RECEIVED,
        has_owner=case.owner_id is not None,
        has_facts=found,
        has_cause=found,
        has_open_offer=Offer.State.OFFERED in offers,
        awaits_approval=Offer.State.WAITING in offers,
        has_agreed_offer=Offer.State.ACCEPTED in offers,
        actions_open=items["open"],
        actions_done=items["done"],
        is_confirmed=word == Confirmation.Result.SOLVED,
        attempts=Attempt.objects.filter(**this).count(),
    )
