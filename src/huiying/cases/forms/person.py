from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from huiying.kit.pinyin import spelled
from huiying.staff.models import User


class Colleagues(ModelChoiceIterator[User]):
    """Those on shift first, then as a list of names is read aloud: by pinyin, which no database sorts by."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for person in sorted(self.queryset, key=lambda one: (not one.is_on_shift, spelled(one.name))):
            yield self.choice(person)


class PersonChoice(forms.ModelChoiceField[User]):
    """A colleague with what decides whether to turn to them: where they belong, and whether they are at work."""

    iterator = Colleagues

    @staticmethod
    def everybody() -> QuerySet[User]:
        """Return who works here."""
        found: QuerySet[User] = User.objects.working().select_related("team", "department")
        return found

    def label_from_instance(self, person: User) -> str:
        place = person.team or person.department
        marks = (str(place) if place else "", "" if person.is_on_shift else str(_("off shift")))
        return " · ".join(filter(None, (person.name, *marks)))
