"""The clock of a task force's first plan waited for task forces; where nobody has changed it, it runs from now on."""

from django.db import migrations

ENDED = ["case_closed", "case_withdrawn", "case_invalidated", "case_merged", "task_force_disbanded"]


def switch_on(apps, schema_editor):
    policies = apps.get_model("deadlines", "Policy").objects.filter(code="task-force-plan", version=1, retired_at=None)
    policies.update(active=True, repeats=True, keeps_owner=True, cancels_on=ENDED)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0005_incident_clocks")]
    operations = [migrations.RunPython(switch_on, migrations.RunPython.noop)]
