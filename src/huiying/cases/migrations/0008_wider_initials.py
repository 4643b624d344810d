from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_link_edition")]

    operations = [
        migrations.AlterField("category", "initials", models.CharField(blank=True, editable=False, max_length=200)),
    ]
