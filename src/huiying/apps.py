from django.apps import AppConfig


class HuiyingConfig(AppConfig):
    name = "huiying"

    def ready(self) -> None:
        from huiying.cases.queries import owed_elsewhere
        from huiying.customers import following
        from huiying.deadlines import vocabulary
        from huiying.engagement import belongings, in_use
        from huiying.imports import importers
        from huiying.journal import reactions
        from huiying.wiring import (
            BELONGINGS,
            DEEDS,
            FOLLOWS_CUSTOMER,
            IMPORTERS,
            IN_USE,
            OWED,
            REACTIONS,
            SITUATION,
            UNDO_HINDRANCES,
        )

        reactions.install(REACTIONS)
        importers.install(IMPORTERS)
        owed_elsewhere.install(OWED)
        following.install(FOLLOWS_CUSTOMER, UNDO_HINDRANCES)
        in_use.install(IN_USE)
        belongings.install(BELONGINGS)
        vocabulary.teach(SITUATION, DEEDS)
