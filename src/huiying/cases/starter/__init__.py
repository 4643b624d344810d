"""What an empty installation begins with: categories, routes and words for listening, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from huiying.cases.models import Category, Kind, KindRule, Lookout, Phrase, Route
from huiying.cases.starter.categories import FOR_TASK_FORCES, TREE, Branch
from huiying.cases.starter.phrases import PHRASES
from huiying.cases.starter.routes import ROUTES
from huiying.cases.verbs import CATEGORY_ADDED, ROUTE_ADDED
from huiying.journal.actors import STARTER
from huiying.journal.entries import entry_for, record, record_all
from huiying.journal.tail import newest_id
from huiying.staff.models import Team


@transaction.atomic
def install_starter_pack() -> None:
    """Add what there is none of yet. What somebody has made or changed stays as it is."""
    if not Category.objects.exists():
        install_categories()
    if not Route.objects.exists():
        install_routes()
    if not Phrase.objects.exists():
        install_phrases()
    if not KindRule.objects.exists():
        install_kind_rules()
    if not Lookout.objects.exists():
        Lookout.objects.create(last_entry=newest_id())


def install_categories() -> None:
    now = timezone.now()
    record_all(
        [
            (entry_for(CATEGORY_ADDED, one, by=STARTER, at=now, name=one.name, code=one.code), Category)
            for one in grow(TREE)
        ]
    )


def grow(branches: Sequence[Branch], parent: Category | None = None) -> list[Category]:
    """Add the branches and all below them; return every category added."""
    grown = []
    for position, branch in enumerate(branches, 1):
        code = f"{parent.code}-{branch.code}" if parent else branch.code
        category = Category.objects.create(
            code=code,
            name=branch.name,
            name_en=branch.name_en,
            hints=branch.hints,
            calls_task_force=code in FOR_TASK_FORCES,
            parent=parent,
            position=position,
        )
        grown += [category, *grow(branch.below, category)]
    return grown


def install_routes() -> None:
    """Add the routes to teams that are there; a company with other teams draws its own."""
    for position, starter in enumerate(ROUTES, 1):
        team = Team.objects.filter(name=starter.team, active=True).first()
        if team is not None:
            route = Route.objects.create(
                position=position,
                name=starter.name,
                kind=starter.kind,
                vip_only=starter.vip_only,
                to_manager=starter.vip_only,
                team=team,
            )
            record(ROUTE_ADDED, route, by=STARTER, name=route.name)


def install_phrases() -> None:
    Phrase.objects.bulk_create(
        Phrase(step=step, mood=mood, text=text, text_en=text_en, position=position)
        for position, (step, mood, text, text_en) in enumerate(PHRASES, 1)
    )


def install_kind_rules() -> None:
    """Let what nobody complains about be closed before its parts; a complaint or a fault waits for them."""
    waiting = {Kind.COMPLAINT, Kind.FAULT}
    KindRule.objects.bulk_create(KindRule(kind=kind, closes_over_parts=kind not in waiting) for kind in Kind.values)
