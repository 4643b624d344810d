"""Setting up the SMS gateway. Its key never reaches the journal."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiying.channels.adapters.refusals import NotNow, Undeliverable
from huiying.channels.adapters.sms.http import filled
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, DomainError, ensure
from huiying.kit.outbound import Forbidden, ensure_callable, host_of
from huiying.notifications.models import SmsGateway
from huiying.notifications.policies import may_arrange_notices
from huiying.notifications.roads.sms import gateway_of, mobile_of
from huiying.notifications.verbs import GATEWAY_CHANGED

HEADER = re.compile(r"[A-Za-z0-9-]*")


@dataclass(frozen=True, kw_only=True)
class GatewayDraft:
    """The gateway as it shall be; an empty `secret` stays as it is, unless the address leads to another server."""

    url: str
    template: str
    header: str = ""
    secret: str = ""
    success: str = ""
    active: bool = True


@transaction.atomic
def set_gateway(draft: GatewayDraft, *, by: Actor, at: datetime) -> None:
    """Set the gateway up. Raises BadInput for an address, body or header that cannot be used."""
    ensure(may_arrange_notices(by))
    ensure_usable(draft)
    kept = SmsGateway.objects.select_for_update().first() or SmsGateway(pk=1)
    ensure_key_stays_home(kept, draft)
    wished = asdict(draft) | {"secret": draft.secret or kept.secret}
    fields = [name for name, value in wished.items() if value != getattr(kept, name)]
    for name in fields:
        setattr(kept, name, wished[name])
    if fields:
        kept.save()
        record(GATEWAY_CHANGED, kept, by=by, at=at, host=str(kept), fields=fields)


def ensure_key_stays_home(kept: SmsGateway, draft: GatewayDraft) -> None:
    """Raise BadInput where a key that nobody may read would be sent to another server than it was kept for."""
    if kept.secret and not draft.secret and host_of(draft.url) != str(kept):
        raise BadInput(_("The address leads to another server now; please type its key anew."), field="secret")


def try_gateway(phone: str, *, by: Actor) -> None:
    """Send a test to a number at once. Raises DomainError with what went wrong. Not in a transaction."""
    ensure(may_arrange_notices(by))
    kept, mobile = SmsGateway.now(), mobile_of(phone)
    if kept is None:
        raise DomainError(_("No SMS gateway is switched on."))
    if not mobile:
        raise DomainError(_("Your profile holds no mobile number to send the test to."))
    with translation.override(settings.LANGUAGE_CODE):
        text = gettext("A test from Huiying: notices will arrive here.")
    try:
        gateway_of(kept).send(mobile, text)
    except (NotNow, Undeliverable) as refused:
        raise DomainError(_("The message was not sent: {reason}").format(reason=refused)) from refused


def ensure_usable(draft: GatewayDraft) -> None:
    try:
        ensure_callable(draft.url)
    except Forbidden as forbidden:
        raise BadInput(str(forbidden), field="url") from forbidden
    try:
        filled(draft.template, {"phone": "", "text": ""})
    except ValueError as unread:
        raise BadInput(_("This is neither JSON nor a form."), field="template") from unread
    if "{phone}" not in draft.template or "{text}" not in draft.template:
        raise BadInput(_("{phone} and {text} must stand in it."), field="template")
    if not HEADER.fullmatch(draft.header):
        raise BadInput(_("This is no name of a header."), field="header")
    if not (draft.secret.isascii() and draft.secret.isprintable()):
        raise BadInput(_("Only plain characters can stand in a header."), field="secret")
