from django.apps import AppConfig


class HuiyingConfig(AppConfig):
    name = "huiying"

    def ready(self) -> None:
        from huiying.deadlines import vocabulary
        from huiying.imports import importers
        from huiying.journal import reactions
        from huiying.wiring import DEEDS, IMPORTERS, REACTIONS, SITUATION

        reactions.install(REACTIONS)
        importers.install(IMPORTERS)
        vocabulary.teach(SITUATION, DEEDS)
