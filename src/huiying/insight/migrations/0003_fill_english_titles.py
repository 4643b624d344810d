from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def take_from_recipes(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Plays begun before kept no English; where a recipe still says the same, it is known."""
    play, step = apps.get_model("insight", "Play"), apps.get_model("insight", "PlayStep")
    for name, name_en in apps.get_model("insight", "Recipe").objects.exclude(name_en="").values_list("name", "name_en"):
        play.objects.filter(recipe_name=name, recipe_name_en="").update(recipe_name_en=name_en)
    known = apps.get_model("insight", "RecipeStep").objects.exclude(title_en="").values_list("title", "title_en")
    for title, title_en in dict(known).items():
        step.objects.filter(title=title, title_en="").update(title_en=title_en)


class Migration(migrations.Migration):
    dependencies = [("insight", "0002_titles_in_english")]
    operations = [migrations.RunPython(take_from_recipes, migrations.RunPython.noop, elidable=True)]
