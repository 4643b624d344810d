from django.apps import AppConfig


class HuiyingConfig(AppConfig):
    name = "huiying"

    def ready(self) -> None:
        from huiying.cases.queries import owed_elsewhere
        from huiying.customers import following, projects, story
        from huiying.deadlines import vocabulary
        from huiying.engagement import belongings, in_use, offices
        from huiying.imports import importers
        from huiying.journal import reactions
        from huiying.wiring import (
            BELONGINGS,
            DEEDS,
            FOLLOWS_CUSTOMER,
            IMPORTERS,
            IN_USE,
            KINDS,
            OFFICES,
            OWED,
            PROJECTS,
            REACTIONS,
            SITUATION,
            STRANDS,
            UNDO_HINDRANCES,
        )

        reactions.install(REACTIONS)
        importers.install(IMPORTERS)
        owed_elsewhere.install(OWED)
        following.install(FOLLOWS_CUSTOMER, UNDO_HINDRANCES)
        story.install(STRANDS, KINDS)
        in_use.install(IN_USE)
        projects.install(PROJECTS)
        belongings.install(BELONGINGS)
        offices.install(OFFICES)
        vocabulary.teach(SITUATION, DEEDS)
