"""What can happen to templates, mailings and to those who want none."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiying.journal.verbs import Verb

TEMPLATE_ADDED = Verb("template_added", _("added the template {name}"))
TEMPLATE_REVISED = Verb("template_revised", _("saved the template {name} as version {version}"))
MADE = Verb("mailing_made", _("prepared a mailing"))
REVISED = Verb("mailing_revised", _("changed a mailing"))
TESTED = Verb("mailing_tested", _("sent a mailing to themselves as a test"))
STARTED = Verb("mailing_started", _("released a mailing"))
PAUSED = Verb("mailing_paused", _("paused a mailing"))
RESUMED = Verb("mailing_resumed", _("let a mailing go on"))
CANCELLED = Verb("mailing_cancelled", _("cancelled what remained of a mailing"))
RETRIED = Verb("mailing_retried", _("tried again what had failed of a mailing"))
DONE = Verb("mailing_done", _("a mailing has ended"))
RULES_CHANGED = Verb("mailing_rules_changed", _("changed the rules of mailings"))
OPTED_OUT = Verb("contact_opted_out", _("wants no mass messages any more"))
OPTED_IN = Verb("contact_opted_in", _("wants mass messages again"))
