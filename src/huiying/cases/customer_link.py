"""The signed link to a customer's own page: whoever holds it speaks as the customer of that one case (SPEC C13)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiying.cases.models import Case
from huiying.cases.queries.merged import surviving
from huiying.kit.guards import DomainError

VALID_FOR = timedelta(days=90)
SIGNER = signing.TimestampSigner(salt="huiying.customer-link")
EXPIRED = _("This link has expired. Please call us or answer our last mail, and we will send you a new one.")


class LinkExpired(DomainError):
    """The link is too old; the customer may ask for a new one."""

    status = 410
    code = "link-expired"
    page = "link_expired.html"


class LinkUnknown(DomainError):
    """The link was cut short or changed on its way to us."""

    status = 404
    code = "link-unknown"
    page = "link_unknown.html"


def token_for(case: Case) -> str:
    """Return the signed part of the link, valid for 90 days or until the case proves to be somebody else's."""
    return SIGNER.sign(f"{case.number}~{case.link_edition}" if case.link_edition else case.number)


def link_for(case: Case) -> str:
    """Return the whole address, as it is sent to the customer."""
    return f"{settings.PUBLIC_URL}{reverse('portal:page', args=[token_for(case)])}"


def case_of(token: str) -> Case:
    """Return the case that the token was signed for; of a merged one the case that stays.

    Raises LinkExpired when it is too old or was sent to the wrong person, LinkUnknown for one that we never signed.
    """
    number, _tilde, edition = signed_in(token).partition("~")
    case = get_object_or_404(Case.objects.select_related("customer", "owner", "order"), number=number)
    if case.link_edition != int(edition or 0):
        raise LinkExpired(EXPIRED)
    return surviving(case)


def signed_in(token: str) -> str:
    try:
        return SIGNER.unsign(token, max_age=VALID_FOR)
    except signing.SignatureExpired as expired:
        raise LinkExpired(EXPIRED) from expired
    except signing.BadSignature as unsigned:
        raise LinkUnknown(
            _("The link is not complete. Please open it from our message once more, or copy the whole of it.")
        ) from unsigned
