from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "huiying.insight"
