"""System bugs and serious failures of service call for a task force, also where the categories were installed before."""

from django.db import migrations

CAUSES = (
    "quality-performance-software",
    "quality-safety",
    "service-mistake",
    "service-privacy",
    "service-on-site-damage",
)


def call(apps, schema_editor):
    apps.get_model("cases", "Category").objects.filter(code__in=CAUSES).update(calls_task_force=True)


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_task_forces")]
    operations = [migrations.RunPython(call, migrations.RunPython.noop)]
