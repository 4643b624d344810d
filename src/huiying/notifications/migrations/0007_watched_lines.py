"""Who watches a case is told in Huiying, unless their role or they themselves say otherwise."""

from django.db import migrations

EVENTS = (
    "given",
    "customer",
    "decided",
    "action",
    "deadline",
    "escalation",
    "urged",
    "course",
    "undelivered",
)


def tell_watchers(apps, schema_editor):
    for kept in apps.get_model("notifications", "RoleHabits").objects.all():
        kept.roads = {f"{event}.watched": ["app"] for event in EVENTS} | kept.roads
        kept.save(update_fields=["roads"])


class Migration(migrations.Migration):
    dependencies = [("notifications", "0006_sms_gateway")]
    operations = [migrations.RunPython(tell_watchers, migrations.RunPython.noop)]
