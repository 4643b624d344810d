"""Notices as short messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from huiying.channels.adapters.refusals import Undeliverable
from huiying.channels.adapters.robots import Mention
from huiying.channels.adapters.sms import Gateway, HttpGateway
from huiying.notifications.batches import Batch, carry
from huiying.notifications.letters import texted
from huiying.notifications.models import Dispatch, SmsGateway


class Sms:
    """Sends over the company's gateway; while there is none everything waits."""

    def is_open(self) -> bool:
        return SmsGateway.now() is not None

    def carry(self, batches: Sequence[Batch], now: datetime) -> int:
        kept = SmsGateway.now()
        return sum(carry(batch, partial(text, gateway_of(kept)), now) for batch in batches) if kept else 0


def gateway_of(kept: SmsGateway) -> Gateway:
    return HttpGateway(
        url=kept.url, template=kept.template, header=kept.header, secret=kept.secret, success=kept.success
    )


def text(gateway: Gateway, dispatches: list[Dispatch]) -> None:
    """Send one message about all of them. Raises NotNow or Undeliverable."""
    person = dispatches[0].notice.user
    mobile = mobile_of(person.phone)
    if not mobile:
        raise Undeliverable(_("There is no mobile number."))
    with translation.override(person.language or settings.LANGUAGE_CODE):
        said = texted([each.notice for each in dispatches])
    gateway.send(mobile, said)


def mobile_of(phone: str) -> str:
    return Mention(name="", phone=phone).mobile
