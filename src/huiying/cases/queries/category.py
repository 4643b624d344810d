"""Finding the category one means: by name, pinyin initials, or the customer's own words (SPEC C1)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from huiying.cases.lifecycle import OPEN
from huiying.cases.models import Case, Category, Route
from huiying.kit.pinyin import initials
from huiying.kit.text import folded

OFFERED_AT_MOST = 5
LATELY = 300
COUNTED_AT_MOST = 1_000


@dataclass(frozen=True)
class Uses:
    """What carries a category or one below it. Counts stop at COUNTED_AT_MOST."""

    cases: int
    open_cases: int
    routes: list[Route]
    below: int

    @property
    def is_free(self) -> bool:
        return not (self.cases or self.routes or self.below)


def matching_categories(query: str, *, kind: str = "", at_most: int = 3 * OFFERED_AT_MOST) -> list[Category]:
    """Return the categories in use that the query may mean, the likeliest first."""
    word = folded(query).strip()
    found = [one for one in Category.objects.in_use().matching(query) if serves(one, kind)]
    return sorted(found, key=lambda one: (not begins_with(one, word), one.depth, one.path))[:at_most]


def suggested_categories(words: str, *, kind: str = "", at_most: int = OFFERED_AT_MOST) -> list[Category]:
    """Return the categories that the customer's words point to, then those that came up most lately."""
    text = folded(words)
    lately = Counter(Case.objects.order_by("-received_at", "-id").values_list("category_id", flat=True)[:LATELY])
    offered = [one for one in Category.objects.in_use() if serves(one, kind)]
    weights = {one.pk: (hinted_at(one, text), lately[one.pk]) for one in offered}
    likely = sorted((one for one in offered if any(weights[one.pk])), key=lambda one: weights[one.pk], reverse=True)
    return (likely or [one for one in offered if one.parent_id is None])[:at_most]


def serves(category: Category, kind: str) -> bool:
    return not kind or not category.kinds or kind in category.kinds


def begins_with(category: Category, word: str) -> bool:
    names = (category.name, category.name_en, initials(category.name))
    return any(folded(name).startswith(word) for name in names)


def hinted_at(category: Category, text: str) -> float:
    """Return how strongly the text points to the category: deeper ones win where several are named."""
    hints = sum(hint in text for hint in folded(category.hints).split())
    named = folded(category.name) in text
    return (hints + 2 * named) * (1 + category.depth / 10) if text else 0


def uses_of(category: Category) -> Uses:
    """Answer "what uses this?" in four look-ups."""
    branch = list(Category.objects.under(category).values_list("pk", flat=True))
    cases = Case.objects.filter(category_id__in=branch).order_by()
    return Uses(
        cases=cases.values("pk")[:COUNTED_AT_MOST].count(),
        open_cases=cases.filter(stage__in=OPEN).values("pk")[:COUNTED_AT_MOST].count(),
        routes=list(Route.objects.filter(category_id__in=branch, active=True)),
        below=len(branch) - 1,
    )


def shown_tree(query: str = "") -> list[Category]:
    """Return the tree, or those that match with what stands above them, in tree order."""
    everything = Category.objects.all()
    if not query.strip():
        return everything.in_tree_order()
    keys = {key for path in everything.matching(query).values_list("path", flat=True) for key in path.split("/") if key}
    return everything.filter(pk__in=keys).in_tree_order()
