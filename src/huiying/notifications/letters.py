"""What a dispatch says: one notice, or a list of them grouped by case, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from django.conf import settings
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiying.channels.adapters.mail.writing import SEVEN_BIT
from huiying.channels.mailboxes import sender
from huiying.kit.text import shortened
from huiying.notifications.models import Dispatch, Notice

URGENT = Notice.Weight.ESCALATION


def mail_of(dispatches: Sequence[Dispatch]) -> EmailMessage:
    """Return the mail that tells one person of these. Raises ValueError for an address that is none."""
    person = dispatches[0].notice.user
    name, address = sender()
    mail = EmailMessage(policy=SEVEN_BIT)
    mail["From"] = Address(name, addr_spec=address)
    mail["To"] = Address(person.name, addr_spec=person.email)
    mail["Date"] = format_datetime(max(each.claimed_at or each.due_at for each in dispatches))
    mail["Message-ID"] = f"<notice.{dispatches[0].batch}@{address.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    notices = [each.notice for each in dispatches]
    with translation.override(person.language or settings.LANGUAGE_CODE):
        mail["Subject"] = shortened(subject_line(notices), 180)
        mail.set_content(listed(notices) + "\n\n-- \n" + why_told())
    return mail


def subject_line(notices: Sequence[Notice]) -> str:
    """Return the one headline, or how many notices there are about how many cases."""
    about = by_case(notices)
    if len(about) > 1:
        return _("%(notices)d notices about %(cases)d cases") % {"notices": len(notices), "cases": len(about)}
    last = notices[-1]
    line = _("%(headline)s: %(said)s") % {"headline": last.headline, "said": line_of(last)}
    return _("[Overdue] %(line)s") % {"line": line} if any(each.weight == URGENT for each in notices) else line


def listed(notices: Sequence[Notice]) -> str:
    """Return the notices as plain text, those about one case under its headline with one address to follow."""
    blocks = []
    for about in by_case(notices).values():
        lines = [f"  {localtime(each.at):%m-%d %H:%M}  {line_of(each)}" for each in about]
        blocks.append("\n".join([about[-1].headline, *lines, "  " + address_of(about[-1])]))
    return "\n\n".join(blocks)


def posted(notices: Sequence[Notice]) -> str:
    """Return what a group is told: each entry once, whomever it concerns, with the case's own address."""
    blocks = []
    for about in by_case(notices).values():
        once = {each.entry_id: each for each in about}.values()
        overdue = any(each.weight == URGENT for each in once)
        headline = about[-1].headline
        lines = [f"{localtime(each.at):%m-%d %H:%M} {line_of(each)}" for each in once]
        title = _("[Overdue] %(line)s") % {"line": headline} if overdue else headline
        blocks.append("\n".join([title, *lines, settings.PUBLIC_URL + about[-1].link]))
    return "\n\n".join(blocks)


def texted(notices: Sequence[Notice]) -> str:
    """Return a short message: the last one in a line, and how many there are besides."""
    last = max(notices, key=lambda each: (each.weight == URGENT, each.at))
    line = _("[Overdue] %(line)s") % {"line": last.headline} if last.weight == URGENT else last.headline
    more = len(notices) - 1
    said = _("%(line)s, %(said)s") % {"line": shortened(line, 60), "said": shortened(line_of(last), 40)}
    if more:
        said += ngettext(" (and %(n)d more)", " (and %(n)d more)", more) % {"n": more}
    return f"{said} {settings.PUBLIC_URL}{last.link}"


def by_case(notices: Sequence[Notice]) -> dict[str, list[Notice]]:
    about: dict[str, list[Notice]] = {}
    for each in notices:
        about.setdefault(each.link, []).append(each)
    return about


def line_of(notice: Notice) -> str:
    """Return who did what, on one line."""
    return " ".join(f"{notice.doer} {notice.entry.sentence}".split())


def address_of(notice: Notice) -> str:
    return settings.PUBLIC_URL + notice.get_absolute_url()


def why_told() -> str:
    return _("You choose what you are told of, and how, under %(address)s") % {
        "address": f"{settings.PUBLIC_URL}/settings/notices/"
    }
