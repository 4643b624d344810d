"""What the lower apps ask of those above them: importers, what is owed, what is being worked on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiying.cases.importers import CaseImporter
from huiying.cases.models import Case
from huiying.cases.queries.owed_elsewhere import Source
from huiying.customers.importers import CustomerImporter, OrderImporter, ScoreImporter, UsageImporter
from huiying.customers.projects import Project
from huiying.engagement.importers import InteractionImporter
from huiying.engagement.in_use import InUse
from huiying.engagement.models import Need, Onboarding
from huiying.engagement.onboarding_owed import owed_meeting_tasks, owed_onboardings
from huiying.engagement.owed import owed_contacts
from huiying.imports.protocol import Importer
from huiying.insight.models import Play
from huiying.insight.owed import owed_steps

IMPORTERS: tuple[Importer, ...] = (
    CustomerImporter(),
    OrderImporter(),
    ScoreImporter(),
    UsageImporter(),
    CaseImporter(),
    InteractionImporter(),
)

# What people owe in the apps above cases: the desk shows it beside the cases.
OWED: tuple[Source, ...] = (owed_contacts, owed_onboardings, owed_meeting_tasks, owed_steps)

# What keeps a customer out of the public pool because somebody works on it.
IN_USE = (
    InUse(_("a case is open"), Case.objects.open),
    InUse(_("an onboarding is under way"), Onboarding.objects.running),
    InUse(_("a need is open"), Need.objects.open),
    InUse(_("a win-back play runs"), Play.objects.running),
)

# What makes the archive of a customer one of an active project, to be looked through each month.
PROJECTS = (
    Project(_("onboarding under way"), Onboarding.objects.running),
    Project(_("need under way"), Need.objects.under_way),
)
