"""What the mail page shows, as far as the reader may see the cases it touches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from huiying.cases.models import Case
from huiying.channels.adapters.mail import Letter, Unreadable, read_letter
from huiying.channels.models import Delivery, RawMail
from huiying.channels.models.delivery import DeliveryQuerySet
from huiying.channels.models.raw_mail import RawMailQuerySet
from huiying.intake.reasons import reason_in_words
from huiying.kit.guards import Sentence
from huiying.staff.actors import StaffActor

SHOWN_SOURCE = 200_000  # bytes
OF_CASES = Case._meta.label_lower


def mails_for(actor: StaffActor) -> RawMailQuerySet:
    """Return the mails the actor may see: those of nobody's case, and those of cases they see."""
    if not actor.can("mail.manage"):
        return RawMail.objects.none()
    cases = Case.objects.visible_to(actor).values("pk")
    own = Q(message__subject_type=OF_CASES, message__subject_id__in=cases)
    return RawMail.objects.filter(own | Q(message=None)).select_related("message")


def troubled_deliveries_for(actor: StaffActor) -> DeliveryQuerySet:
    """Return the messages that did not leave or did not arrive, about cases the actor sees."""
    if not actor.can("mail.manage"):
        return Delivery.objects.none()
    cases = Case.objects.visible_to(actor).values("pk")
    shown = Delivery.objects.troubled().filter(message__subject_type=OF_CASES, message__subject_id__in=cases)
    return shown.select_related("message")


def cases_by_key(keys: list[int]) -> dict[int, Case]:
    return {case.pk: case for case in Case.objects.filter(pk__in=keys)}


@dataclass(frozen=True)
class OpenedMail:
    """A mail with what it says, read anew from its source."""

    mail: RawMail
    raw: bytes

    @cached_property
    def read(self) -> Letter | Unreadable:
        return read_letter(self.raw)

    @property
    def letter(self) -> Letter | None:
        return self.read if isinstance(self.read, Letter) else None

    @property
    def oddities(self) -> list[Sentence]:
        return [oddity.label for oddity in self.letter.oddities] if self.letter else []

    @property
    def reason(self) -> Sentence:
        return reason_in_words(self.mail.reason)

    @property
    def source(self) -> str:
        """Return the beginning of the source, as far as a person would read it."""
        return self.raw[:SHOWN_SOURCE].decode("utf-8", "replace")

    @property
    def source_is_longer(self) -> bool:
        return len(self.raw) > SHOWN_SOURCE


def opened(mail: RawMail) -> OpenedMail:
    with mail.file.open("rb") as file:
        return OpenedMail(mail, file.read())
