"""Why a mail was kept without becoming a case: a code in the row, a sentence for whoever looks."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiying.channels.adapters.mail import Refusal
from huiying.kit.guards import Sentence


class Reason(models.TextChoices):
    """What spoke against a case."""

    OWN = "own", _("It comes from ourselves.")
    BOUNCE = "bounce", _("A message of ours could not be delivered.")
    AUTO_REPLY = "auto-reply", _("An automatic answer that belongs to no case.")
    BULK = "bulk", _("Mass mail, e.g. a newsletter.")
    NOBODY = "nobody", _("The mail has no sender whom we could answer.")
    NOTHING = "nothing", _("The mail has neither words nor files.")
    TOO_MANY = "too-many", _("Too many mails from this sender within an hour.")
    FAILURE = "failure", _("Something failed in the program while filing it; the log tells more.")


SENTENCES: dict[str, Sentence] = {**dict(Reason.choices), **dict(Refusal.choices)}


def reason_in_words(reason: str) -> Sentence:
    """Return the sentence of a code; what is no code is a sentence already."""
    return SENTENCES.get(reason, reason)
