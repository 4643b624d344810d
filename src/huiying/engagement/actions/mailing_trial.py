"""A test of a mailing, sent to oneself. It counts for nothing and is written into nobody's story."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage

from django.conf import settings
from django.utils.translation import gettext as _

from huiying.channels.adapters.mail.server import mail_server, send
from huiying.channels.adapters.mail.writing import SEVEN_BIT
from huiying.channels.adapters.refusals import NotNow, ServerAway, Undeliverable
from huiying.channels.mailboxes import sender
from huiying.customers.models import Customer
from huiying.engagement import mailing_verbs as verbs
from huiying.engagement.actions.mailing import ensure_road, gateway
from huiying.engagement.models.interaction import Means
from huiying.engagement.models.mailing import Mailing
from huiying.engagement.placeholders import filled_in
from huiying.engagement.policies import may_lead
from huiying.engagement.queries.recipients import chosen_customers, last_orders, values_of
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.notifications.roads.sms import mobile_of
from huiying.staff.models import User


def try_on_myself(mailing: Mailing, *, by: Actor, at: datetime) -> str:
    """Send it to the one who asks, filled in for the first customer of the choice; return the address.

    It speaks with the network, so it is no transaction. Raises DomainError with what the other side said.
    """
    ensure(may_lead(by))
    ensure_road(mailing.means)
    me = User.objects.get(pk=by.pk)
    customer = chosen_customers(mailing.chosen, by=by).select_related("owner").order_by("pk").first()
    values = sample_values(mailing, customer)
    address = me.email if mailing.means == Means.EMAIL else mobile_of(me.phone)
    if not address:
        raise BadInput(_("Your own profile has no address for this."))
    try:
        hand_over(mailing, address, values)
    except (NotNow, Undeliverable, ServerAway, ValueError) as refused:
        raise DomainError(_("It could not be sent: {reason}").format(reason=refused)) from refused
    record(verbs.TESTED, mailing, by=by, at=at)
    return address


def sample_values(mailing: Mailing, customer: Customer | None) -> dict[str, str]:
    if customer is None:
        return {}
    contact = customer.contacts.order_by("-is_main", "id").first()
    return values_of(customer, contact, last_orders([customer.pk]).get(customer.pk), product=mailing.product)


def hand_over(mailing: Mailing, address: str, values: dict[str, str]) -> None:
    text = filled_in(mailing.text, values)
    if mailing.means == Means.SMS:
        road = gateway()
        if road is not None:
            road.send(address, text)
        return
    mail = EmailMessage(policy=SEVEN_BIT)
    name, own = sender()
    mail["From"], mail["To"] = Address(name, addr_spec=own), Address(addr_spec=address)
    mail["Subject"] = _("[Test] %(subject)s") % {"subject": filled_in(mailing.subject, values)}
    mail.set_content(text)
    with mail_server(settings.EMAIL_URL) as server:
        send(server, mail, sender=own, recipient=address)
