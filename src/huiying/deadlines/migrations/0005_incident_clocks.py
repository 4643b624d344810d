"""The three clocks of group incidents run, also where they were installed before they could be ended."""

from django.db import migrations
from django.db.models import F

CODES = ("incident-team", "incident-answer", "incident-verified")
DROPPED_ON = ["incident_ended", "incident_called_off"]


def run(apps, schema_editor):
    policies = apps.get_model("deadlines", "Policy").objects.filter(code__in=CODES, version=1, retired_at=None)
    policies.update(active=True, cancels_on=DROPPED_ON)
    apps.get_model("deadlines", "Edition").objects.update(number=F("number") + 1)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0004_extend_financial_complaints")]
    operations = [migrations.RunPython(run, migrations.RunPython.noop)]
