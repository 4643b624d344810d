"""Roles keep what they could do when powers are split finer, and get those of care by what they do already."""

from django.db import migrations

GIVEN = {
    "customers.see": {"customers.amounts"},
    "customers.edit": {"care.work", "care.claim"},
    "customers.import": {"customers.merge", "care.lead", "care.hand_over"},
}


def grant(apps, schema_editor):
    for role in apps.get_model("staff", "Role").objects.all():
        given = set().union(*(powers for power, powers in GIVEN.items() if power in role.powers))
        if given - set(role.powers):
            role.powers = sorted({*role.powers, *given})
            role.save(update_fields=["powers"])


class Migration(migrations.Migration):
    dependencies = [("staff", "0004_absences_and_skills")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
