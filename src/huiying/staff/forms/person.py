from __future__ import annotations

import re

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from huiying.kit.forms import DeskForm
from huiying.staff.drafts import PersonDraft, ProfileDraft
from huiying.staff.models import Department, Role, Team, User

LANGUAGES = [("", _("as the browser says")), *settings.LANGUAGES]


class TeamField(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes no type at run time
    """Teams, each named with its department."""

    def label_from_instance(self, obj: Team) -> str:
        return f"{obj.department} › {obj}"


class PersonForm(DeskForm):
    """Somebody who works here."""

    username = forms.CharField(
        label=_("sign-in name"),
        max_length=60,
        help_text=_("Upper and lower case are the same; pinyin is quick to type."),
    )
    name = forms.CharField(label=_("full name"), max_length=60)
    role = forms.ModelChoiceField(label=_("role"), queryset=Role.objects.all())
    department = forms.ModelChoiceField(
        label=_("department"), queryset=Department.objects.filter(active=True), required=False
    )
    team = TeamField(
        label=_("team"),
        queryset=Team.objects.filter(active=True).select_related("department"),
        required=False,
        help_text=_("A team of that department."),
    )
    email = forms.EmailField(label=_("e-mail"), required=False)
    phone = forms.CharField(label=_("phone"), max_length=32, required=False)
    language = forms.ChoiceField(label=_("language"), choices=LANGUAGES, required=False)

    skills = forms.CharField(
        label=_("skills"),
        required=False,
        max_length=200,
        help_text=_("Separated by commas: products, languages … Routes can ask for one."),
    )

    @classmethod
    def of(cls, user: User) -> PersonForm:
        """Return the form as the person is now."""
        plain = {name: getattr(user, name) for name in ("username", "name", "email", "phone", "language")}
        places = {"role": user.role_id, "department": user.department_id, "team": user.team_id}
        return cls(initial=plain | places | {"skills": "、".join(user.skills)})

    def clean_skills(self) -> list[str]:
        words = re.split(r"[,，、;；\s]+", self.cleaned_data["skills"])
        return list(dict.fromkeys(word[:30] for word in words if word))

    def clean(self) -> None:
        team = self.cleaned_data.get("team")
        if team is not None and self.cleaned_data.get("department") is None:
            self.cleaned_data["department"] = team.department

    def draft(self) -> PersonDraft:
        return PersonDraft(**self.cleaned_data)


class ProfileForm(DeskForm):
    """What people say about themselves."""

    name = forms.CharField(label=_("full name"), max_length=60)
    email = forms.EmailField(label=_("e-mail"), required=False)
    phone = forms.CharField(label=_("phone"), max_length=32, required=False)
    language = forms.ChoiceField(label=_("language"), choices=LANGUAGES, required=False)

    @classmethod
    def of(cls, user: User) -> ProfileForm:
        return cls(initial={name: getattr(user, name) for name in ("name", "email", "phone", "language")})

    def draft(self) -> ProfileDraft:
        return ProfileDraft(**self.cleaned_data)
