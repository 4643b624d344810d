"""Handing over more than a page can wait for; the batch's rows say how far it is."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone, translation
from django_tasks import task

from huiying.engagement.actions.succession import go_on
from huiying.engagement.models import Succession
from huiying.staff.actors import actor_of
from huiying.staff.models import User


@task()
def perform_succession(batch_id: int) -> None:
    """Do what is left of the batch, in the name and the language of whoever asked."""
    batch = Succession.objects.select_related("leaver").get(pk=batch_id)
    person = User.objects.with_standing().get(pk=batch.made_by_id)
    with translation.override(person.language or settings.LANGUAGE_CODE):
        go_on(batch, by=actor_of(person), at=timezone.now())
