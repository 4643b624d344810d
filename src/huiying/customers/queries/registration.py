"""The customer's registration form (客户信息登记表, SPEC C18): every field of the archive, for paper and workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiying.channels.models.endpoint import Channel
from huiying.customers.drafts import AMOUNT_FIELDS
from huiying.customers.models import Contact, Customer
from huiying.customers.policies import may_see_amounts
from huiying.customers.queries.shown import contacts_of, fact_name, fact_value
from huiying.journal.actors import Actor
from huiying.kit.sheets import Row

SHORT = (
    *("number", "external_ref", "name", "kind", "credit_code", "region", "industry", "main_business", "headcount"),
    *("revenue", "yearly_purchases", "source", "status", "tier", "owner", "department", "team", "first_contact_on"),
    *("expected_on", "since", "in_project", "decision_maker"),
)
LONG = ("address", "preferences", "special_requirements", "remarks")
CHOICES = {"kind", "tier", "status"}


@dataclass(frozen=True)
class FormContact:
    """One line of the people to speak with; ways to reach them are covered."""

    name: str
    title: str
    reaches: str
    birthday: str
    preferred: str
    consent: str
    remark: str


@dataclass(frozen=True)
class RegistrationForm:
    """The form filled in: short fields in pairs, long ones over a whole line, and the contacts."""

    short: list[tuple[str, str]]
    long: list[tuple[str, str]]
    contacts: list[FormContact]


def registration_form(customer: Customer, *, by: Actor) -> RegistrationForm:
    names = [name for name in SHORT if name not in AMOUNT_FIELDS or may_see_amounts(by)]
    tags = "、".join(tag.name for tag in customer.tags.all())
    return RegistrationForm(
        short=[(fact_name(name), said(customer, name)) for name in names],
        long=[*((fact_name(name), said(customer, name)) for name in LONG), (_("tags"), tags)],
        contacts=[
            form_contact(known.contact, "、".join(reach.masked for reach in known.reaches))
            for known in contacts_of(customer)
        ],
    )


def said(customer: Customer, name: str) -> str:
    """Return a field's value as it stands on paper; an empty one leaves room to write."""
    if name in CHOICES:
        return str(getattr(customer, f"get_{name}_display")())
    value = fact_value(customer, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def form_contact(contact: Contact, reaches: str) -> FormContact:
    channel = str(dict(Channel.choices).get(contact.preferred_channel, contact.preferred_channel))
    remarks = (
        _("main contact") if contact.is_main else "",
        _("no longer there") if contact.left_on else "",
        _("do not contact") if contact.do_not_contact else "",
    )
    return FormContact(
        name=contact.name,
        title=contact.title,
        reaches=reaches,
        birthday=f"{contact.birthday:%Y-%m-%d}" if contact.birthday else "",
        preferred=" ".join(filter(None, (channel, contact.preferred_hours))),
        consent=f"{localdate(contact.consent_at):%Y-%m-%d}" if contact.consent_at else "",
        remark="、".join(filter(None, remarks)),
    )


def contact_heads() -> list[str]:
    return [
        *(pgettext("of a person", "name"), _("title"), _("phone, e-mail, WeChat"), _("birthday")),
        *(_("preferred channel and hours"), _("consent given"), _("remarks")),
    ]


def form_rows(form: RegistrationForm) -> Iterator[Row]:
    """Yield the form as rows of a sheet: a field a row, then the contacts as a table."""
    yield [_("field"), _("content")]
    for label, value in (*form.short, *form.long):
        yield [label, value]
    yield []
    yield contact_heads()
    for one in form.contacts:
        yield [one.name, one.title, one.reaches, one.birthday, one.preferred, one.consent, one.remark]
