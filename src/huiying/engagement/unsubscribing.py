"""The signed link by which a contact opts out of mass messages: it holds for good and says nothing of anybody else."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiying.customers.models import Contact
from huiying.kit.guards import DomainError

SIGNER = signing.Signer(salt="huiying.unsubscribe")


class LinkUnknown(DomainError):
    """The link was cut short or changed on its way to us."""

    status = 404
    code = "link-unknown"
    page = "link_unknown.html"


def link_for(contact_id: int | None) -> str:
    """Return the whole address, as it is sent to the contact."""
    return f"{settings.PUBLIC_URL}{reverse('engagement:unsubscribing', args=[SIGNER.sign(str(contact_id))])}"


def contact_of(token: str) -> Contact:
    """Return whose link it is. Raises LinkUnknown."""
    try:
        key = int(SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        key = 0
    contact = Contact.objects.select_related("customer").filter(pk=key).first()
    if contact is None:
        raise LinkUnknown(
            _("The link is not complete. Please open it from our message once more, or copy the whole of it.")
        )
    return contact
