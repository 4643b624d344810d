"""Templates: added, saved as the next version."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Tag
from huiying.engagement import mailing_verbs as verbs
from huiying.engagement.models.interaction import Means
from huiying.engagement.models.template import Template, TemplateVersion
from huiying.engagement.placeholders import ensure_known
from huiying.engagement.policies import may_lead
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, Stale, ensure, ensure_sound


@dataclass(frozen=True, kw_only=True)
class TemplateDraft:
    """What a template says, and for whom it is offered."""

    name: str
    means: str
    text: str
    subject: str = ""
    tier: str = ""
    tag: Tag | None = None
    product: str = ""
    active: bool = True


@transaction.atomic
def add_template(draft: TemplateDraft, *, by: Actor, at: datetime) -> Template:
    ensure(may_lead(by))
    template = Template()
    fill(template, draft)
    template.save(force_insert=True)
    keep(template, by=by, at=at)
    record(verbs.TEMPLATE_ADDED, template, by=by, at=at, name=template.name)
    return template


@transaction.atomic
def revise_template(template: Template, draft: TemplateDraft, *, seen: int, by: Actor, at: datetime) -> None:
    """Save the next version; what is being sent keeps the text it began with."""
    ensure(may_lead(by))
    if not Template.objects.filter(pk=template.pk, version=seen).update(version=seen + 1):
        raise Stale(_("Somebody saved a newer version meanwhile. Please look at it again."))
    fill(template, draft)
    template.version = seen + 1
    template.save()
    keep(template, by=by, at=at)
    record(verbs.TEMPLATE_REVISED, template, by=by, at=at, name=template.name, version=template.version)


def fill(template: Template, draft: TemplateDraft) -> None:
    ensure_sendable(draft.means, draft.subject, draft.text)
    for name, value in {**asdict(draft), "tag": draft.tag}.items():
        setattr(template, name, value)
    ensure_sound(template)
    if Template.objects.filter(name=template.name).exclude(pk=template.pk).exists():
        raise BadInput(_("There is a template of this name already."), field="name")


def ensure_sendable(means: str, subject: str, text: str) -> None:
    """Raise BadInput where a mail lacks its subject, or a word in braces is not known."""
    if means == Means.EMAIL and not subject.strip():
        raise BadInput(_("An e-mail needs a subject."), field="subject")
    ensure_known(subject, field="subject")
    ensure_known(text, field="text")


def keep(template: Template, *, by: Actor, at: datetime) -> None:
    said = {"subject": template.subject, "text": template.text}
    TemplateVersion.objects.create(template=template, version=template.version, **said, saved_by_id=by.pk, saved_at=at)
