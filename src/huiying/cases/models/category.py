from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiying.kit.pinyin import initials
from huiying.kit.text import folded, in_reader_language


class CategoryQuerySet(models.QuerySet["Category"]):
    def in_use(self) -> Self:
        return self.filter(active=True)

    def under(self, category: Category) -> Self:
        """Keep the category itself and everything below it."""
        return self.filter(path__startswith=category.path)

    def in_tree_order(self) -> list[Category]:
        """Return the tree from top to bottom, each category followed by those below it."""
        by_parent: dict[int | None, list[Category]] = {}
        for category in self:
            by_parent.setdefault(category.parent_id, []).append(category)
        kept = {category.pk for siblings in by_parent.values() for category in siblings}
        tops = [one for parent, siblings in by_parent.items() if parent not in kept for one in siblings]
        return [one for top in tops for one in top.with_those_below(by_parent)]

    def matching(self, query: str) -> Self:
        """Keep what is called so, in Chinese, in English or by pinyin initials, or is hinted at by the word."""
        word = folded(query).strip()
        named = Q(full_name__icontains=word) | Q(full_name_en__icontains=word)
        return self.filter(named | Q(initials__contains=word.replace(" ", "")) | Q(hints__icontains=word))


class Category(models.Model):
    """A cause category, a node of a tree (SPEC C1). `code` is for programs.


    `initials` are pinyin's of the whole name: who types the parent's finds the children, too. `hints` are words of
    customers that point to it, parted by spaces.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    path = models.CharField(max_length=200, editable=False, default="/", db_index=True)
    full_name = models.CharField(max_length=200, editable=False)
    full_name_en = models.CharField(max_length=200, editable=False, blank=True)
    initials = models.CharField(max_length=200, blank=True, editable=False)
    hints = models.CharField(_("words that point to it"), max_length=200, blank=True)
    kinds = models.JSONField(_("kinds of case"), default=list, blank=True)
    calls_task_force = models.BooleanField(_("calls for a task force when complex"), default=False)
    active = models.BooleanField(_("active"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["parent", "name"], name="category_name_once")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def label(self) -> str:
        """The whole name in the reader's language."""
        return in_reader_language(self.full_name, self.full_name_en)

    @property
    def depth(self) -> int:
        """How far below the top: 1 for a top category."""
        return self.path.count("/") - 1

    def with_those_below(self, by_parent: dict[int | None, list[Category]]) -> list[Category]:
        below = by_parent.get(self.pk, [])
        return [self, *(one for child in below for one in child.with_those_below(by_parent))]

    def name_fully(self) -> None:
        """Keep what follows from the name and from those above it, in memory."""
        above, above_en = (self.parent.full_name, self.parent.full_name_en) if self.parent else ("", "")
        self.full_name = f"{above} › {self.name}" if above else self.name
        name_en = self.name_en or self.name
        self.full_name_en = f"{above_en} › {name_en}" if above_en else name_en
        self.initials = initials(self.full_name)[:200]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep names and path true for this node; `cases.actions.category` moves a subtree."""
        self.name_fully()
        super().save(*args, **kwargs)
        path = f"{self.parent.path if self.parent else '/'}{self.pk}/"
        if path != self.path:
            self.path = path
            type(self).objects.filter(pk=self.pk).update(path=path)
