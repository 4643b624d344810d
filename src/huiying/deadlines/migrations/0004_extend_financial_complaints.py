"""The presets for financial complaints may be extended by thirty days, also where they were installed before."""

from django.db import migrations

PRESETS = ("finance", "finance-complex")


def allow(apps, schema_editor):
    policies = apps.get_model("deadlines", "Policy").objects.filter(code__in=PRESETS, version=1, extension_days=0)
    policies.update(extension_days=30)


class Migration(migrations.Migration):
    dependencies = [("deadlines", "0003_extensions")]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
