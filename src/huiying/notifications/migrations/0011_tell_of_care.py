"""What is due with a customer of theirs is told in Huiying, unless their role or they themselves say otherwise."""

from django.db import migrations


def tell_managers(apps, schema_editor):
    for kept in apps.get_model("notifications", "RoleHabits").objects.all():
        kept.roads = {"care.mine": ["app"]} | kept.roads
        kept.save(update_fields=["roads"])


class Migration(migrations.Migration):
    dependencies = [("notifications", "0010_customers_at_risk")]
    operations = [migrations.RunPython(tell_managers, migrations.RunPython.noop)]
