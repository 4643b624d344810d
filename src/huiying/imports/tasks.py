"""Long imports run in the task worker; the job's row says how far they are."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone, translation
from django_tasks import task

from huiying.imports.actions import perform
from huiying.imports.models import ImportJob
from huiying.journal.actors import IMPORTER
from huiying.staff.actors import actor_of
from huiying.staff.models import User


@task()
def perform_import(job_id: int) -> None:
    """Do what the job asks for, in the name and the language of whoever asked."""
    job = ImportJob.objects.get(pk=job_id)
    person = User.objects.with_standing().filter(pk=job.user_id).first()
    with translation.override((person and person.language) or settings.LANGUAGE_CODE):
        perform(job, by=actor_of(person) if person else IMPORTER, at=timezone.now())
