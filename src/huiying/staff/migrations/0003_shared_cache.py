from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", "huiying_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):

    dependencies = [("staff", "0002_english_names")]

    operations = [
        migrations.RunPython(create, migrations.RunPython.noop),
    ]
