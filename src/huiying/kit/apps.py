from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "huiying.kit"

    def ready(self) -> None:
        from . import checks, lookups  # noqa: F401  # they register themselves
