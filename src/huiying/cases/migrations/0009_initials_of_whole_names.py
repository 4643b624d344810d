"""Categories are found by the initials of their whole name."""

from django.db import migrations

from huiying.kit.pinyin import initials


def key_by_whole_name(apps, _schema_editor):
    for category in apps.get_model("cases", "Category").objects.all():
        category.initials = initials(category.full_name)[:200]
        category.save(update_fields=["initials"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_wider_initials")]

    operations = [migrations.RunPython(key_by_whole_name, migrations.RunPython.noop)]
