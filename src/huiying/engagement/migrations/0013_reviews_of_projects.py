"""The archives of customers with a need under way are looked through each month: the heartbeat reckons when."""

from django.db import migrations

UNDER_WAY = ["confirmed", "proposed", "presented", "agreed", "delivered"]


def reckon_anew(apps, schema_editor):
    needs = apps.get_model("engagement", "Need").objects.filter(stage__in=UNDER_WAY)
    apps.get_model("customers", "Customer").objects.filter(pk__in=needs.values("customer")).update(review_due_on=None)


class Migration(migrations.Migration):
    dependencies = [("customers", "0011_contacts_leave_and_consent"), ("engagement", "0012_onboarding")]
    operations = [migrations.RunPython(reckon_anew, migrations.RunPython.noop)]
