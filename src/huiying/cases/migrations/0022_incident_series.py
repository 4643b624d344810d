from django.db import migrations

from huiying.journal.operations import create_series


class Migration(migrations.Migration):
    dependencies = [("cases", "0021_incidents"), ("journal", "0001_initial")]

    operations = [create_series("incident")]
