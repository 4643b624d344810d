"""Keeping the tree of causes (SPEC C1). Nothing is deleted: what is no longer wanted is no longer offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiying.cases.models import Category
from huiying.cases.policies import may_arrange
from huiying.cases.verbs import CATEGORY_ADDED, CATEGORY_CHANGED, CATEGORY_MOVED, CATEGORY_RETIRED, CATEGORY_REVIVED
from huiying.journal.actors import Actor
from huiying.journal.entries import record
from huiying.kit.guards import BadInput, ensure
from huiying.kit.pinyin import initials

DEEPEST = 5


@dataclass(frozen=True, kw_only=True)
class CategoryDraft:
    """What a category is called and where it is offered; `kinds` empty means for every kind of case.

    With `calls_task_force`, a task force is proposed for complex and major cases of it.
    """

    name: str
    name_en: str = ""
    hints: str = ""
    kinds: Sequence[str] = ()
    calls_task_force: bool = False


@transaction.atomic
def add_category(draft: CategoryDraft, *, under: Category | None, by: Actor, at: datetime) -> Category:
    """Add a category at the end of its siblings. Raises BadInput when one of them has the same name."""
    ensure(may_arrange(by))
    category = Category(parent=under, position=Category.objects.filter(parent=under).count() + 1)
    apply(draft, category)
    category.code = free_code(category)
    category.save()
    record(CATEGORY_ADDED, category, by=by, at=at, name=category.name, code=category.code)
    return category


@transaction.atomic
def revise_category(category: Category, draft: CategoryDraft, *, by: Actor, at: datetime) -> Category:
    """Rename a category or change where it is offered; the whole names below it follow."""
    ensure(may_arrange(by))
    before = category.name
    apply(draft, category)
    category.save()
    save_those_below(category)
    record(CATEGORY_CHANGED, category, by=by, at=at, name=category.name, before=before)
    return category


@transaction.atomic
def move_category(category: Category, *, under: Category | None, by: Actor, at: datetime) -> Category:
    """Put a category and all below it under another. Cases keep their category. Raises BadInput for a circle."""
    ensure(may_arrange(by))
    if under is not None and under.path.startswith(category.path):
        raise BadInput(_("A category cannot stand below itself."), field="parent")
    before, category.parent = category.parent_id, under
    ensure_fits(category)
    category.save()
    save_those_below(category)
    record(CATEGORY_MOVED, category, by=by, at=at, name=category.name, before=before, after=category.parent_id)
    return category


@transaction.atomic
def retire_category(category: Category, *, by: Actor, at: datetime) -> Category:
    """Offer the category and all below it no longer; cases that carry it keep it."""
    ensure(may_arrange(by))
    Category.objects.under(category).update(active=False)
    category.active = False
    record(CATEGORY_RETIRED, category, by=by, at=at, name=category.name)
    return category


@transaction.atomic
def revive_category(category: Category, *, by: Actor, at: datetime) -> Category:
    """Offer the category again, and with it those above it."""
    ensure(may_arrange(by))
    Category.objects.filter(pk__in=[int(key) for key in category.path.strip("/").split("/")]).update(active=True)
    category.active = True
    record(CATEGORY_REVIVED, category, by=by, at=at, name=category.name)
    return category


def apply(draft: CategoryDraft, category: Category) -> None:
    category.name = draft.name.strip()
    category.name_en, category.hints = draft.name_en.strip(), " ".join(draft.hints.split())
    category.kinds = list(draft.kinds)
    category.calls_task_force = draft.calls_task_force
    if not category.name:
        raise BadInput(_("Please give the category a name."), field="name")
    ensure_fits(category)


def ensure_fits(category: Category) -> None:
    """Refuse a name that a sibling has, and a tree too deep to choose from."""
    siblings = Category.objects.filter(parent=category.parent, name=category.name).exclude(pk=category.pk)
    if siblings.exists():
        raise BadInput(_("“{name}” is already there.").format(name=category.name), field="name")
    if category.parent is not None and category.parent.depth >= DEEPEST:
        raise BadInput(_("A category can stand {count} levels deep at most.").format(count=DEEPEST), field="parent")


def save_those_below(category: Category) -> None:
    """Let names and paths below follow, from the top down."""
    for child in Category.objects.filter(parent=category):
        child.parent = category
        child.save()
        save_those_below(child)


def free_code(category: Category) -> str:
    """Return a stable code nobody has: the parent's, then the name's pinyin initials."""
    stem = "-".join(
        filter(None, (category.parent.code if category.parent else "", initials(category.name)[:12] or "c"))
    )
    stem = stem[:54]
    taken = set(Category.objects.filter(code__startswith=stem).values_list("code", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (stem, *numbered) if code not in taken)
