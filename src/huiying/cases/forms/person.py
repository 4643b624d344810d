from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from huiying.staff.models import User


class PersonChoice(forms.ModelChoiceField[User]):
    """A colleague with what decides whether to turn to them: their team, and whether they are at work."""

    @staticmethod
    def everybody() -> QuerySet[User]:
        """Return who works here, those on shift first."""
        found: QuerySet[User] = User.objects.working().select_related("team")
        return found.order_by("-is_on_shift", "name")

    def label_from_instance(self, person: User) -> str:
        marks = (str(person.team) if person.team else "", "" if person.is_on_shift else str(_("off shift")))
        return " · ".join(filter(None, (person.name, *marks)))
