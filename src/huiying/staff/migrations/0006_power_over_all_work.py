"""Handing over reaches the people one leads from now on; who manages people keeps everybody's."""

from django.db import migrations


def grant(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.all():
        if {"care.hand_over", "people.manage"} <= set(role.powers):
            role.powers = sorted({*role.powers, "care.hand_over_all"})
            role.save(update_fields=["powers"])


class Migration(migrations.Migration):
    dependencies = [("staff", "0005_powers_of_care")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
