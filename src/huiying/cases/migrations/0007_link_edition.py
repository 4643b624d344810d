from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_sent_form")]

    operations = [
        migrations.AddField("case", "link_edition", models.PositiveSmallIntegerField(default=0)),
    ]
