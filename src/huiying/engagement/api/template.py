"""Templates of what is written to many: listed, added, saved as the next version."""

from __future__ import annotations

from typing import Annotated

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _
from ninja import Path, Schema, Status
from pydantic import StringConstraints

from huiying.customers.models import Tag, Tier
from huiying.engagement.actions.template import TemplateDraft, add_template, revise_template
from huiying.engagement.api.router import router
from huiying.engagement.models.template import Template
from huiying.engagement.policies import may_lead
from huiying.kit.guards import BadInput, ensure
from huiying.kit.rest import Ask, Code, Key, Line, only_given
from huiying.staff.http import ApiRequest

Name = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
By = Annotated[str, StringConstraints(pattern="^(email|sms)$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=5000)]
Short = Annotated[str, StringConstraints(max_length=120)]
PARTS = ("name", "means", "text", "subject", "tier", "product", "active")


class MailingTemplateAsk(Ask):
    """What is written, and for whom it is offered; `tag` is the name of a tag. An e-mail needs a subject."""

    name: Name
    means: By
    text: Words
    subject: Short = ""
    tier: Code[Tier] | None = None
    tag: Line = ""
    product: Short = ""
    active: bool = True


class MailingTemplateRevisionAsk(Ask):
    """What changes; what is not sent stays. `version` is the one that was read: a newer one is not overwritten."""

    version: Key
    name: Name = ""
    means: By = ""
    text: Words = ""
    subject: Short = ""
    tier: Code[Tier] | None = None
    tag: Line = ""
    product: Short = ""
    active: bool = True


class TemplateShown(Schema):
    id: Key
    name: str
    means: str
    tier: str
    tag: str | None
    product: str
    subject: str
    text: str
    active: bool
    version: int


@router.get("/mailing-templates", response=list[TemplateShown], summary=_("Templates of mailings"))
def mailing_templates(request: ApiRequest) -> list[TemplateShown]:
    ensure(may_lead(request.actor))
    return [shown(one) for one in Template.objects.select_related("tag")]


@router.post("/mailing-templates", response={201: TemplateShown}, summary=_("Add a template of mailings"))
def add(request: ApiRequest, ask: MailingTemplateAsk) -> Status[TemplateShown]:
    ensure(may_lead(request.actor))
    draft = TemplateDraft(**{**ask.model_dump(), "tier": ask.tier or "", "tag": tag_named(ask.tag)})
    return Status(201, shown(add_template(draft, by=request.actor, at=timezone.now())))


@router.get("/mailing-templates/{template_id}", response=TemplateShown, summary=_("One template of mailings"))
def one_template(request: ApiRequest, template_id: Path[Key]) -> TemplateShown:
    return shown(visible(request, template_id))


@router.patch(
    "/mailing-templates/{template_id}", response=TemplateShown, summary=_("Save the next version of a template")
)
def save_next_version(request: ApiRequest, template_id: Path[Key], ask: MailingTemplateRevisionAsk) -> TemplateShown:
    kept = visible(request, template_id)
    given = only_given(ask)
    seen = given.pop("version")
    if "tag" in given:
        given["tag"] = tag_named(given["tag"])
    if "tier" in given:
        given["tier"] = given["tier"] or ""
    parts = {name: getattr(kept, name) for name in (*PARTS, "tag")}
    revise_template(kept, TemplateDraft(**parts | given), seen=seen, by=request.actor, at=timezone.now())
    return shown(visible(request, template_id))


def visible(request: ApiRequest, key: int) -> Template:
    ensure(may_lead(request.actor))
    return get_object_or_404(Template.objects.select_related("tag"), pk=key)


def tag_named(name: str) -> Tag | None:
    """Return the tag of this name, None for no name. Raises BadInput for an unknown one."""
    if not name:
        return None
    found = Tag.objects.filter(name=name).first()
    if found is None:
        raise BadInput(gettext_lazy("There is no tag “{name}”.").format(name=name), field="tag")
    return found


def shown(one: Template) -> TemplateShown:
    plain = {name: getattr(one, name) for name in (*PARTS, "version")}
    return TemplateShown(id=one.pk, tag=one.tag.name if one.tag else None, **plain)
