"""Whose customer may be lost is told in Huiying, unless their role or they themselves say otherwise."""

from django.db import migrations, models

CELLS = ("at_risk.mine", "at_risk.team")
CHOICES = [
    ("new_case", "A new case came in"),
    ("given", "A case was given to somebody"),
    ("customer", "The customer wrote or answered"),
    ("mentioned", "A note mentions me"),
    ("approval", "My approval is wanted"),
    ("decided", "Decided on what was asked for"),
    ("action", "Action items to do, or done"),
    ("deadline", "A deadline is near"),
    ("escalation", "A deadline was missed"),
    ("urged", "Somebody urges or presses"),
    ("course", "Closed, merged, reopened or withdrawn"),
    ("at_risk", "A customer may be lost, or is to be won back"),
    ("undelivered", "A message did not arrive"),
    ("care", "Something is due with a customer of mine"),
]


def tell_managers(apps, schema_editor):
    for kept in apps.get_model("notifications", "RoleHabits").objects.all():
        kept.roads = {cell: ["app"] for cell in CELLS} | kept.roads
        kept.save(update_fields=["roads"])


class Migration(migrations.Migration):
    dependencies = [("notifications", "0009_care_event")]
    operations = [
        migrations.AlterField(
            model_name="notice", name="event", field=models.CharField(blank=True, choices=CHOICES, max_length=12)
        ),
        migrations.RunPython(tell_managers, migrations.RunPython.noop),
    ]
