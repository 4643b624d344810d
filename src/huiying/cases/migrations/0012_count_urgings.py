"""Count how often each case was urged before the count was kept with it."""

from django.db import migrations
from django.db.models import Count


def count(apps, schema_editor):
    urged = apps.get_model("journal", "Entry").objects.filter(verb="case_urged", subject_type="cases.case")
    cases = apps.get_model("cases", "Case").objects
    for line in urged.values("subject_id").annotate(times=Count("id")).order_by():
        cases.filter(pk=line["subject_id"]).update(urged=line["times"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_urging"), ("journal", "0002_pulse")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
