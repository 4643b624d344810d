"""What follows when something happened to a case or to words about it; wired in `huiying.wiring`."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string

from huiying.cases.actions.conversation import acknowledge, inform, report_undelivered
from huiying.cases.actions.handing_on import hand_on
from huiying.cases.customer_link import link_for
from huiying.cases.models import Case
from huiying.channels.mailboxes import own_addresses
from huiying.channels.models import Delivery, Message, RawMail
from huiying.channels.models.endpoint import Channel
from huiying.customers.models import Customer
from huiying.customers.queries import email_of
from huiying.deadlines.models import Extension
from huiying.journal.actors import CLOCKWORK
from huiying.journal.models import Entry
from huiying.search.index import add_words_to_all

ACKNOWLEDGED_CHANNELS = {Channel.EMAIL, Channel.WEB}
ACKNOWLEDGED_IN_AN_HOUR = 5


def find_by_new_name(customer: Customer, entry: Entry) -> None:
    """Make the customer's cases findable by the name they bear now; by the former one they stay findable."""
    if "name" in entry.facts.get("fields", []):
        add_words_to_all(Case.objects.filter(customer=customer), customer.name)


def acknowledge_to_customer(case: Case, entry: Entry) -> None:
    """Confirm by e-mail that we received what was written to us, but never to a machine, nor without end (SPEC K3)."""
    if case.channel not in ACKNOWLEDGED_CHANNELS or not settings.EMAIL_URL or case.customer is None:
        return
    address = email_of(case.customer, case.contact)
    if not address or address.lower() in own_addresses() or was_written_by_machine(case) or is_flooded(address, entry):
        return
    text = render_to_string("cases/mail/acknowledgement.txt", {"case": case, "link": link_for(case)})
    acknowledge(case, text.strip(), to=address, by=CLOCKWORK, at=entry.at)


def hand_on_unaccepted(case: Case, entry: Entry) -> None:
    """What nobody accepted in time goes to the next who can take it."""
    if entry.facts.get("kind") == "accept" and not entry.facts.get("quiet"):
        hand_on(case, by=CLOCKWORK, at=entry.at)


def tell_of_more_time(case: Case, entry: Entry) -> None:
    """Tell the customer that it takes longer, in the words that were approved (SPEC C6)."""
    extension = Extension.objects.filter(pk=entry.facts.get("extension")).first()
    if extension is not None and extension.told and case.customer is not None:
        inform(case, extension.told, by=CLOCKWORK, at=entry.at)


def was_written_by_machine(case: Case) -> bool:
    mails = RawMail.objects.filter(message__in=Message.objects.about(case))
    return any(mail.is_auto_reply or mail.is_bounce for mail in mails)


def is_flooded(address: str, entry: Entry) -> bool:
    """Two machines that confirm each other's confirmations stop here."""
    lately = Delivery.objects.filter(recipient=address, message__is_automatic=True)
    return lately.filter(message__at__gt=entry.at - timedelta(hours=1)).count() >= ACKNOWLEDGED_IN_AN_HOUR


def show_undelivered(message: Message, entry: Entry) -> None:
    """Tell on the case that a message could not be delivered."""
    case = Case.objects.filter(pk=message.subject_id).first()
    if case is not None and message.subject_type == Case._meta.label_lower:
        report_undelivered(case, message, by=CLOCKWORK, at=entry.at)
